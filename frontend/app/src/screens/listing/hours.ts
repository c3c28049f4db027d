/** Opening hours as people say them: days with the same hours on one line. */
import type { OpeningHours } from "~/api/types";
import { weekday } from "~/i18n/format";
import { t } from "~/i18n";

export function openingLines(hours: OpeningHours): { days: string; times: string }[] {
  const lines: { first: number; last: number; times: string }[] = [];
  for (let day = 1; day <= 7; day += 1) {
    const times = (hours[String(day)] ?? []).map(([opens, closes]) => `${opens}–${closes}`).join(", ") || t("listing.hours_closed");
    const before = lines.at(-1);
    if (before?.times === times) before.last = day;
    else lines.push({ first: day, last: day, times });
  }
  return lines.map(({ first, last, times }) => ({ days: first === last ? weekday(first, "long") : `${weekday(first, "long")} – ${weekday(last, "long")}`, times }));
}
