/** Names of places met on this visit, so that an address with only an id can be shown as a name at once. */
import type { Place } from "~/api/types";

type Named = Pick<Place, "name" | "region" | "point"> & { id: string };
const places = new Map<string, Named>();

export function rememberPlace(place: Named): void {
  places.set(place.id, place);
}

export const knownPlace = (id: string | null): Named | undefined => (id ? places.get(id) : undefined);

/** The search the visitor made last, for the header's pill and the way back from a listing. */
let last = $state.raw<{ place: string | null; near: string | null; name: string; from: string | null; to: string | null; height: number | null }>({
  place: null, near: null, name: "", from: null, to: null, height: null,
});

export const lastSearch = {
  get value() {
    return last;
  },
  set(value: typeof last): void {
    last = value;
  },
};
