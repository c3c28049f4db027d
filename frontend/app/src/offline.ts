/** Bookings without a network: starts the worker (frontend/service-worker.js), says what to keep and what to forget. */
import { site } from "~/site";

const PERSONAL = "bikeens-personal"; // as in the worker
const able = "serviceWorker" in navigator && window.isSecureContext;

/** After the first page is there; nobody waits for it. */
export async function startOffline(): Promise<void> {
  if (!able) return;
  if (!site.me) await forget();
  await navigator.serviceWorker.register("/service-worker.js").catch(() => undefined);
}

/** Keeps the open page (a booking's), its data and what it is made of. */
export async function keepPage(data: string): Promise<void> {
  if (!able) return;
  const { active } = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => /\/(static\/app|media)\//.test(name));
  active?.postMessage({ keep: [window.location.pathname, data, ...new Set(parts)] });
}

/** Nobody is signed in any more: nothing of theirs stays on this device. */
export async function forget(): Promise<void> {
  if ("caches" in window) await caches.delete(PERSONAL);
}
