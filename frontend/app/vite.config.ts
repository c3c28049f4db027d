import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { compressed } from "./tools/compressed.ts";
import { slimSvelte } from "./tools/slim.ts";
import { outline } from "./tools/outline.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Areas of the site are one file each by their index.ts (src/screens/index.ts): many small files cost more than they spare, each
 * being compressed on its own and named wherever it is asked for. What several areas share is sorted here.
 */
const CHUNKS: [name: string, test: RegExp][] = [
  // What every page needs.
  ["base", /node_modules\/svelte\/|vite\/preload-helper|src\/(i18n|router|time|(site|session\.svelte|toasts\.svelte|title\.svelte|resource\.svelte|where\.svelte|drawings|shell\.svelte|wide\.svelte|App)\b|components\/(Icon|icons|Button|Photo|Price|Stars|Avatar|Skeleton|Tag|Chip|Card|Logo|LanguageSwitch|Header|Tabs|ErrorNote|select)\b|api\/errors)/],
  ["parts", /src\/components\/(Sheet|Field|Select|EmptyState|Calendar|calendar|DateTimeRange)\b/],
];

/** The class that scopes a component's styles: it stands on every element, so four characters. Two alike stop the build. */
const scopes = new Map<string, string>();
const cssHash = ({ hash, css, filename }: { hash: (text: string) => string; css: string; filename: string }) => {
  const scope = `s${hash(filename.replace(here("."), "") || css).slice(-3)}`;
  const taken = scopes.get(scope) ?? filename;
  if (taken !== filename) throw new Error(`${filename} and ${taken} would share the class ${scope}`);
  scopes.set(scope, filename);
  return scope;
};

// Django serves the result: /static/app/<hashed file>, found through .vite/manifest.json by the template tag `vite_entry`.
export default defineConfig(({ mode }) => ({
  base: "/static/app/",
  publicDir: here("./public"),
  plugins: [svelte({ compilerOptions: { runes: true, discloseVersion: false, cssHash } }), outline(), slimSvelte(), compressed()],
  resolve: { alias: { "~": here("./src"), $pages: here("../pages.json") } },
  build: {
    outDir: here("../static/app"),
    emptyOutDir: true,
    manifest: true,
    // Every browser this app runs in knows modulepreload.
    modulePreload: { polyfill: false },
    target: "es2022",
    minify: mode !== "development",
    // Fonts and drawings stay files: they are cached on their own, and the policy forbids data: fonts.
    assetsInlineLimit: 0,
    rollupOptions: {
      checks: { pluginTimings: false },
      input: here("./src/main.ts"),
      output: { codeSplitting: { groups: CHUNKS.map(([name, test], index) => ({ name, test, priority: CHUNKS.length - index })) } },
    },
  },
}));
