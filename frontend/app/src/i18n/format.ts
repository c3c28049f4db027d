/**
 * Numbers, money and times as the page's language writes them.
 * Wall clocks ("2026-07-04T10:00") are the listing's own time and are never shifted; instants end in Z and need a zone.
 */
import type { Money } from "~/api/types";
import { lang } from "./index";

type Options = Intl.DateTimeFormatOptions;
const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();
const locale = lang === "en" ? "en-GB" : "fr-FR";

function dates(options: Options): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  let format = cache.get(key) as Intl.DateTimeFormat | undefined;
  if (!format) cache.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${JSON.stringify(options)}`;
  let format = cache.get(key) as Intl.NumberFormat | undefined;
  if (!format) cache.set(key, (format = new Intl.NumberFormat(locale, options)));
  return format;
}

/** 3150 EUR -> "31,50 €"; whole amounts lose their zeros unless `exact` (columns of amounts stay exact). */
export function money(value: Money, style: "short" | "exact" = "short"): string {
  const whole = style === "short" && value.amount % 100 === 0;
  return numbers({ style: "currency", currency: value.currency, minimumFractionDigits: whole ? 0 : 2, maximumFractionDigits: 2 }).format(value.amount / 100);
}

export function number(value: number, digits = 0): string {
  return numbers({ maximumFractionDigits: digits }).format(value);
}

/** 4.86 -> "4,9" */
export function rating(value: number): string {
  return numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
}

/** Metres as a walker says them: "350 m", "1,2 km", "12 km". */
export function distance(metres: number): string {
  if (metres < 950) return `${number(Math.max(50, Math.round(metres / 50) * 50))}\u00a0m`;
  return `${number(metres / 1000, metres < 10_000 ? 1 : 0)}\u00a0km`;
}

/** 172 -> "1,72 m" in French, "172 cm" in English. */
export function height(cm: number): string {
  return lang === "fr" ? `${numbers({ minimumFractionDigits: 2 }).format(cm / 100)}\u00a0m` : `${number(cm)}\u00a0cm`;
}

/** "1,62–1,80 m" */
export function heightRange(from: number, to: number): string {
  return lang === "fr" ? `${numbers({ minimumFractionDigits: 2 }).format(from / 100)}–${height(to)}` : `${number(from)}–${height(to)}`;
}

const asUtc = (wall: string) => new Date(`${wall.length === 10 ? `${wall}T00:00` : wall.slice(0, 16)}Z`);

/** "sam. 4 juil." */
export function day(wall: string, options: Options = { weekday: "short", day: "numeric", month: "short" }): string {
  return dates({ ...options, timeZone: "UTC" }).format(asUtc(wall));
}

/** "samedi 4 juillet 2026" */
export const longDay = (wall: string): string => day(wall, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** "juillet 2026" from "2026-07" or any date in it. */
export const month = (wall: string): string => day(`${wall.slice(0, 7)}-01`, { month: "long", year: "numeric" });

/** "10:00" */
export const time = (wall: string): string => wall.slice(11, 16);

/** "sam. 4 juil. 10:00" */
export const dayTime = (wall: string): string => `${day(wall)} ${time(wall)}`.replaceAll(" ", "\u00a0");

/** "4 juil. 16:40", where there is no room for the weekday. */
export const shortDayTime = (wall: string): string => `${day(wall, { day: "numeric", month: "short" })} ${time(wall)}`.replaceAll(" ", "\u00a0");

/** "4 juil. 10:00 → 5 juil. 18:00"; on one day "4 juil. 10:00 → 18:00". */
export function stretch(from: string, to: string): string {
  return `${shortDayTime(from)} →\u00a0${from.slice(0, 10) === to.slice(0, 10) ? time(to) : shortDayTime(to)}`;
}

/** An instant on somebody's clock: "sam. 4 juil. 16:40". */
export function instant(iso: string, zone: string, options: Options = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }): string {
  return dates({ ...options, timeZone: zone }).format(new Date(iso));
}

/** "dans 3 heures", "il y a 2 jours". */
export function relative(iso: string, now: number = Date.now()): string {
  const minutes = Math.round((new Date(iso).getTime() - now) / 60_000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (Math.abs(minutes) < 60) return format.format(minutes, "minute");
  if (Math.abs(minutes) < 48 * 60) return format.format(Math.round(minutes / 60), "hour");
  return format.format(Math.round(minutes / 1440), "day");
}

/** "lun.", … from Monday, for calendars and opening hours: 1 = Monday. */
export function weekday(iso: number, style: "narrow" | "short" | "long" = "short"): string {
  return dates({ weekday: style, timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, iso)));
}

/** "antivol, casque et pompe" */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? ""; // The browser takes 10 ms to learn how to join.
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(items);
}

/** "Narbonne" from place words; the language's own name: "français". */
export function languageName(code: string): string {
  return new Intl.DisplayNames(locale, { type: "language" }).of(code) ?? code;
}
