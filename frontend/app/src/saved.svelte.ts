/** Which bikes the person has saved, for the hearts. Asked for once, when somebody is signed in. */
import { asApiError } from "~/api/errors";
import { t } from "~/i18n";
import { askSignIn, session } from "~/session.svelte";
import { toast } from "~/toasts.svelte";

const client = () => import("~/api/client");
/** The bike to save once they have signed in. */
const WAITING = "bikeens.save";
let ids = $state.raw<ReadonlySet<string>>(new Set());
let whose: string | null = null;

export const isSaved = (id: string): boolean => ids.has(id);

export async function loadSaved(): Promise<void> {
  const person = session.me?.id ?? null;
  if (person === whose) return;
  whose = person;
  ids = new Set();
  if (!person) return;
  const waiting = sessionStorage.getItem(WAITING);
  sessionStorage.removeItem(WAITING);
  if (waiting) await keep(waiting, true);
  try {
    const { api, call } = await client();
    ids = new Set((await call(api.GET("/api/my/saved/ids"))).ids);
  } catch {
    whose = null; // The hearts stay empty; the next card asks again.
  }
}

/** At once on the screen; taken back when the server refuses. */
async function keep(id: string, saved: boolean): Promise<boolean> {
  const mark = (on: boolean) => (ids = on ? new Set([...ids, id]) : new Set([...ids].filter((one) => one !== id)));
  mark(saved);
  try {
    const { api, call } = await client();
    const path = { params: { path: { listing: id } } };
    await call(saved ? api.PUT("/api/my/saved/{listing}", path) : api.DELETE("/api/my/saved/{listing}", path));
    return true;
  } catch (error) {
    mark(!saved);
    toast(asApiError(error).message, "bad");
    return false;
  }
}

export async function setSaved(id: string, saved: boolean): Promise<void> {
  if (!session.me) {
    sessionStorage.setItem(WAITING, id);
    return askSignIn();
  }
  if (await keep(id, saved)) toast(t(saved ? "common.bike_saved" : "common.bike_unsaved"), "good", () => keep(id, !saved));
}
