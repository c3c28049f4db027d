// Writes listings/places/communes.tsv from the npm package @etalab/decoupage-administratif, so that towns have their département
// and postcodes without Node: `node tools/communes.mjs`. Source: INSEE (code officiel géographique, populations légales) and
// La Poste (codes postaux), Licence Ouverte / Etalab 2.0; the package: MIT.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const read = (name) => require(`@etalab/decoupage-administratif/data/${name}.json`);
const { version } = require("@etalab/decoupage-administratif/package.json");
// GeoNames lists places of 500 inhabitants and more; a hamlet of the same name elsewhere would only be mistaken for one.
const LEAST = 250;

const communes = read("communes");
const whole = new Map(communes.filter(({ type }) => type === "commune-actuelle").map((commune) => [commune.code, commune]));
const lines = [];
for (const commune of communes) {
  const { departement, nom, population = 0, type } = commune;
  let postcodes = commune.codesPostaux ?? [];
  if (type.startsWith("commune-") && type !== "commune-actuelle") {
    // One that became part of another keeps its name on the map; its postcode is known where the whole has but one.
    const now = whole.get(commune.chefLieu);
    if (!now || now.nom === nom) continue;
    postcodes = now.codesPostaux?.length === 1 ? now.codesPostaux : [];
  } else if (population < LEAST) continue;
  lines.push([departement, nom, population, postcodes.join(" ")].join("\t"));
}
lines.sort();
const names = read("departements").map(({ code, nom, region }) => [code, nom, region].join("\t"));
const head = `# @etalab/decoupage-administratif ${version} (INSEE, La Poste; Licence Ouverte 2.0), by frontend/app/tools/communes.mjs`;
const file = new URL("../../../listings/places/communes.tsv", import.meta.url);
writeFileSync(file, `${head}\n${names.join("\n")}\n\n${lines.join("\n")}\n`);
console.log(`${names.length} départements, ${lines.length} communes`);
