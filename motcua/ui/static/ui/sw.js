/* The service worker: where there is no network, it answers with what this phone keeps. Before this text the server
   writes `made`: {version, offline, places, store}. Three kinds of caches: `motcua-shell-…` the page without network and
   what it needs; `motcua-draft-…` one draft with all that its pages need, put there by offline.js; `motcua-places` lists
   of communes. Whatever else a person sees – receipts, results, the desk – is never kept. */
"use strict";
importScripts(made.store);
const SHELL = `motcua-shell-${made.version}`, PLACES = "motcua-places", PATIENCE = 12000;
const DRAFT = /^\/khai\/([0-9a-f-]{36})\//, NAMED_BY_CONTENT = /\.[0-9a-f]{12}\.\w+$/;

/* A new worker takes over at once: a page that is open has its scripts already, and every kept draft has its own. */
self.addEventListener("install", (e) => e.waitUntil((async () => {
  const cache = await caches.open(SHELL), answer = await fetch(made.offline), text = await answer.clone().text();
  await cache.addAll([...new Set(text.match(/\/static\/[\w./-]+\.(?:js|css|svg)/g))]);
  await cache.put(made.offline, answer);
  await self.skipWaiting();
})()));
self.addEventListener("activate", (e) => e.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith("motcua-shell-") && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
  await self.clients.claim();
})()));

/* A phone that keeps nothing, or no more, gets everything from the server. */
const find = (...given) => caches.match(...given).catch(() => {});
const asset = async (request, url) => {
  if (NAMED_BY_CONTENT.test(url.pathname)) return (await find(request)) || fetch(request);
  return fetch(request).catch(async (error) => (await find(request)) || Promise.reject(error));
};
const places = async (request) => {
  const kept = await find(request, { cacheName: PLACES });
  const keep = async (answer) => (await caches.open(PLACES)).put(request, answer);
  const news = fetch(request).then(async (answer) => { if (answer.ok) await keep(answer.clone()).catch(() => {}); return answer; });
  if (kept) news.catch(() => {});
  return kept || news;
};
const patient = (answer) => Promise.race([answer, new Promise((_, late) => setTimeout(late, PATIENCE, new Error("late")))]);
/* After “file”: a draft that became a dossier leads to its receipt; then nothing of it stays here. */
const forgetFiled = async (draft) => {
  const there = await fetch(`/khai/${draft}/`, { redirect: "manual", headers: { "X-Part": "filed" } });
  if (there.type !== "opaqueredirect") return;
  await caches.delete(`motcua-draft-${draft}`);
  for (const name of ["answers", "outbox", "uploads"]) await motcuaStore.clear(name, draft);
};
const page = async (e, url) => {
  const draft = DRAFT.exec(url.pathname), read = e.request.method === "GET";
  const kept = draft && read && await find(url.pathname, { cacheName: `motcua-draft-${draft[1]}` });
  /* Going back to what a form had brought is no lack of network: nobody may ask so, and the page itself is asked for. */
  const back = !read && e.request.isHistoryNavigation;
  const answer = back ? fetch(url.href, { redirect: "manual" }) : Promise.resolve(read && e.preloadResponse).then((early) => early || fetch(e.request));
  if (draft && !read && /\/(kiem-tra|xac-nhan)\/$/.test(url.pathname)) e.waitUntil(answer.then(() => forgetFiled(draft[1])).catch(() => {}));
  try { return await (kept ? patient(answer) : answer); } catch (error) {
    if (draft && !read) return Response.redirect(url.pathname + url.search, 303);
    return kept || (await find(made.offline, { cacheName: SHELL })) || Promise.reject(error);
  }
};

self.addEventListener("fetch", (e) => {
  const url = new URL(e.request.url);
  if (url.origin !== location.origin || url.pathname.startsWith("/can-bo/")) return;
  if (e.request.mode === "navigate") return e.respondWith(page(e, url));
  if (e.request.method !== "GET") return;
  if (url.pathname.startsWith("/static/")) e.respondWith(asset(e.request, url));
  else if (url.pathname === made.places) e.respondWith(places(e.request));
});
