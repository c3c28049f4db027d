/** What the page shell hands over in `<script type="application/json" id="site">`, read once. */
import type pages from "$pages";
import type { Me } from "~/api/types";

export type PageName = keyof typeof pages;
export type Lang = "en" | "fr";

export interface Town {
  /** Of the place, for a search. */
  id: string;
  name: string;
  region: string;
  point: { lat: number; lon: number };
  bikes: number;
}

export interface Site {
  language: Lang;
  languages: { code: Lang; name: string }[];
  /** The page the server answered; `not_found` and `error` for its error pages. */
  page: PageName | "not_found" | "error";
  path_params: Record<string, string>;
  tiles: { url: string; attribution: string };
  me: Me | null;
  currency: string;
  zone: string;
  /** Where most bikes are, for the home page. */
  towns: Town[];
  /** True where pictures and money are made up: the shell says so once. */
  demo?: boolean;
}

function readJson(id: string): unknown {
  const text = document.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : null;
}

const FALLBACK: Site = {
  language: document.documentElement.lang === "fr" ? "fr" : "en",
  languages: [{ code: "en", name: "English" }, { code: "fr", name: "Français" }],
  page: "home",
  path_params: {},
  tiles: { url: "", attribution: "" },
  me: null,
  currency: "EUR",
  zone: "Europe/Paris",
  towns: [],
};

export const site: Site = { ...FALLBACK, ...(readJson("site") as Partial<Site> | null) };

let firstData: unknown = readJson("page-data");

/** The API's answer the server already rendered for this address. Only the first screen gets it, once; later ones fetch. */
export function takeFirstData<T>(): T | null {
  const data = firstData as T | null;
  firstData = null;
  return data;
}

/** Called by the router on the first navigation, so that a later screen never takes the first one's data. */
export function dropFirstData(): void {
  firstData = null;
}
