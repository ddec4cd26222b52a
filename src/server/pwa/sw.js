// Keeps what a ticket holder and a gatekeeper need without a network: the app's own files, and the pages that the
// server marks with `x-lango-keep`. No other page is ever kept, so nobody else's data stays on a shared phone.
const VERSION = "{{version}}";
const FILES = {{files}};
const OFFLINE = "/offline";
const PAGES = "pages";
const OUR_FILES = /\/(?:pkg\/[\w.-]+\.(?:css|js|wasm)|reader-worker\.js)/g;

self.addEventListener("install", (ev) => {
  ev.waitUntil((async () => {
    const cache = await caches.open(VERSION);
    // One file that is missing must not keep the rest away.
    await Promise.allSettled([...FILES, OFFLINE].map((file) => cache.add(file)));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (ev) => {
  ev.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== VERSION && name !== PAGES).map((name) => caches.delete(name)));
    await self.clients.claim();
    // Pages opened before this worker ran are kept as well.
    for (const page of await self.clients.matchAll({ type: "window" })) {
      const url = new URL(page.url);
      if (url.pathname.startsWith("/o/") || url.pathname === "/gate") await fromNetwork(new Request(url, { headers: { accept: "text/html" } })).catch(() => {});
    }
  })());
});

const isOurs = (url) => url.pathname.startsWith("/pkg/") || url.pathname === "/reader-worker.js";
const isFile = (url) => isOurs(url) || FILES.includes(url.pathname + url.search);

async function fromCache(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && isOurs(new URL(request.url))) {
    const cache = await caches.open(VERSION);
    await cache.put(request, answer.clone());
  }
  return answer;
}

const keyOf = (request) => {
  const url = new URL(request.url);
  return url.origin + url.pathname;
};

// A page is kept with the files that it names, so that it works without a network from its first view on.
async function keepFilesOf(answer) {
  const named = [...new Set((await answer.text()).match(OUR_FILES))];
  const cache = await caches.open(VERSION);
  await Promise.allSettled(named.map(async (file) => (await cache.match(file)) || cache.add(file)));
}

async function fromNetwork(request) {
  const answer = await fetch(request);
  const keep = answer.headers.get("x-lango-keep");
  const pages = await caches.open(PAGES);
  if (answer.ok && keep) {
    await pages.put(keyOf(request), answer.clone());
    await keepFilesOf(answer.clone());
  }
  // Gone or refused: a ticket taken back must not live on here.
  else if (answer.status === 404 || answer.status === 410) await pages.delete(keyOf(request));
  return answer;
}

async function page(request) {
  try {
    return await fromNetwork(request);
  } catch {
    const pages = await caches.open(PAGES);
    return (await pages.match(keyOf(request))) ?? (await caches.match(OFFLINE)) ?? Response.error();
  }
}

self.addEventListener("fetch", (ev) => {
  const { request } = ev;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") ev.respondWith(page(request));
  else if (isFile(url)) ev.respondWith(fromCache(request));
});
