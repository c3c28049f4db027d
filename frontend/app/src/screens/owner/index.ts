/** One file to load for the owner's side, but for the editor. */
export { default as Dashboard } from "./Dashboard.svelte";
export { default as Earnings } from "./Earnings.svelte";
export { default as Import } from "./Import.svelte";
export { default as Listings } from "./Listings.svelte";
export { default as Payouts } from "./Payouts.svelte";
export { default as Requests } from "./Requests.svelte";
