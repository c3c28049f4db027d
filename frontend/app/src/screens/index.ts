/**
 * Which component shows which page, which message areas it needs, and what the shell puts around it.
 * A screen gets `params` (from the address) as props; the query is `router.route.query`.
 */
import type { Component } from "svelte";
import type { Area } from "~/i18n";
import type { PageName } from "~/site";

export interface Frame {
  /** Head of the page. "site": the usual one. "over": on the home page's picture. "wide": none on a phone, the screen has its own. */
  head?: "site" | "over" | "wide";
  /** Search pill in the wide head. */
  pill?: boolean;
  /** The phone's tab bar; "mine" is the one of the side they were on last. */
  tabs?: "renter" | "owner" | "mine" | null;
  foot?: boolean;
}

/** A screen that needs nothing from the address declares no props. */
export type ScreenComponent = Component<{ params: Record<string, string> }> | Component<Record<string, never>>;

export interface Screen {
  load: () => Promise<{ default: ScreenComponent }>;
  areas: Area[];
  frame: Frame;
}

const usual: Frame = { head: "site", tabs: "renter", foot: true };
const owning: Frame = { head: "site", tabs: "owner", foot: true };
const both: Frame = { head: "site", tabs: "mine", foot: true };
const focused: Frame = { head: "site", tabs: null, foot: false };

type Loaded<Name extends string> = Promise<Record<Name, ScreenComponent>>;
/** Screens of an area that is one file: its index names them. Each has the messages given, the area's own first. */
const area =
  <Name extends string>(load: () => Loaded<Name>) =>
  (name: Name, frame: Frame, ...areas: Area[]): Screen => ({ load: async () => ({ default: (await load())[name] }), areas, frame });
const account = area(() => import("./account"));
const booking = area(() => import("./booking"));
const editor = area(() => import("./editor"));
const owner = area(() => import("./owner"));
const plain = area(() => import("./plain"));
const saved = area(() => import("./saved"));

export const screens: Record<PageName | "not_found" | "error", Screen> = {
  home: { load: () => import("./home/Home.svelte"), areas: ["home"], frame: { head: "over", tabs: "renter", foot: true } },
  search: { load: () => import("./search/Search.svelte"), areas: ["search"], frame: { head: "wide", pill: true, tabs: null, foot: false } },
  listing: { load: () => import("./listing/Listing.svelte"), areas: ["listing"], frame: { head: "wide", pill: true, tabs: null, foot: true } },
  book: booking("Book", focused, "book", "listing"),

  bookings: booking("Bookings", usual, "booking"),
  booking: booking("Booking", both, "booking", "listing"),
  sign_in: account("SignIn", usual, "account"),
  sign_up: account("SignUp", usual, "account"),
  account: account("Account", both, "account"),
  saved: saved("Saved", usual, "saved", "search"),
  saved_stop: saved("Stop", focused, "saved"),
  person: account("Person", usual, "account"),
  owner: owner("Dashboard", owning, "owner", "booking"),
  owner_listings: owner("Listings", owning, "owner", "editor"),
  listing_new: editor("New", focused, "owner", "editor"),
  listing_edit: editor("Editor", focused, "owner", "editor", "listing"),
  listing_import: owner("Import", owning, "owner", "trade"),
  owner_requests: owner("Requests", owning, "owner", "booking"),
  earnings: owner("Earnings", owning, "owner", "booking"),
  payouts: owner("Payouts", owning, "owner", "booking"),

  how: plain("Text", usual, "texts"),
  help: plain("Text", usual, "texts"),
  terms: plain("Text", usual, "texts"),
  privacy: plain("Text", usual, "texts"),
  imprint: plain("Text", usual, "texts"),

  not_found: plain("NotFound", usual),
  error: plain("Broken", usual),
};
