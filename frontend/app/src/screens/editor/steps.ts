/** The editor's steps, in order; each says in a line what it holds already. */
import type { MyListing } from "~/api/listings";
import type { IconName } from "~/components/icons";
import { t, tCode } from "~/i18n";
import { heightRange, money } from "~/i18n/format";
import { site } from "~/site";
import { today } from "~/time/wall";
import { openingLines } from "~/screens/listing/hours";

/** What has to be there comes first, what may be there after it. */
export const STEPS = ["bike", "size", "photos", "place", "prices", "hours", "safety", "dates", "rules", "extras", "private", "own"] as const;
export type Step = (typeof STEPS)[number];

export const icons: Record<Step, IconName> = {
  bike: "bike", size: "height", photos: "camera", place: "pin", prices: "euro", hours: "clock", dates: "calendar", rules: "ticket", extras: "plus", safety: "shield", private: "lock", own: "person",
};

/** Steps of which something has to be there before publishing, by the API's field names. */
const needs: Partial<Record<Step, string[]>> = {
  bike: ["title", "category"], size: ["rider_height"], photos: ["photos"], place: ["address", "exact_point"], prices: ["prices.day"], hours: ["opening_hours"], safety: ["safety"],
};

export const NEEDED: readonly Step[] = STEPS.slice(0, 7);

export const missingOf = (bike: MyListing, step: Step) => bike.missing.filter((one) => needs[step]?.includes(one.field));
export const stepOf = (field: string): Step => STEPS.find((step) => needs[step]?.includes(field)) ?? "bike";
/** Where to go on from a step: a draft to the next one that lacks something; null is the overview. */
export function after(bike: MyListing, step: Step): Step | null {
  if (bike.status !== "draft") return null;
  const lacking = NEEDED.filter((one) => one !== step && missingOf(bike, one).length);
  return lacking.find((one) => NEEDED.indexOf(one) > NEEDED.indexOf(step)) ?? (NEEDED.includes(step) ? null : (lacking[0] ?? null));
}
/** Something is there, or nothing is needed and something was given. */
export const isDone = (bike: MyListing, step: Step): boolean => !missingOf(bike, step).length && summary(bike, step) !== "";

export function summary(bike: MyListing, step: Step): string {
  switch (step) {
    case "bike":
      return bike.title;
    case "size":
      return bike.rider_height ? heightRange(bike.rider_height.from, bike.rider_height.to) : bike.frame_size;
    case "photos":
      return bike.photos.length ? t("editor.photo_count", { count: bike.photos.length }) : "";
    case "place":
      return bike.town;
    case "prices":
      return bike.prices.day ? `${money(bike.prices.day)} ${t("common.per_day")}` : "";
    case "hours":
      return openingLines(bike.opening_hours).filter((line) => /\d/.test(line.times)).map((line) => `${line.days} ${line.times}`).slice(0, 2).join(" · ");
    case "dates": {
      const days = new Set([...bike.prices.overrides, ...bike.opening_exceptions].map((one) => one.date).filter((date) => date >= today(bike.time_zone || site.zone)));
      return days.size ? t("editor.special_count", { count: days.size }) : "";
    }
    case "rules":
      return `${t(bike.instant ? "common.instant" : "common.on_request")} · ${tCode("common", "policy", bike.policy)}`;
    case "extras":
      return bike.extras.map((extra) => extra.name || t(`editor.extra_${extra.kind}`)).join(" · ");
    case "safety":
      return missingOf(bike, "safety").length ? "" : t("editor.safety_done");
    case "private":
      return bike.bicycode || bike.frame_number;
    default:
      return "";
  }
}
