/**
 * `virtual:outline`: coast and borders from world-atlas (Natural Earth, public domain), packed at build time: finely
 * around France, coarsely for the rest of the world. The drawn map shows them when there are no tiles.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import type { Position } from "geojson";
import type { Plugin } from "vite";

type Atlas = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;

const WEST = -6.5, SOUTH = 40.5, EAST = 11.5, NORTH = 52.5;
const SCALE = 200; // steps of 1/200 degree, some 400 m
const COARSE = 40; // steps of 1/40 degree
const inside = ([lon = 0, lat = 0]: Position) => lon >= WEST && lon <= EAST && lat >= SOUTH && lat <= NORTH;
const clamp = ([lon = 0, lat = 0]: Position): Position => [Math.min(EAST, Math.max(WEST, lon)), Math.min(NORTH, Math.max(SOUTH, lat))];

/** Whole steps, repeated points dropped, each the difference from the one before. */
function pack(line: Position[], scale: number): number[] {
  const out: number[] = [];
  let [x, y] = [0, 0];
  for (const [lon = 0, lat = 0] of line) {
    const [nx, ny] = [Math.round(lon * scale), Math.round(lat * scale)];
    if (out.length && nx === x && ny === y) continue;
    out.push(nx - x, ny - y);
    [x, y] = [nx, ny];
  }
  return out;
}

function read(name: string): Atlas {
  return JSON.parse(readFileSync(createRequire(import.meta.url).resolve(`world-atlas/${name}.json`), "utf8")) as Atlas;
}

function ringsOf(atlas: Atlas): Position[][] {
  return feature(atlas, atlas.objects.land).features.flatMap(({ geometry }) =>
    geometry.type === "Polygon" ? geometry.coordinates : geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : [],
  );
}

/** The parts of lines that lie in the fine window: cut where they leave it, so that its edge is no coast. */
function runs(lines: Position[][]): number[][] {
  const out: number[][] = [];
  for (const line of lines) {
    let run: Position[] = [];
    for (const point of [...line, [999, 999]]) {
      if (inside(point)) run.push(point);
      else {
        if (run.length > 1) out.push(pack(run, SCALE));
        run = [];
      }
    }
  }
  return out;
}

function build() {
  const fine = read("countries-10m");
  const coarse = read("countries-110m");
  const rings = ringsOf(fine);
  const borders = (atlas: Atlas) => mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates;
  return {
    window: [WEST, SOUTH, EAST, NORTH],
    land: rings.filter((ring) => ring.some(inside)).map((ring) => pack(ring.map(clamp), SCALE)).filter((ring) => ring.length > 8),
    coast: runs(rings),
    borders: runs(borders(fine)),
    world: ringsOf(coarse).map((ring) => pack(ring, COARSE)),
    frontiers: borders(coarse).map((line) => pack(line, COARSE)),
  };
}

export function outline(): Plugin {
  const name = "virtual:outline";
  return {
    name: "outline",
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load(id) {
      if (id !== `\0${name}`) return undefined;
      return Object.entries(build()).map(([part, value]) => `export const ${part}=${JSON.stringify(value)};`).join("");
    },
  };
}
