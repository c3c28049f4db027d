/** The map without tiles: coast, borders, towns from our own places, a grid and rings, drawn in the page's colours. */
import L from "leaflet";
import { api, call } from "~/api/client";
import type { MapTown } from "~/api/types";
import { distance } from "~/i18n/format";

const SCALE = 200; // as tools/outline.ts packs them
const COARSE = 40;
const RINGS_KM = [0.25, 0.5, 1, 2, 5, 10, 25, 50];
const ARROWS = "↑↗→↘↓↙←↖";

export interface DrawnMap {
  label: () => void;
  around: (middle: L.LatLngTuple | null) => void;
}

function unpack(line: number[], scale: number): L.LatLngTuple[] {
  const out: L.LatLngTuple[] = [];
  let [x, y] = [0, 0];
  for (let index = 0; index < line.length; index += 2) {
    x += line[index] ?? 0;
    y += line[index + 1] ?? 0;
    out.push([y / scale, x / scale]);
  }
  return out;
}

function text(where: L.LatLngExpression, words: string, className: string): L.Marker {
  const span = document.createElement("span");
  span.textContent = words;
  return L.marker(where, { icon: L.divIcon({ className, html: span, iconSize: undefined }), interactive: false, keyboard: false, pane: "names" });
}

export function drawnMap(map: L.Map, taken: () => L.LatLngTuple[]): DrawnMap {
  const still = { interactive: false, smoothFactor: 0.6 };
  map.createPane("names").style.zIndex = "450";
  // From the ground up; the outline comes later than what lies on it.
  const [ground, built, grid, rings, names] = [L.layerGroup(), L.layerGroup(), L.layerGroup(), L.layerGroup(), L.layerGroup()];
  for (const layer of [ground, built, grid, rings, names]) layer.addTo(map);
  const compass = document.createElement("div");
  compass.className = "compass";
  compass.ariaHidden = "true";
  map.getContainer().append(compass);

  void import("virtual:outline").then(({ window: [west, south, east, north], ...outline }) => {
    const land = (rings: number[][], scale: number) => L.polygon(rings.map((ring) => [unpack(ring, scale)]), { ...still, className: "land" });
    const lines = (all: number[][], scale: number, className: string) => L.polyline(all.map((line) => unpack(line, scale)), { ...still, className });
    const parts = [
      land(outline.world, COARSE),
      lines(outline.frontiers, COARSE, "border"),
      L.rectangle([[south, west], [north, east]], { ...still, className: "sea" }),
      land(outline.land, SCALE),
      lines(outline.coast, SCALE, "coast"),
      lines(outline.borders, SCALE, "border"),
    ];
    for (const part of parts.reverse()) part.addTo(ground).bringToBack();
  });

  const known = new Map<string, MapTown[]>();
  let towns: MapTown[] = [];
  let middle: L.LatLngTuple | null = null;

  /** The towns of the seen tiles of 512 pixels: moving a little asks nothing anew. */
  async function fetchTowns() {
    const zoom = map.getZoom();
    const seen = map.getPixelBounds();
    const edge = (pixel: L.Point | undefined, round: (value: number) => number) => map.unproject([round((pixel?.x ?? 0) / 512) * 512, round((pixel?.y ?? 0) / 512) * 512], zoom);
    const [low, high] = [edge(seen.min, Math.floor), edge(seen.max, Math.ceil)];
    const clamp = (value: number, most: number) => Math.max(-most, Math.min(most, value)).toFixed(3);
    const bbox = [clamp(low.lng, 180), clamp(high.lat, 85), clamp(high.lng, 180), clamp(low.lat, 85)].join(",");
    const key = `${zoom}:${bbox}`;
    try {
      const found = known.get(key) ?? (await call(api.GET("/api/places/map", { params: { query: { bbox, zoom } } }))).results;
      known.set(key, found);
      towns = found;
    } catch {
      return; // names are an ornament: without them the map still shows where the bikes are
    }
    if (!map.getPane("names")) return;
    drawTowns();
    label();
  }

  /** Where people live, about as large as it is. */
  function drawTowns() {
    built.clearLayers();
    for (const town of towns) {
      const where: L.LatLngTuple = [town.point.lat, town.point.lon];
      const radius = 8 * Math.sqrt(town.population + 400);
      if (radius * 2 ** map.getZoom() > 156543 * 4) L.circle(where, { radius, interactive: false, className: "built" }).addTo(built);
    }
  }

  /** Names that lie neither on pins nor on one another, the largest first. */
  function label() {
    names.clearLayers();
    const boxAt = (spot: L.Point, half: L.Point) => L.bounds(spot.subtract(half), spot.add(half));
    const full = taken().map((one) => boxAt(map.latLngToContainerPoint(one), L.point(36, 20)));
    const view = map.getBounds().pad(0.05);
    const large = map.getZoom() < 8 ? 400_000 : map.getZoom() < 11 ? 40_000 : 20_000;
    let named = 0;
    for (const town of towns) {
      const where: L.LatLngTuple = [town.point.lat, town.point.lon];
      if (!view.contains(where)) continue;
      const spot = map.latLngToContainerPoint(where);
      const big = town.population >= large;
      const half = L.point(town.name.length * (big ? 4.6 : 3.5) + 8, big ? 13 : 10);
      // Above its dot, below it, further off, or beside the pin that is in the way.
      const beside = half.x + 56;
      const shifts: [number, number][] = [[0, -12], [0, 14], [0, -34], [0, 34], [beside, 0], [-beside, 0]];
      const free = shifts.map((shift) => spot.add(shift)).find((there) => !full.some((other) => other.intersects(boxAt(there, half))));
      if (!free) continue;
      full.push(boxAt(free, half));
      named += 1;
      L.circleMarker(where, { radius: big ? 3 : 2, interactive: false, className: "dot" }).addTo(names);
      text(map.containerPointToLatLng(free), town.name, big ? "town big" : "town").addTo(names);
    }
    pointHome(named);
  }

  /** Where no name fits or no town is in sight: how far the nearest one is, and in which direction. */
  function pointHome(named: number) {
    const center = map.getCenter();
    const away = (town: MapTown) => center.distanceTo([town.point.lat, town.point.lon]);
    const nearest = named ? undefined : towns.toSorted((one, other) => away(one) - away(other))[0];
    compass.hidden = !nearest;
    if (!nearest) return;
    const spot = map.latLngToContainerPoint([nearest.point.lat, nearest.point.lon]).subtract(map.getSize().divideBy(2));
    const eighth = Math.round((Math.atan2(spot.x, -spot.y) / Math.PI) * 4 + 8) % 8;
    compass.textContent = `${nearest.name} · ${distance(Math.round(away(nearest) / 10) * 10)} ${ARROWS[eighth]}`;
  }

  /** Lines of whole hundred metres or kilometres, so that a street's map shows how it moves and how far is far. */
  function drawGrid() {
    grid.clearLayers();
    if (map.getZoom() < 11) return;
    const view = map.getBounds().pad(0.4);
    const ground = Math.cos((map.getCenter().lat * Math.PI) / 180);
    const pixel = (156543 * ground) / 2 ** map.getZoom();
    const step = [100, 200, 500, 1000, 2000, 5000].find((metres) => metres / pixel > 84) ?? 10_000;
    const lat = step / 111_195;
    // One breadth for the whole tile row, so that lines stay where they are while the map moves.
    const lon = lat / Math.cos((Math.round(map.getCenter().lat) * Math.PI) / 180);
    const lines: L.LatLngTuple[][] = [];
    for (let y = Math.ceil(view.getSouth() / lat) * lat; y < view.getNorth(); y += lat) lines.push([[y, view.getWest()], [y, view.getEast()]]);
    for (let x = Math.ceil(view.getWest() / lon) * lon; x < view.getEast(); x += lon) lines.push([[view.getSouth(), x], [view.getNorth(), x]]);
    L.polyline(lines, { interactive: false, className: "grid" }).addTo(grid);
  }

  /** How far is far from the place asked for: three circles that fit the zoom. */
  function drawRings() {
    rings.clearLayers();
    if (!middle) return;
    const pixel = (156543 * Math.cos((middle[0] * Math.PI) / 180)) / 2 ** map.getZoom();
    const fitting = RINGS_KM.filter((km) => (km * 1000) / pixel > 70 && (km * 1000) / pixel < 900).slice(0, 3);
    for (const km of fitting) {
      L.circle(middle, { radius: km * 1000, className: "ring", interactive: false }).addTo(rings);
      text([L.latLng(middle).toBounds(km * 2000).getSouth(), middle[1]], distance(km * 1000), "town far").addTo(rings);
    }
    if (fitting.length) L.circleMarker(middle, { radius: 4, className: "middle", interactive: false }).addTo(rings);
  }

  const moved = () => {
    drawGrid();
    void fetchTowns();
  };
  map.on("moveend", moved);
  map.on("zoomend", () => {
    drawRings();
    drawTowns();
    label();
  });
  moved();
  return {
    label,
    around: (point) => {
      middle = point;
      drawRings();
    },
  };
}
