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
const isMap = (key) => /leaflet|\/map\/|outline/.test(key) || /leaflet|outline/.test(manifest[key].file);
const french = ["common", "home", "search", "listing"].map((area) => `src/messages/fr/${area}.json`);
let failed = false;
const line = (name, bytes, limit) => {
  const over = limit !== undefined && bytes > limit * 1000;
  failed ||= over;
  console.log(`${name.padEnd(34)}${kb(bytes)}${limit ? `  of ${limit}${over ? "  OVER" : ""}` : ""}`);
};

for (const screen of ["home/Home", "search/Search", "listing/Listing"]) {
  const keys = needs(`src/screens/${screen}.svelte`, needs(entry));
  for (const text of french.filter((key) => key.endsWith("common.json") || key.includes(screen.split("/")[0]))) if (manifest[text]) keys.add(text);
  line(`first route ${screen.split("/")[0]}: JavaScript`, js(keys), 35);
  line(`first route ${screen.split("/")[0]}: CSS`, css(keys));
}
const all = Object.keys(manifest).filter((key) => !isMap(key));
const oneLanguage = all.filter((key) => !key.includes("/messages/en/"));
line("whole app without map: JavaScript", js(oneLanguage), 120);
line("whole app without map: CSS", css(all));
line("map: JavaScript", js(Object.keys(manifest).filter(isMap)));
if (failed) process.exitCode = 1;
