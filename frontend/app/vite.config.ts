import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { compressed } from "./tools/compressed.ts";
import { slimSvelte } from "./tools/slim.ts";
import { outline } from "./tools/outline.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const BASE = /node_modules\/svelte\/|vite\/preload-helper|src\/(i18n|router|time|(site|session\.svelte|toasts\.svelte|title\.svelte|resource\.svelte|where\.svelte|drawings|shell\.svelte|App)\b|components\/(Icon|icons|Button|Photo|Price|Stars|Avatar|Skeleton|Tag|Chip|Card|Logo|LanguageSwitch|Header|Tabs)\b|api\/errors)/;

// Django serves the result: /static/app/<hashed file>, found through .vite/manifest.json by the template tag `vite_entry`.
export default defineConfig(({ mode }) => ({
  base: "/static/app/",
  publicDir: here("./public"),
  plugins: [svelte({ compilerOptions: { runes: true } }), outline(), slimSvelte(), compressed()],
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
      // What every page needs is one file: two dozen small ones would cost more than they spare.
      output: { codeSplitting: { groups: [{ name: "base", test: BASE }] } },
    },
  },
}));
