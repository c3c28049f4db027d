/** What was typed and has not arrived yet, on this device: a closed tab or a dead network loses nothing. Gone once it is saved. */
import type { Changes } from "~/api/listings";
import { UNSENT } from "~/unsent";

export class Kept {
  readonly #key: string;

  constructor(person: string, listing: string) {
    this.#key = `${UNSENT}${person}.${listing}`;
  }

  read(): Changes {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? "{}") as Changes;
    } catch {
      return {};
    }
  }

  write(changes: Changes): void {
    try {
      if (Object.keys(changes).length) localStorage.setItem(this.#key, JSON.stringify(changes));
      else localStorage.removeItem(this.#key);
    } catch {
      // A full or forbidden storage keeps nothing; the open page still does.
    }
  }
}
