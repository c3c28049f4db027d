/**
 * The router: the address is the state. `route` is what is shown; links are plain <a href>; `go` and `setQuery` for code.
 * Panels (sheets, full-screen maps) take a history entry of their own, so that Back closes them.
 */
import { dropFirstData, site } from "~/site";
import { type Match, href, match, queryString, type Query } from "./paths";
import type { PageName } from "~/site";

export { href, inLanguage, localPath } from "./paths";

interface State {
  /** Number of this entry in the session's history; keys the scroll position. */
  at: number;
  panel?: string | null;
}

export interface Route {
  name: Match["name"] | "error";
  params: Match["params"];
  query: URLSearchParams;
  /** Grows with each change of page (not of query): the shell moves focus and scroll when it changes. */
  visit: number;
}

const first: Match = match(window.location.pathname) ?? { name: "not_found", params: {} };
const firstName = site.page === "not_found" || site.page === "error" ? site.page : first.name;

let current = $state.raw<Route>({ ...first, name: firstName, query: new URLSearchParams(window.location.search), visit: 0 });
let panel = $state.raw<string | null>(null);
const scrolls = new Map<number, number>();
let at = 0;
/** A panel's entry is being taken out of the history: whoever changes the history waits for it. */
let settling: Promise<void> | null = null;

/** Lets what was set just now take effect (a sheet that closes), then waits for the history to be at rest. */
async function atRest(): Promise<void> {
  await Promise.resolve();
  while (settling) await settling;
}

let settled: (() => void) | null = null;
/** Where to scroll once the next screen is there; null: leave it. */
let wanted: number | null = null;

export const router = {
  get route(): Route {
    return current;
  },
  /** The open panel's name, or null. */
  get panel(): string | null {
    return panel;
  },
};

function show(url: URL, keepScroll: boolean): boolean {
  const found = match(url.pathname);
  if (!found) return false;
  const samePage = url.pathname === current_path;
  current_path = url.pathname;
  if (!samePage) dropFirstData();
  current = { ...found, query: url.searchParams, visit: samePage ? current.visit : current.visit + 1 };
  if (!samePage && !keepScroll) wanted = 0;
  return true;
}

let current_path = window.location.pathname;

/** Goes to an address of this site. Unknown ones (other language, API) are loaded by the browser. */
export async function visit(address: string, options: { replace?: boolean; keepScroll?: boolean } = {}): Promise<void> {
  await atRest();
  const url = new URL(address, window.location.href);
  if (url.origin !== window.location.origin || !match(url.pathname)) {
    window.location.assign(url);
    return;
  }
  scrolls.set(at, window.scrollY);
  // A page opened from a panel takes the panel's entry, so that Back leads to the page below it.
  const replace = options.replace || panel !== null;
  panel = null;
  if (replace) history.replaceState({ at } satisfies State, "", url);
  else history.pushState({ at: (at += 1) } satisfies State, "", url);
  show(url, options.keepScroll ?? false);
}

export function go(name: PageName, params: Record<string, string> = {}, query: Query = {}, options: { replace?: boolean } = {}): Promise<void> {
  return visit(href(name, params, query), options);
}

/** Changes this page's query; by default in place. Keys not named stay; null or "" removes. */
export async function setQuery(changes: Query, options: { push?: boolean } = {}): Promise<void> {
  await atRest();
  const query: Query = Object.fromEntries(current.query);
  Object.assign(query, changes);
  const address = window.location.pathname + queryString(query);
  if (address === window.location.pathname + window.location.search) return;
  if (options.push && panel === null) {
    scrolls.set(at, window.scrollY);
    history.pushState({ at: (at += 1) } satisfies State, "", address);
  } else {
    history.replaceState({ at, panel } satisfies State, "", address);
  }
  current = { ...current, query: new URL(address, window.location.href).searchParams };
}

export function openPanel(name: string): void {
  if (panel === name) return;
  if (panel === null) history.pushState({ at, panel: name } satisfies State, "", window.location.href);
  else history.replaceState({ at, panel: name } satisfies State, "", window.location.href);
  panel = name;
}

/** Closes the panel; resolves when the history entry is gone, with the query as it was changed inside the panel. */
export function closePanel(name: string): Promise<void> {
  if (panel !== name) return settling ?? Promise.resolve();
  panel = null;
  const address = window.location.href;
  settling = new Promise<void>((resolve) => (settled = resolve)).then(() => {
    settling = null;
    if (window.location.href !== address) history.replaceState(history.state, "", address);
  });
  history.back();
  return settling;
}

function onPopState(event: PopStateEvent): void {
  const state = event.state as State | null;
  if (settled) {
    settled();
    settled = null;
    return;
  }
  scrolls.set(at, window.scrollY);
  at = state?.at ?? 0;
  const hadPanel = panel;
  panel = state?.panel ?? null;
  const before = current.visit;
  if (!show(new URL(window.location.href), true)) window.location.reload();
  if (current.visit !== before) wanted = scrolls.get(at) ?? 0;
  else if (hadPanel !== null) wanted = null;
}

/** Plain left clicks on links of this site are ours; everything else is the browser's. */
function onClick(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest("a");
  if (!link || link.target || link.hasAttribute("download") || link.dataset["native"] !== undefined) return;
  const url = new URL(link.href, window.location.href);
  if (url.origin !== window.location.origin || !match(url.pathname)) return;
  if (url.hash && url.pathname === window.location.pathname && url.search === window.location.search) return;
  event.preventDefault();
  void visit(url.href);
}

export function startRouter(): void {
  history.scrollRestoration = "manual";
  const state = history.state as State | null;
  at = state?.at ?? 0;
  history.replaceState({ at } satisfies State, "", window.location.href);
  window.addEventListener("popstate", onPopState);
  document.addEventListener("click", onClick);
}

/** The shell calls this when a screen is in the page: scrolls to where it belongs. */
export function restoreScroll(): void {
  if (wanted !== null) window.scrollTo({ top: wanted, behavior: "instant" });
  wanted = null;
}
