/** Svelte defines its base class of custom elements on import, which no bundler may drop; nobody here makes one. */
import type { Plugin } from "vite";

export function slimSvelte(): Plugin {
  return {
    name: "slim-svelte",
    apply: "build",
    transform: (_code, id) =>
      /svelte\/src\/internal\/client\/dom\/elements\/custom-element\.js$/.test(id) ? { code: "export function create_custom_element() {}", map: null } : undefined,
  };
}
