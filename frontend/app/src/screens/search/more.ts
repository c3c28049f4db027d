/** What the search shows after its first paint or behind a click: one file, loaded once. */
export { default as Filters } from "./Filters.svelte";
export { default as FormSheet } from "./FormSheet.svelte";
export { default as NoHits } from "./NoHits.svelte";
