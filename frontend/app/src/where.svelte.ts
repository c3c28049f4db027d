/** Names of places met on this visit, so that an address with only an id can be shown as a name at once. */
import type { Place } from "~/api/types";

type Named = Pick<Place, "name" | "region" | "point"> & { id: string };
const places = new Map<string, Named>();

export function rememberPlace(place: Named): void {
  places.set(place.id, place);
}

export const knownPlace = (id: string | null): Named | undefined => (id ? places.get(id) : undefined);

/** A rider's height stays the same from visit to visit; it is kept on this device alone. */
const HEIGHT = "bikeens.height";
function keptHeight(): number | null {
  try {
    return Number(localStorage.getItem(HEIGHT)) || null;
  } catch {
    return null;
  }
}

/** The search the visitor made last, for the header's pill and the way back from a listing. */
let last = $state.raw<{ place: string | null; near: string | null; name: string; from: string | null; to: string | null; height: number | null }>({
  place: null, near: null, name: "", from: null, to: null, height: keptHeight(),
});

export const lastSearch = {
  get value() {
    return last;
  },
  set(value: typeof last): void {
    last = value;
    try {
      if (value.height) localStorage.setItem(HEIGHT, String(value.height));
    } catch {
      // Not kept, then.
    }
  },
};
