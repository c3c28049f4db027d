import "./styles/tokens.css";
import "./styles/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { startRouter } from "./router/index.svelte";
import { loadRoute } from "./shell.svelte";

// The server's readable page stays until the screen and its texts are here, then mounting replaces it.
startRouter();
const first = await loadRoute();
const target = document.getElementById("app");
if (first && target) {
  target.replaceChildren();
  mount(App, { target, props: { first } });
  // Bookings stay readable offline: not before the page itself is there.
  const start = () => setTimeout(() => void import("./offline").then(({ startOffline }) => startOffline()), 1500);
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start, { once: true });
}
