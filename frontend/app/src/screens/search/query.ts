/** The search's state is the address; this reads it, and nothing else does. */
import type { SearchQuery } from "~/api/types";
import { CATEGORIES, EXTRAS } from "~/choices";
import { readWall } from "~/time/wall";

/** Keys of the address that the filter sheet sets; the rest is where, when and height. */
export const FILTERS = ["category", "electric", "instant", "price_max", "extras"] as const;
export const NO_FILTERS = Object.fromEntries(FILTERS.map((name) => [name, null]));

const BOX = /^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/;
const SPOT = /^-?\d+(\.\d+)?,-?\d+(\.\d+)?$/;
const whole = (text: string | null, low: number, high: number): number | undefined => {
  const value = Number(text);
  return text && Number.isInteger(value) && value >= low && value <= high ? value : undefined;
};

export const SORTS = ["best", "nearest", "price", "rating", "fit"] as const;
/** The known ones of a list "a,b"; undefined for none. */
function several<T extends string>(text: string | null, known: readonly T[]): T[] | undefined {
  const asked = new Set(text?.split(","));
  const found = known.filter((one) => asked.has(one));
  return found.length ? found : undefined;
}

export function readQuery(query: URLSearchParams): SearchQuery {
  const bbox = query.get("bbox");
  const near = query.get("near");
  const from = readWall(query.get("from"));
  const to = readWall(query.get("to"));
  const read: SearchQuery = {
    height: whole(query.get("height"), 80, 230),
    price_max: whole(query.get("price_max"), 1, 1_000_000),
    radius: whole(query.get("radius"), 1, 50_000),
    category: several(query.get("category"), CATEGORIES),
    extras: several(query.get("extras"), EXTRAS),
    sort: SORTS.find((sort) => sort === query.get("sort") && (sort !== "fit" || query.has("height"))),
    electric: query.has("electric") ? ["1", "true"].includes(query.get("electric") ?? "") : undefined,
    instant: ["1", "true"].includes(query.get("instant") ?? "") || undefined,
  };
  if (from && to && from < to) Object.assign(read, { from, to });
  // The part of the map limits, the spot or place it is seen from orders.
  if (bbox && BOX.test(bbox)) read.bbox = bbox;
  if (near && SPOT.test(near)) read.near = near;
  else read.place = whole(query.get("place"), 1, 2 ** 31 - 1);
  return read;
}

export const hasWhere = (query: SearchQuery): boolean => Boolean(query.bbox || query.near || query.place);
export const countFilters = (query: SearchQuery): number => FILTERS.filter((name) => query[name] !== undefined).length;
