// Keeps bookings readable without a network: served at /service-worker.js, started by app/src/offline.ts.
// Bookings: network first, the last answer kept. Hashed files: cache first. Everything else goes past it untouched.
const PERSONAL = "bikeens-personal"; // emptied at sign-in and sign-out; offline.ts knows the name too
const PARTS = "bikeens-parts";
const MOST = { [PERSONAL]: 120, [PARTS]: 300 };

const LANGUAGE_PAGE = /^\/(en|fr)\//;
const BOOKING_PAGE = /^\/(en|fr)\/bookings\/[0-9a-f-]{36}\/$/;
const BOOKING_DATA = /^\/api\/(bookings\/[0-9a-f-]{36}|me)$/;
const HASHED = /^\/static\/app\/assets\//;
const PART = /^\/static\/app\//;
const PHOTO = /^\/media\//;
const OFFLINE = { en: "/en/offline/", fr: "/fr/offline/" };

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(prepare());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keepAll(event.data.keep));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method !== "GET") {
    // Whoever comes or goes leaves nothing behind for the next one.
    if (pathname.startsWith("/_allauth/") && pathname.includes("/auth/")) event.waitUntil(forget());
    return;
  }
  if (request.mode === "navigate") {
    if (LANGUAGE_PAGE.test(pathname)) event.respondWith(page(event, pathname));
  } else if (HASHED.test(pathname)) event.respondWith(cacheFirst(request, PARTS));
  else if (!BOOKING_PAGE.test(pathOf(request.referrer))) return;
  else if (BOOKING_DATA.test(pathname)) event.respondWith(networkFirst(request, pathname));
  else if (PHOTO.test(pathname) || PART.test(pathname)) event.respondWith(keptOrFetched(request));
});

/** The offline pages, nobody's in particular, with the style and drawing they name. */
async function prepare() {
  const cache = await caches.open(PARTS);
  for (const address of Object.values(OFFLINE)) {
    const answer = await fetch(address, { credentials: "omit", cache: "reload" });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const named = (await answer.clone().text()).matchAll(/(?:href|src)="(\/static\/app\/[^"]+)"/g);
    await cache.put(address, answer);
    await cache.addAll([...new Set([...named].map((found) => found[1]))]);
  }
}

async function page(event, pathname) {
  const booking = BOOKING_PAGE.test(pathname);
  try {
    const answer = await fetch(event.request);
    // Kept without its query: a code in the address is nobody's to keep.
    if (booking && answer.ok && !answer.redirected) event.waitUntil(keep(PERSONAL, pathname, answer.clone()));
    return answer;
  } catch {
    const kept = booking ? await find(PERSONAL, pathname) : undefined;
    return kept ?? (await find(PARTS, OFFLINE[pathname.slice(1, 3)])) ?? Response.error();
  }
}

async function networkFirst(request, pathname) {
  try {
    const answer = await fetch(request);
    if (answer.status === 401) await forget();
    else if (answer.ok) await keep(PERSONAL, pathname, answer.clone());
    return answer;
  } catch (error) {
    // A page that gave up asking wants no older answer.
    if (request.signal.aborted) throw error;
    return (await find(PERSONAL, pathname)) ?? Response.error();
  }
}

async function cacheFirst(request, name) {
  const kept = await find(name, request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await keep(name, request.url, answer.clone());
  return answer;
}

/** Files without a hash and photos: the booking page named them to be kept. */
async function keptOrFetched(request) {
  try {
    return await fetch(request);
  } catch {
    return (await find(PERSONAL, request.url)) ?? (await find(PARTS, request.url)) ?? Response.error();
  }
}

/** What an open booking page consists of; it may have been loaded before this worker was there. */
async function keepAll(addresses) {
  await Promise.all(
    addresses.map(async (address) => {
      const { origin, pathname } = new URL(address, self.location.origin);
      if (origin !== self.location.origin) return;
      const part = PART.test(pathname);
      if (!part && ![BOOKING_PAGE, BOOKING_DATA, PHOTO].some((kind) => kind.test(pathname))) return;
      const name = part ? PARTS : PERSONAL;
      if (HASHED.test(pathname) && (await find(name, address))) return;
      const answer = await fetch(address).catch(() => undefined);
      if (answer?.ok && !answer.redirected) await keep(name, address, answer);
    }),
  );
}

async function keep(name, key, answer) {
  const cache = await caches.open(name);
  await cache.put(key, answer);
  const keys = await cache.keys();
  await Promise.all(keys.filter((one) => !isOffline(one)).slice(0, Math.max(0, keys.length - MOST[name])).map((one) => cache.delete(one)));
}

const isOffline = (request) => Object.values(OFFLINE).includes(pathOf(request.url));
const find = async (name, key) => (await caches.open(name)).match(key, { ignoreVary: true });
const forget = () => caches.delete(PERSONAL);
const pathOf = (address) => (URL.canParse(address) ? new URL(address).pathname : "");
