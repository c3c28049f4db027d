/** What was written on a booking page, kept over reload and sign-in, in this tab only. */
export interface Draft {
  message: string;
  /** The stretch (and extras) whose dates this renter holds already, from a payment begun and left. */
  held: string | null;
}

const name = (listing: string) => `book:${listing}`;

export function readDraft(listing: string): Draft {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name(listing)) ?? "null") as Partial<Draft> | null;
    return { message: kept?.message ?? "", held: kept?.held ?? null };
  } catch {
    return { message: "", held: null };
  }
}

export function keepDraft(listing: string, draft: Draft): void {
  try {
    sessionStorage.setItem(name(listing), JSON.stringify(draft));
  } catch {
    // Private windows may refuse: the draft then lives as long as the page.
  }
}
