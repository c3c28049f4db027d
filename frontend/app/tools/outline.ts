/**
 * `virtual:outline`: coast and borders around France, cut from world-atlas (Natural Earth, public domain) at build time.
 * The drawn map shows them when there are no tiles.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Position } from "geojson";
import type { Plugin } from "vite";

const WEST = -6.5, SOUTH = 40.5, EAST = 11.5, NORTH = 52.5;
const SCALE = 200; // steps of 1/200 degree, some 400 m
const inside = ([lon = 0, lat = 0]: Position) => lon >= WEST && lon <= EAST && lat >= SOUTH && lat <= NORTH;
const clamp = ([lon = 0, lat = 0]: Position): [number, number] => [Math.min(EAST, Math.max(WEST, lon)), Math.min(NORTH, Math.max(SOUTH, lat))];

/** Whole steps, repeated points dropped, each the difference from the one before. */
function pack(line: Position[], clip: boolean): number[] {
  const out: number[] = [];
  let [x, y] = [0, 0];
  for (const point of line) {
    const [lon, lat] = clip ? clamp(point) : [point[0] ?? 0, point[1] ?? 0];
    const [nx, ny] = [Math.round(lon * SCALE), Math.round(lat * SCALE)];
    if (out.length && nx === x && ny === y) continue;
    out.push(nx - x, ny - y);
    [x, y] = [nx, ny];
  }
  return out;
}

function build(): { land: number[][]; borders: number[][] } {
  const file = createRequire(import.meta.url).resolve("world-atlas/countries-10m.json");
  const atlas = JSON.parse(readFileSync(file, "utf8")) as Topology<{ countries: GeometryCollection; land: GeometryCollection }>;
  const rings: Position[][] = [];
  for (const shape of feature(atlas, atlas.objects.land).features) {
    if (shape.geometry.type === "Polygon") rings.push(...shape.geometry.coordinates);
    if (shape.geometry.type === "MultiPolygon") rings.push(...shape.geometry.coordinates.flat());
  }
  const land = rings.filter((ring) => ring.some(inside)).map((ring) => pack(ring, true)).filter((ring) => ring.length > 8);
  const borders: number[][] = [];
  for (const line of mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates) {
    let run: Position[] = [];
    for (const point of [...line, [999, 999]]) {
      if (inside(point)) run.push(point);
      else {
        if (run.length > 1) borders.push(pack(run, false));
        run = [];
      }
    }
  }
  return { land, borders };
}

export function outline(): Plugin {
  const name = "virtual:outline";
  return {
    name: "outline",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      const { land, borders } = build();
      return `export const land=${JSON.stringify(land)};export const borders=${JSON.stringify(borders)};`;
    },
  };
}
