/** Loads a route's screen and messages; the page before stays until the next one is ready. */
import type { Component } from "svelte";
import { loadAreas } from "~/i18n";
import { router } from "~/router/index.svelte";
import { type Frame, screens } from "~/screens";

export interface Shown {
  component: Component<{ params: Record<string, string> }>;
  frame: Frame;
  params: Record<string, string>;
  name: string;
  visit: number;
}

let newest = 0;

/** null when a newer route was asked for meanwhile. */
export async function loadRoute(): Promise<Shown | null> {
  const mine = ++newest;
  const { name, params, visit } = router.route;
  const screen = screens[name];
  try {
    const [module] = await Promise.all([screen.load(), loadAreas(["common", ...screen.areas])]);
    return mine === newest ? { component: module.default as Shown["component"], frame: screen.frame, params, name, visit } : null;
  } catch (error) {
    // A chunk that is gone after a deployment, or no network: the server's page is the way out, once.
    if (visit > 0 && navigator.onLine) {
      window.location.reload();
      return null;
    }
    throw error;
  }
}

/** Screens whose head offers a search load its parts before they are asked for. */
export function warm(name: keyof typeof screens): void {
  void screens[name].load();
  void loadAreas(screens[name].areas);
}
