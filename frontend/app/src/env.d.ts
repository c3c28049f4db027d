/// <reference types="vite/client" />

declare module "virtual:outline" {
  /** Coast and borders around France: rings as flat [lon, lat, lon, lat, …] in hundredths of a degree, delta-coded. */
  export const land: number[][];
  export const borders: number[][];
}
