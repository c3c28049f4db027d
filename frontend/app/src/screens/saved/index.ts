/** One file to load for what was saved, and for the end of its e-mails. */
export { default as Saved } from "./Saved.svelte";
export { default as Stop } from "./Stop.svelte";
