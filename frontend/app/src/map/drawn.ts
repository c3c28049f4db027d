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

/** How far is far: circles of 1, 2, 5 and 10 km around the place asked for. */
export function distanceRings(middle: L.LatLngExpression): L.LayerGroup {
  const rings = L.layerGroup();
  for (const km of [1, 2, 5, 10]) {
    const ring = L.circle(middle, { radius: km * 1000, className: "ring", interactive: false });
    const text = document.createElement("span");
    text.textContent = `${km}\u00a0km`;
    const south = L.latLng(middle).toBounds(km * 2000).getSouth();
    rings.addLayer(ring).addLayer(L.marker([south, L.latLng(middle).lng], { icon: L.divIcon({ className: "town", html: text, iconSize: undefined }), interactive: false, keyboard: false, zIndexOffset: -1000 }));
  }
  return rings;
}

/** `pins`: where something lies that no name may cover or be covered by. */
export function drawnMap(map: L.Map, pins: () => L.LatLngExpression[]): () => void {
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
        for (const place of results) known.set(place.id ?? place.name, place);
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
    const boxAt = (spot: L.Point, half: L.Point) => L.bounds(spot.subtract(half), spot.add(half));
    const taken = pins().map((at) => boxAt(map.latLngToContainerPoint(at), L.point(38, 16)));
    const view = map.getBounds().pad(0.1);
    let first = true;
    for (const place of known.values()) {
      const at: L.LatLngTuple = [place.point.lat, place.point.lon];
      if (!view.contains(at)) continue;
      const spot = map.latLngToContainerPoint(at);
      const half = L.point(place.name.length * (first ? 5 : 3.6) + 6, first ? 13 : 10);
      const free = [0, -30, 30, -56, 56].map((shift) => spot.add([0, shift])).find((there) => !taken.some((other) => other.intersects(boxAt(there, half))));
      if (!free) continue;
      taken.push(boxAt(free, half));
      const text = document.createElement("span");
      text.textContent = place.name;
      L.marker(map.containerPointToLatLng(free), { icon: L.divIcon({ className: first ? "town big" : "town", html: text, iconSize: undefined }), interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(towns);
      first = false;
    }
  }

  map.on("moveend", () => void name());
  void name();
  return label;
}
