/** Addresses: the server's page table (frontend/pages.json) is the only list of them. */
import pages from "$pages";
import { lang } from "~/i18n";
import type { Lang, PageName } from "~/site";

export type Query = Record<string, string | number | boolean | null | undefined>;

const PARAM = /<uuid:(\w+)>/g;
const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const table = Object.entries(pages).map(([name, path]) => ({
  name: name as PageName,
  keys: [...path.matchAll(PARAM)].map((match) => match[1] ?? ""),
  pattern: new RegExp(`^${path.replace(PARAM, `(${UUID})`)}$`, "i"),
}));

/** "search", {}, {near: "43.18,3.0"} -> "/fr/search/?near=43.18%2C3.0". Empty values leave the query. */
export function href(name: PageName, params: Record<string, string> = {}, query: Query = {}, language: Lang = lang): string {
  const path = pages[name].replace(PARAM, (_, key: string) => encodeURIComponent(params[key] ?? ""));
  return `/${language}${path}${queryString(query)}`;
}

export function queryString(query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "" && value !== false) search.set(key, value === true ? "1" : String(value));
  }
  const text = search.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
  return text && `?${text}`;
}

export interface Match {
  name: PageName | "not_found";
  params: Record<string, string>;
}

/** null for an address that is not one of this language's pages (another language, /admin/, /api/): the browser loads it. */
export function match(pathname: string): Match | null {
  const prefix = `/${lang}`;
  if (!pathname.startsWith(`${prefix}/`)) return null;
  const path = pathname.slice(prefix.length);
  for (const { name, keys, pattern } of table) {
    const found = pattern.exec(path);
    if (found) return { name, params: Object.fromEntries(keys.map((key, index) => [key, found[index + 1] ?? ""])) };
  }
  return { name: "not_found", params: {} };
}

/** This very page in another language. */
export function inLanguage(language: Lang, location: { pathname: string; search: string }): string {
  return location.pathname.replace(/^\/(en|fr)(?=\/|$)/, `/${language}`) + location.search;
}

/** A page path without language ("/bookings/…/"), as notices carry it, in this page's language. */
export const localPath = (path: string): string => (/^\/(en|fr)\//.test(path) ? path : `/${lang}${path}`);
