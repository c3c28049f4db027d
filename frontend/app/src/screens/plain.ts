/** Pages that are text and little else: one file to load. */
export { default as Broken } from "./errors/Broken.svelte";
export { default as NotFound } from "./errors/NotFound.svelte";
export { default as Text } from "./texts/Text.svelte";
