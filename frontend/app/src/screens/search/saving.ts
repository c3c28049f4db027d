import { router } from "~/router/index.svelte";
import { askSignIn, session } from "~/session.svelte";

/** True when somebody is signed in; else they sign in first, and the sheet opens when they are back. */
export function wantsToSave(): boolean {
  if (session.me) return true;
  const query = new URLSearchParams(router.route.query);
  query.set("save", "1");
  void askSignIn(`${window.location.pathname}?${query.toString()}`);
  return false;
}
