/** Parts of the shell that come after the first paint. */
export { default as Footer } from "./Footer.svelte";
export { default as Toasts } from "./Toasts.svelte";
