/// <reference types="vite/client" />

declare module "virtual:outline" {
  /** Lines and rings as flat [lon, lat, lon, lat, …] in steps of a degree, each the difference from the one before. */
  type Lines = number[][];
  /** [west, south, east, north] in degrees: here `land`, `coast` and `borders` are fine, in steps of 1/200 degree. */
  export const window: [number, number, number, number];
  export const land: Lines;
  export const coast: Lines;
  export const borders: Lines;
  /** The whole world, coarsely: steps of 1/40 degree. */
  export const world: Lines;
  export const frontiers: Lines;
}
