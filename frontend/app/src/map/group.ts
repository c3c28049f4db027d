/** Groups what would lie on one another on the screen; the first of the list comes first and keeps its place. */
interface Spot { x: number; y: number }

export function group<T>(items: readonly T[], spotOf: (item: T) => Spot, halfOf: (item: T) => Spot): [T, ...T[]][] {
  const groups: { spot: Spot; half: Spot; items: [T, ...T[]] }[] = [];
  for (const item of items) {
    const [spot, half] = [spotOf(item), halfOf(item)];
    const near = groups.find((other) => Math.abs(other.spot.x - spot.x) < other.half.x + half.x && Math.abs(other.spot.y - spot.y) < other.half.y + half.y);
    if (near) near.items.push(item);
    else groups.push({ spot, half, items: [item] });
  }
  return groups.map((found) => found.items);
}
