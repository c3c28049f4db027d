/** The message areas and their types. A new area: one file per language and one line here. */
import type account from "~/messages/en/account.json";
import type book from "~/messages/en/book.json";
import type booking from "~/messages/en/booking.json";
import type common from "~/messages/en/common.json";
import type editor from "~/messages/en/editor.json";
import type heads from "~/messages/en/heads.json";
import type home from "~/messages/en/home.json";
import type listing from "~/messages/en/listing.json";
import type owner from "~/messages/en/owner.json";
import type saved from "~/messages/en/saved.json";
import type search from "~/messages/en/search.json";
import type texts from "~/messages/en/texts.json";
import type trade from "~/messages/en/trade.json";

export interface Catalogue {
  account: typeof account;
  book: typeof book;
  booking: typeof booking;
  common: typeof common;
  editor: typeof editor;
  heads: typeof heads;
  home: typeof home;
  listing: typeof listing;
  owner: typeof owner;
  saved: typeof saved;
  search: typeof search;
  texts: typeof texts;
  trade: typeof trade;
}

export type Area = keyof Catalogue;

/** "search.title": the area, a dot, the key in its file. */
export type Key = { [A in Area]: `${A}.${Extract<keyof Catalogue[A], string>}` }[Area];

/** A message, or one per plural category of Intl.PluralRules ("zero" is taken for exactly 0 in every language). */
export type Message = string | { zero?: string; one?: string; many?: string; other: string };
