/** Who is signed in. The page shell says it first; `refresh` after signing in or changing the profile. */
import { asApiError } from "~/api/errors";
import type { Me } from "~/api/types";
import { go, href, visit } from "~/router/index.svelte";
import { site } from "~/site";

// The first paint of a page asks nothing: the client comes when it is needed.
const client = () => import("~/api/client");

let me = $state.raw<Me | null>(site.me);
let side = $state<"renter" | "owner">("renter");

export const session = {
  get me(): Me | null {
    return me;
  },
  /** Which side of renting they were on last, for pages that belong to both. */
  get side(): "renter" | "owner" {
    return side;
  },
  takeSide(taken: "renter" | "owner"): void {
    side = taken;
  },
  set(person: Me | null): void {
    me = person;
  },
  async refresh(): Promise<Me | null> {
    const { api, call } = await client();
    try {
      me = await call(api.GET("/api/me"));
    } catch (error) {
      const problem = asApiError(error);
      if (problem.status !== 401) throw problem;
      me = null;
    }
    return me;
  },
  async signOut(): Promise<void> {
    await (await import("~/api/auth")).signOut();
    me = null;
    await (await import("~/offline")).forget();
    (await import("~/unsent")).forgetUnsent();
    await go("home");
  },
};

/** To the sign-in page, coming back here afterwards. */
export function askSignIn(next: string = window.location.pathname + window.location.search): Promise<void> {
  return go("sign_in", {}, { next });
}

/** Where to go after signing in: `?next=` if it is an address of this site. */
export function afterSignIn(query: URLSearchParams): Promise<void> {
  const next = query.get("next");
  return visit(next && /^\/(?![/\\])/.test(next) ? next : href("home"), { replace: true });
}
