/** What the search shows after its first paint or behind a click: one file, loaded once. */
export { default as Filters } from "./Filters.svelte";
export { default as FormSheet } from "./FormSheet.svelte";
export { default as NoHits } from "./NoHits.svelte";
export { default as Alternatives } from "./Alternatives.svelte";
export { default as SaveSheet } from "./SaveSheet.svelte";
export { wantsToSave } from "./saving";
