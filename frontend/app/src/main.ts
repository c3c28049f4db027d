import "./styles/tokens.css";
import "./styles/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { number } from "./i18n/format";
import { nextPaint, nextTask, paint } from "./paint.svelte";
import { startRouter } from "./router/index.svelte";
import { loadRoute } from "./shell.svelte";

// The server's readable page stays until the screen and its texts are here and that page was seen; then mounting replaces it.
startRouter();
const loading = loadRoute();
await nextTask();
// The browser makes its first number of a page slowly: while the texts are on their way.
number(0);
const [first] = await Promise.all([loading, nextPaint()]);
const target = document.getElementById("app");
if (first && target) {
  target.replaceChildren();
  mount(App, { target, props: { first } });
  void nextPaint().then(paint.finish);
  // Bookings stay readable offline: not before the page itself is there.
  const start = () => setTimeout(() => void import("./offline").then(({ startOffline }) => startOffline()), 1500);
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start, { once: true });
}
