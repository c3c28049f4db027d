/** The map without tiles: coast, borders, and the names of towns from our own places, drawn in the page's colours. */
import L from "leaflet";
import { api, call } from "~/api/client";
import type { Place } from "~/api/types";

const SCALE = 200; // as tools/outline.ts packs it

function unpack(line: number[]): L.LatLngTuple[] {
  const out: L.LatLngTuple[] = [];
  let [x, y] = [0, 0];
  for (let index = 0; index < line.length; index += 2) {
    x += line[index] ?? 0;
    y += line[index + 1] ?? 0;
    out.push([y / SCALE, x / SCALE]);
  }
  return out;
}

export function drawnMap(map: L.Map): void {
  void import("virtual:outline").then(({ land, borders }) => {
    const shared = { interactive: false, smoothFactor: 0.6 };
    L.polygon(land.map((ring) => [unpack(ring)]), { ...shared, className: "land" }).addTo(map).bringToBack();
    L.polyline(borders.map(unpack), { ...shared, className: "border" }).addTo(map);
  });
  const towns = L.layerGroup().addTo(map);
  const known = new Map<string, Place>();
  let asked = "";

  async function name() {
    const center = map.getCenter();
    const spot = `${center.lat.toFixed(2)},${center.lng.toFixed(2)}`;
    if (spot !== asked) {
      asked = spot;
      try {
        const { results } = await call(api.GET("/api/places", { params: { query: { near: spot, limit: 20 } } }));
        for (const place of results) known.set(place.id, place);
      } catch {
        return; // names are an ornament: without them the map still shows where the bikes are
      }
    }
    if (!map.getPane("markerPane")) return;
    label();
  }

  /** Names that do not lie on one another, the first ones first. */
  function label() {
    towns.clearLayers();
    const taken: L.Bounds[] = [];
    const view = map.getBounds().pad(0.1);
    let first = true;
    for (const place of known.values()) {
      const at: L.LatLngTuple = [place.point.lat, place.point.lon];
      if (!view.contains(at)) continue;
      const spot = map.latLngToContainerPoint(at);
      const half = L.point(place.name.length * 4 + 14, 16);
      const box = L.bounds(spot.subtract(half), spot.add(half));
      if (taken.some((other) => other.intersects(box))) continue;
      taken.push(box);
      const text = document.createElement("span");
      text.textContent = place.name;
      L.marker(at, { icon: L.divIcon({ className: first ? "town big" : "town", html: text, iconSize: undefined }), interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(towns);
      first = false;
    }
  }

  const rings = L.layerGroup().addTo(map);
  const middle = map.getCenter();
  for (const km of [1, 2, 5, 10]) L.circle(middle, { radius: km * 1000, className: "ring", interactive: false }).addTo(rings);
  map.on("moveend", () => void name());
  void name();
}
