/** The document's title; screens that know better than the page's name set theirs. */
import { t, type Key } from "~/i18n";

let own = $state<string | null>(null);

export function setTitle(text: string | null): void {
  own = text;
  document.title = text ? `${text} · Bikeens` : "Bikeens";
}

/** The usual title of a page, before its screen says better. */
export function usualTitle(page: string): string {
  const key = `common.page_${page}`;
  const text = t(key as Key);
  return text === key ? "Bikeens" : text;
}

export const title = {
  get own(): string | null {
    return own;
  },
};
