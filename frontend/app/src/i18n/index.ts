/** Texts of the page's language. The language never changes within a page: another language is another address. */
import { site } from "~/site";
import type { Area, Key, Message } from "./catalogue";
import { typeset } from "./typography";

export type { Area, Key } from "./catalogue";
export const lang = site.language;

// Texts stay JSON files of their own: no script to parse, and the page's head asks for them beside the scripts.
const files = import.meta.glob<string>("../messages/*/*.json", { query: "?url", import: "default", eager: true });
const messages = new Map<string, Message>();
const loading = new Map<Area, Promise<void>>();
const plurals = new Intl.PluralRules(lang);

/** Loads the message files of these areas, once each. Screens name theirs in `screens/index.ts`. */
export async function loadAreas(areas: readonly Area[]): Promise<void> {
  await Promise.all(
    areas.map((area) => {
      let promise = loading.get(area);
      if (!promise) {
        promise = loadArea(area);
        loading.set(area, promise);
        promise.catch(() => loading.delete(area)); // tried again at the next visit
      }
      return promise;
    }),
  );
}

async function loadArea(area: Area): Promise<void> {
  const file = files[`../messages/${lang}/${area}.json`];
  if (!file) throw new Error(`No messages for ${area} in ${lang}`);
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  const texts = (await answer.json()) as Record<string, Message>;
  for (const [key, message] of Object.entries(texts)) messages.set(`${area}.${key}`, message);
}

export type Params = Record<string, string | number>;

/**
 * The text of `key` with `{name}` places filled from `params`.
 * `params.count` picks the plural and is shown formatted; other numbers are shown as given.
 */
export function t(key: Key, params: Params = {}): string {
  const message = messages.get(key);
  if (message === undefined) return key;
  const text = typeof message === "string" ? message : pick(message, Number(params["count"] ?? 0));
  const filled = text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name];
    if (value === undefined) return place;
    return name === "count" && typeof value === "number" ? new Intl.NumberFormat(lang).format(value) : String(value);
  });
  return typeset(filled, lang);
}

/** For codes that come from the API (categories, states, error codes): the message if there is one, else `fallback`. */
export function tCode(area: Area, prefix: string, code: string, fallback = code): string {
  const key = `${area}.${prefix}_${code}`;
  return messages.has(key) ? t(key as Key) : fallback;
}

function pick(message: Exclude<Message, string>, count: number): string {
  if (count === 0 && message.zero !== undefined) return message.zero;
  const category = plurals.select(count);
  return (message as Record<string, string | undefined>)[category] ?? message.other;
}
