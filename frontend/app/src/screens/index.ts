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
const owner: Frame = { head: "site", tabs: "owner", foot: true };
const both: Frame = { head: "site", tabs: "mine", foot: true };
const focused: Frame = { head: "site", tabs: null, foot: false };

const texts = () => import("./texts/Text.svelte");

export const screens: Record<PageName | "not_found" | "error", Screen> = {
  home: { load: () => import("./home/Home.svelte"), areas: ["home"], frame: { head: "over", tabs: "renter", foot: true } },
  search: { load: () => import("./search/Search.svelte"), areas: ["search"], frame: { head: "wide", pill: true, tabs: null, foot: false } },
  listing: { load: () => import("./listing/Listing.svelte"), areas: ["listing"], frame: { head: "wide", pill: true, tabs: null, foot: true } },
  book: { load: () => import("./book/Book.svelte"), areas: ["book", "listing"], frame: focused },

  bookings: { load: () => import("./booking/Bookings.svelte"), areas: ["booking"], frame: usual },
  booking: { load: () => import("./booking/Booking.svelte"), areas: ["booking", "listing"], frame: both },
  sign_in: { load: () => import("./account/SignIn.svelte"), areas: ["account"], frame: usual },
  sign_up: { load: () => import("./account/SignUp.svelte"), areas: ["account"], frame: usual },
  account: { load: () => import("./account/Account.svelte"), areas: ["account"], frame: both },
  person: { load: () => import("./account/Person.svelte"), areas: ["account"], frame: usual },
  owner: { load: () => import("./owner/Dashboard.svelte"), areas: ["owner", "booking"], frame: owner },
  owner_listings: { load: () => import("./owner/Listings.svelte"), areas: ["owner", "editor"], frame: owner },
  listing_new: { load: () => import("./editor/New.svelte"), areas: ["owner", "editor"], frame: focused },
  listing_edit: { load: () => import("./editor/Editor.svelte"), areas: ["owner", "editor", "listing"], frame: focused },
  owner_requests: { load: () => import("./owner/Requests.svelte"), areas: ["owner", "booking"], frame: owner },
  earnings: { load: () => import("./owner/Earnings.svelte"), areas: ["owner", "booking"], frame: owner },
  payouts: { load: () => import("./owner/Payouts.svelte"), areas: ["owner", "booking"], frame: owner },

  how: { load: texts, areas: ["texts"], frame: usual },
  help: { load: texts, areas: ["texts"], frame: usual },
  terms: { load: texts, areas: ["texts"], frame: usual },
  privacy: { load: texts, areas: ["texts"], frame: usual },
  imprint: { load: texts, areas: ["texts"], frame: usual },

  not_found: { load: () => import("./errors/NotFound.svelte"), areas: [], frame: usual },
  error: { load: () => import("./errors/Broken.svelte"), areas: [], frame: usual },
};
