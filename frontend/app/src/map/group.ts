/** Groups what would lie on one another on the screen; the first of the list comes first and keeps its place. */
interface Spot { x: number; y: number }

// A pin's breadth and height with some air: fingers need it.
const BREADTH = 74;
const HEIGHT = 44;

export function group<T>(items: readonly T[], spotOf: (item: T) => Spot): [T, ...T[]][] {
  const groups: { spot: Spot; items: [T, ...T[]] }[] = [];
  for (const item of items) {
    const spot = spotOf(item);
    const near = groups.find((other) => Math.abs(other.spot.x - spot.x) < BREADTH && Math.abs(other.spot.y - spot.y) < HEIGHT);
    if (near) near.items.push(item);
    else groups.push({ spot, items: [item] });
  }
  return groups.map((found) => found.items);
}
