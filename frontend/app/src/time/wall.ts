/** Arithmetic on wall clocks ("2026-07-04T10:00") and local dates ("2026-07-04"): no zone, no daylight saving, by intent. */

export type Day = string;
export type Wall = string;

const utc = (day: Day) => new Date(`${day.slice(0, 10)}T00:00:00Z`);

export const dayOf = (wall: Wall): Day => wall.slice(0, 10);
export const timeOf = (wall: Wall): string => wall.slice(11, 16);
export const monthOf = (day: Day): string => day.slice(0, 7);

export function addDays(day: Day, count: number): Day {
  const date = utc(day);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** The same day of another month, or its last day. */
export function addMonths(day: Day, count: number): Day {
  const [year = 0, month = 1, of = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + count + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(of, last))).toISOString().slice(0, 10);
}

export const daysBetween = (from: Day, to: Day): number => Math.round((utc(to).getTime() - utc(from).getTime()) / 86_400_000);

/** 1 = Monday … 7 = Sunday */
export const isoWeekday = (day: Day): number => utc(day).getUTCDay() || 7;

/** Today's date on the clock of `zone`. */
export function today(zone: string, now: Date = new Date()): Day {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);
}

/** The weeks a calendar shows for a month ("2026-07"): rows of seven days from Monday, null outside the month. */
export function weeks(month: string): (Day | null)[][] {
  const first = `${month}-01`;
  const length = daysBetween(first, addMonths(first, 1));
  const cells: (Day | null)[] = Array.from({ length: isoWeekday(first) - 1 }, () => null);
  for (let index = 0; index < length; index += 1) cells.push(addDays(first, index));
  while (cells.length % 7) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, row) => cells.slice(row * 7, row * 7 + 7));
}

/** "06:00", "06:30", … "22:00": the 30-minute grid a rental starts and ends on. */
export function halfHours(from = "06:00", to = "22:00"): string[] {
  const [start, end] = [minutes(from), minutes(to)];
  return Array.from({ length: (end - start) / 30 + 1 }, (_, index) => clock(start + index * 30));
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const clock = (total: number): string => `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;

const WALL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;
/** The value if it looks like a wall clock: what an address bar says is not trusted. */
export const readWall = (text: string | null | undefined): Wall | null => (text && WALL.test(text) ? text : null);
