/** Days that are not like the others: another price, other hours, closed. Pure. */
import type { MyListing } from "~/api/listings";
import { addDays, type Day, isoWeekday } from "~/time/wall";

export interface Special { cents: number | null; /** null: as usual; empty: closed. */ hours: string[][] | null }
export interface Run extends Special { from: Day; to: Day }

/** What is set from today on, by date. */
export function specialDays(bike: MyListing, today: Day): Map<Day, Special> {
  const days = new Map<Day, Special>();
  const at = (date: Day) => days.get(date) ?? { cents: null, hours: null };
  for (const { date, day } of bike.prices.overrides) if (date >= today) days.set(date, { ...at(date), cents: day.amount });
  for (const { date, hours } of bike.opening_exceptions) if (date >= today) days.set(date, { ...at(date), hours });
  return days;
}

/** Neighbours that are alike on one line, in order. */
export function runs(days: ReadonlyMap<Day, Special>): Run[] {
  const found: Run[] = [];
  for (const [date, special] of [...days].sort(([one], [other]) => one.localeCompare(other))) {
    const last = found.at(-1);
    if (last && addDays(last.to, 1) === date && last.cents === special.cents && String(last.hours) === String(special.hours) && (last.hours === null) === (special.hours === null)) last.to = date;
    else found.push({ from: date, to: date, ...special });
  }
  return found;
}

export function between(one: Day, other: Day): Day[] {
  const [from, to] = one < other ? [one, other] : [other, one];
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

export const isWeekend = (day: Day): boolean => isoWeekday(day) > 5;
