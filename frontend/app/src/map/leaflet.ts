/** Every map of the site: tiles when the settings name some and they come, else the drawn map. */
import L from "leaflet";
import "leaflet/dist/leaflet.css";
import "./map.css";
import type { Point } from "~/api/types";
import { t } from "~/i18n";
import { site } from "~/site";
import { type DrawnMap, drawnMap } from "./drawn";

/** Where Web Mercator and the API end. */
export const FARTHEST = 85;

export interface BaseMap {
  map: L.Map;
  /** Names go where no pin is: tell it when pins have moved. */
  relabel: () => void;
  /** What was asked around: rings on the drawn map say how far is far. */
  around: (point: Point | null) => void;
}

export const at = (point: Point): L.LatLngTuple => [point.lat, point.lon];

/** `taken`: where something lies that no name may cover or be covered by. */
export function makeMap(element: HTMLElement, taken: () => L.LatLngTuple[]): BaseMap {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: false,
    minZoom: 5,
    maxZoom: 18,
    zoomAnimation: !calm,
    fadeAnimation: !calm,
    worldCopyJump: true,
    maxBounds: [[-FARTHEST, -540], [FARTHEST, 540]],
    maxBoundsViscosity: 1,
    renderer: L.svg({ padding: 0.4 }),
  });
  L.control.zoom({ position: "topright", zoomInTitle: t("common.zoom_in"), zoomOutTitle: t("common.zoom_out") }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  let drawn: DrawnMap | null = null;
  let middle: Point | null = null;
  const draw = () => {
    element.classList.add("drawn");
    drawn = drawnMap(map, taken);
    drawn.around(middle && at(middle));
  };
  if (site.tiles.url) addTiles(map, draw);
  else map.whenReady(draw);
  return {
    map,
    relabel: () => drawn?.label(),
    around: (point) => {
      middle = point;
      drawn?.around(point && at(point));
    },
  };
}

function addTiles(map: L.Map, giveUp: () => void) {
  const tiles = L.tileLayer(site.tiles.url, { maxZoom: 19 }).addTo(map);
  const credit = L.control.attribution({ prefix: false, position: "bottomright" }).addAttribution(site.tiles.attribution).addTo(map);
  let came = 0;
  let failed = 0;
  tiles.on("tileload", () => (came += 1));
  tiles.on("tileerror", () => {
    failed += 1;
    if (came || failed !== 3) return;
    tiles.remove();
    credit.remove();
    giveUp();
  });
}
