import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { outline } from "./tools/outline.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Django serves the result: /static/app/<hashed file>, found through .vite/manifest.json by the template tag `vite_entry`.
export default defineConfig(({ mode }) => ({
  base: "/static/app/",
  publicDir: here("./public"),
  plugins: [svelte({ compilerOptions: { runes: true } }), outline()],
  resolve: { alias: { "~": here("./src"), $pages: here("../pages.json") } },
  build: {
    outDir: here("../static/app"),
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    minify: mode !== "development",
    // Fonts and drawings stay files: they are cached on their own, and the policy forbids data: fonts.
    assetsInlineLimit: 0,
    rollupOptions: { input: here("./src/main.ts") },
  },
}));
