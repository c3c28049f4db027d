/** The bike in short facts, each with its sign; what the owner left out is not mentioned. */
import type { Listing } from "~/api/types";
import type { IconName } from "~/components/icons";
import { t, tCode } from "~/i18n";
import { distance, number } from "~/i18n/format";

export function factsOf(bike: Listing): { icon: IconName; text: string }[] {
  const facts: [IconName, string | null][] = [
    ["bike", [bike.brand, bike.model].filter(Boolean).join(" ") || null],
    ["height", bike.frame_size || bike.frame_size_cm ? t("listing.frame", { size: [bike.frame_size, bike.frame_size_cm ? `${bike.frame_size_cm} cm` : ""].filter(Boolean).join(", ") }) : null],
    ["bolt", bike.electric ? bike.motor || t("common.electric") : null],
    ["battery", bike.battery_range_km ? t("listing.range", { distance: distance(bike.battery_range_km * 1000) }) : null],
    ["gears", bike.gears ? t("listing.gears", { count: bike.gears }) : null],
    ["shield", bike.brakes ? tCode("listing", "brakes", bike.brakes) : null],
    ["wheel", bike.wheel_size ? t("listing.wheels", { size: bike.wheel_size }) : null],
    ["weight", bike.weight_kg ? t("listing.weight", { weight: number(bike.weight_kg, 1) }) : null],
    ["calendar", bike.year ? t("listing.from_year", { year: String(bike.year) }) : null],
  ];
  return facts.flatMap(([icon, text]) => (text ? [{ icon, text }] : []));
}
