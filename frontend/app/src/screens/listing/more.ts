/** What the listing shows after its first paint or behind a click: one file, loaded once. */
export { default as Below } from "./Below.svelte";
export { default as Dates } from "./Dates.svelte";
export { default as Extras } from "./Extras.svelte";
export { default as PhotoSheet } from "./PhotoSheet.svelte";
export { default as Preview } from "./Preview.svelte";
export { default as QuoteLines } from "./QuoteLines.svelte";
