// What a phone downloads, after brotli: the entry with each first route's screen, and the whole app without the map.
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const dir = new URL("../../static/app/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dir), "utf8"));
const cache = new Map();
const size = (file) => {
  if (!cache.has(file)) cache.set(file, brotliCompressSync(readFileSync(new URL(file, dir))).length);
  return cache.get(file);
};

/** The files a chunk needs before it runs: itself and its static imports. */
function needs(key, found = new Set()) {
  if (found.has(key)) return found;
  found.add(key);
  for (const next of manifest[key].imports ?? []) needs(next, found);
  return found;
}
const js = (keys) => [...keys].filter((key) => manifest[key].file.endsWith(".js")).reduce((sum, key) => sum + size(manifest[key].file), 0);
const css = (keys) => [...new Set([...keys].flatMap((key) => manifest[key].css ?? []))].reduce((sum, file) => sum + size(file), 0);
const kb = (bytes) => `${(bytes / 1000).toFixed(1).padStart(6)} kB`;

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const isMap = (key) => /leaflet|src\/map\/|ResultMap|outline/i.test(key);
const texts = (keys) => keys.filter((key) => key.includes("/messages/fr/")).reduce((sum, key) => sum + size(manifest[key].file), 0);
let failed = false;
const line = (name, bytes, limit) => {
  const over = limit !== undefined && bytes > limit * 1000;
  failed ||= over;
  console.log(`${name.padEnd(34)}${kb(bytes)}${limit ? `  of ${limit}${over ? "  OVER" : ""}` : ""}`);
};

for (const screen of ["home/Home", "search/Search", "listing/Listing"]) {
  const keys = needs(`src/screens/${screen}.svelte`, needs(entry));
  line(`first route ${screen.split("/")[0]}: JavaScript`, js(keys), 35);
  line(`first route ${screen.split("/")[0]}: CSS`, css(keys));
}
const all = Object.keys(manifest).filter((key) => !isMap(key));
line("whole app without map: JavaScript", js(all), 120);
line("whole app: texts of one language", texts(all));
line("whole app without map: CSS", css(all));
line("map: JavaScript", js(Object.keys(manifest).filter(isMap)));
if (failed && process.argv.includes("--strict")) process.exitCode = 1;
