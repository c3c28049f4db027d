/** One file to load for writing a listing. */
export { default as Editor } from "./Editor.svelte";
export { default as New } from "./New.svelte";
