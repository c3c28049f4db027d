import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { compressed } from "./tools/compressed.ts";
import { slimSvelte } from "./tools/slim.ts";
import { outline } from "./tools/outline.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Few files: each is compressed on its own, so code of one kind belongs together, and names the parts it takes from the others.
 * A module goes to the first line that fits, with all it imports that no line before has taken.
 */
const CHUNKS: [name: string, test: RegExp][] = [
  // What every page needs, and the small parts of the three pages people arrive on.
  ["base", /node_modules\/svelte\/|vite\/preload-helper|src\/(i18n|router|time|(site|session\.svelte|toasts\.svelte|title\.svelte|resource\.svelte|where\.svelte|saved\.svelte|drawings|shell\.svelte|wide\.svelte|paint\.svelte|near|choices|App)\b|screens\/listing\/asked|components\/(Icon|icons|Button|Photo|Price|Stars|Avatar|Skeleton|Tag|Chip|Card|Logo|LanguageSwitch|Header|Tabs|ErrorNote|Heart|BottomBar|select)\b|api\/errors)/],
  // Where, when, how tall: on the home page, in the head of a wide page, in a phone's sheet.
  ["find", /src\/components\/(SearchForm|WhenField|HeightField|PlaceField)\b/],
  ["api", /src\/(api\/(client|auth)|unsent|offline)\b/],
  // What two areas or more show after the first paint.
  ["parts", /src\/(components\/(Sheet|Field|Select|EmptyState|Calendar|calendar|DateTimeRange|WhenSheet|Steps|Menu)\b|api\/|screens\/(listing\/(hours|QuoteLines)|errors\/NotFound|booking\/(Answer|BookingRow|when|say|steps)))/],
  ["account", /src\/screens\/(account|saved|texts|errors)\//],
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
    // Every browser this app runs in knows modulepreload; what every page has needs none.
    modulePreload: { polyfill: false, resolveDependencies: (_file, needed) => needed.filter((file) => !/\/(base|main)-/.test(file)) },
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
