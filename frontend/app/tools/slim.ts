/**
 * Leaves out what Svelte carries for uses this app does not have, by telling the bundler what never changes here:
 * nothing is hydrated (the server's readable HTML is replaced), every component is written with runes, none awaits in its
 * markup, none is a custom element. A release of Svelte that says these things elsewhere stops the build.
 */
import type { Plugin } from "vite";

const CHANGES: [file: RegExp, from: string, to: string][] = [
  [/internal\/client\/dom\/hydration\.js$/, "export let hydrating = false;", "export const hydrating = false;"],
  [/internal\/client\/dom\/hydration\.js$/, "\thydrating = value;", ""],
  [/internal\/flags\/index\.js$/, "export let async_mode_flag = false;", "export const async_mode_flag = false;"],
  [/internal\/flags\/index\.js$/, "export let legacy_mode_flag = false;", "export const legacy_mode_flag = false;"],
  [/internal\/flags\/index\.js$/, "export let tracing_mode_flag = false;", "export const tracing_mode_flag = false;"],
];
/** These files set such a flag (or define a class) on import; the first two must not be there at all. */
const NEVER = /svelte\/src\/internal\/flags\/(legacy|async|tracing)\.js$/;
const CUSTOM_ELEMENT = /svelte\/src\/internal\/client\/dom\/elements\/custom-element\.js$/;

export function slimSvelte(): Plugin {
  return {
    name: "slim-svelte",
    apply: "build",
    transform(source, id) {
      if (NEVER.test(id)) this.error(`${id} is imported: a component turns on what tools/slim.ts takes out`);
      if (CUSTOM_ELEMENT.test(id)) return { code: "export function create_custom_element() {}", map: null };
      let code = source;
      for (const [file, from, to] of CHANGES) {
        if (!file.test(id)) continue;
        if (!code.includes(from)) this.error(`Svelte no longer says "${from}" in ${id}: tools/slim.ts must follow`);
        code = code.replace(from, to);
      }
      if (id.endsWith("internal/flags/index.js")) code = code.replace(/^\t\w+_mode_flag = (true|false);$/gm, "");
      return code === source ? undefined : { code, map: null };
    },
  };
}
