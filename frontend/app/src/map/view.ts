/** The part of the world that a map shows, as the address and the API write it. */
import type L from "leaflet";
import { FARTHEST } from "./leaflet";

/** `bbox` is "west,south,east,north"; west greater than east crosses the 180th meridian. */
export interface View { bbox: string; zoom: number }

const turned = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180;
const clamped = (lat: number) => Math.max(-FARTHEST, Math.min(FARTHEST, lat));

export function viewOf(map: L.Map): View {
  const bounds = map.getBounds();
  const whole = bounds.getEast() - bounds.getWest() >= 360;
  const [west, east] = whole ? [-180, 180] : [turned(bounds.getWest()), turned(bounds.getEast())];
  const parts = [west, clamped(bounds.getSouth()), east, clamped(bounds.getNorth())];
  return { bbox: parts.map((part) => part.toFixed(5)).join(","), zoom: map.getZoom() };
}

export function boundsOf(bbox: string): [L.LatLngTuple, L.LatLngTuple] {
  const [west = 0, south = 0, east = 0, north = 0] = bbox.split(",").map(Number);
  return [[clamped(south), west], [clamped(north), east < west ? east + 360 : east]];
}
