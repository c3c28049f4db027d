/** Days as people say them: "demain à 10:00", "aujourd'hui à 18:00", "sam. 4 juil. à 10:00". */
import { lang, t } from "~/i18n";
import { day, time } from "~/i18n/format";

/** The date on the wall of `zone` now, as "2026-07-04". */
export function today(zone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date());
}

export function daysFromToday(wall: string, zone: string): number {
  return Math.round((Date.parse(`${wall.slice(0, 10)}T00:00Z`) - Date.parse(`${today(zone)}T00:00Z`)) / 86_400_000);
}

/** Today, tomorrow and yesterday by name, other days by date. */
export function dayName(wall: string, zone: string): string {
  const days = daysFromToday(wall, zone);
  if (Math.abs(days) > 1) return day(wall, { weekday: "long", day: "numeric", month: "long" });
  return new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(days, "day");
}

export const dayAndTime = (wall: string, zone: string): string => t("booking.day_at", { day: dayName(wall, zone), time: time(wall) });

/** The wall clock of an instant in `zone`: "2026-07-04T16:40". */
export function wallOf(iso: string, zone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(new Date(iso));
  return parts.replace(" ", "T");
}

export const instantName = (iso: string, zone: string): string => dayAndTime(wallOf(iso, zone), zone);
