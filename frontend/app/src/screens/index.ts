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

/** A screen of an area that is one file: the area's index names it. */
const from = <Name extends string>(area: () => Promise<Record<Name, ScreenComponent>>, name: Name) => async () => ({ default: (await area())[name] });
const account = () => import("./account");
const booking = () => import("./booking");
const editor = () => import("./editor");
const owner = () => import("./owner");
const plain = () => import("./plain");
const saved = () => import("./saved");

export const screens: Record<PageName | "not_found" | "error", Screen> = {
  home: { load: () => import("./home/Home.svelte"), areas: ["home"], frame: { head: "over", tabs: "renter", foot: true } },
  search: { load: () => import("./search/Search.svelte"), areas: ["search"], frame: { head: "wide", pill: true, tabs: null, foot: false } },
  listing: { load: () => import("./listing/Listing.svelte"), areas: ["listing"], frame: { head: "wide", pill: true, tabs: null, foot: true } },
  book: { load: from(booking, "Book"), areas: ["book", "listing"], frame: focused },

  bookings: { load: from(booking, "Bookings"), areas: ["booking"], frame: usual },
  booking: { load: from(booking, "Booking"), areas: ["booking", "listing"], frame: both },
  sign_in: { load: from(account, "SignIn"), areas: ["account"], frame: usual },
  sign_up: { load: from(account, "SignUp"), areas: ["account"], frame: usual },
  account: { load: from(account, "Account"), areas: ["account"], frame: both },
  saved: { load: from(saved, "Saved"), areas: ["saved", "search"], frame: usual },
  saved_stop: { load: from(saved, "Stop"), areas: ["saved"], frame: focused },
  person: { load: from(account, "Person"), areas: ["account"], frame: usual },
  owner: { load: from(owner, "Dashboard"), areas: ["owner", "booking"], frame: owning },
  owner_listings: { load: from(owner, "Listings"), areas: ["owner", "editor"], frame: owning },
  listing_new: { load: from(editor, "New"), areas: ["owner", "editor"], frame: focused },
  listing_edit: { load: from(editor, "Editor"), areas: ["owner", "editor", "listing"], frame: focused },
  listing_import: { load: from(owner, "Import"), areas: ["owner", "trade"], frame: owning },
  owner_requests: { load: from(owner, "Requests"), areas: ["owner", "booking"], frame: owning },
  earnings: { load: from(owner, "Earnings"), areas: ["owner", "booking"], frame: owning },
  payouts: { load: from(owner, "Payouts"), areas: ["owner", "booking"], frame: owning },

  how: { load: from(plain, "Text"), areas: ["texts"], frame: usual },
  help: { load: from(plain, "Text"), areas: ["texts"], frame: usual },
  terms: { load: from(plain, "Text"), areas: ["texts"], frame: usual },
  privacy: { load: from(plain, "Text"), areas: ["texts"], frame: usual },
  imprint: { load: from(plain, "Text"), areas: ["texts"], frame: usual },

  not_found: { load: from(plain, "NotFound"), areas: [], frame: usual },
  error: { load: from(plain, "Broken"), areas: [], frame: usual },
};
