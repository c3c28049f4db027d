// Every message area exists in both languages with the same keys, the same {places} and plural forms where the other has them.
import { readdirSync, readFileSync } from "node:fs";

const root = new URL("../src/messages/", import.meta.url);
const read = (language, file) => JSON.parse(readFileSync(new URL(`${language}/${file}`, root), "utf8"));
const files = (language) => readdirSync(new URL(`${language}/`, root)).sort();
const places = (message) => {
  const text = typeof message === "string" ? message : Object.values(message).join(" ");
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort().join(",");
};
const faults = [];

const [english, french] = [files("en"), files("fr")];
for (const file of new Set([...english, ...french])) {
  if (!english.includes(file) || !french.includes(file)) {
    faults.push(`${file}: only in one language`);
    continue;
  }
  const [en, fr] = [read("en", file), read("fr", file)];
  for (const key of new Set([...Object.keys(en), ...Object.keys(fr)])) {
    if (!(key in en)) faults.push(`${file}: ${key} is missing in English`);
    else if (!(key in fr)) faults.push(`${file}: ${key} is missing in French`);
    else {
      if (typeof en[key] !== typeof fr[key]) faults.push(`${file}: ${key} is plural in one language only`);
      if (places(en[key]) !== places(fr[key])) faults.push(`${file}: ${key} has other {places}: ${places(en[key])} / ${places(fr[key])}`);
      for (const message of [en[key], fr[key]]) if (typeof message === "object" && !message.other) faults.push(`${file}: ${key} has no "other"`);
    }
  }
}

if (faults.length) {
  console.error(faults.join("\n"));
  process.exit(1);
}
