/** The filters that are set, in words, with what lets each go. */
import type { SearchQuery } from "~/api/types";
import { t, tCode } from "~/i18n";
import { height, list, money } from "~/i18n/format";

export interface Wish { filter: "category" | "electric" | "height" | "price_max" | "instant" | "extras"; label: string }

export function wishes(query: SearchQuery): Wish[] {
  const found: (Wish | null)[] = [
    query.category ? { filter: "category", label: list(query.category.map((one) => tCode("common", "category", one))) } : null,
    query.electric === undefined ? null : { filter: "electric", label: t(query.electric ? "search.motor_yes" : "search.motor_no") },
    query.height ? { filter: "height", label: t("search.filter_height", { height: height(query.height) }) } : null,
    query.price_max ? { filter: "price_max", label: t("search.filter_price", { price: money({ amount: query.price_max, currency: "EUR" }) }) } : null,
    query.instant ? { filter: "instant", label: t("search.instant") } : null,
    query.extras ? { filter: "extras", label: list(query.extras.map((one) => tCode("search", "extra", one))) } : null,
  ];
  return found.filter((one) => one !== null);
}
