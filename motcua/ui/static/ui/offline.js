/* A draft without network: its pages are taken along while there is one; then “go on” leads from page to page, and what
   was told waits in the store `outbox` until it can be sent, also what one visit left unsent on another page. */
(() => {
"use strict";
const { $, all, make } = motcua, store = self.motcuaStore, CACHE = "motcua-draft-";
const planOf = async (name) => {
  const plan = await (await caches.open(name)).match("/plan");
  return plan && plan.json();
};

/* ── The page that stands for all that is not here: which drafts are kept on this phone ─────────────────────────── */
const list = $("[data-kept-drafts]");
const showKept = async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith(CACHE));
  const plans = (await Promise.all(names.map(planOf))).filter(Boolean);
  for (const plan of plans) {
    const item = make("li");
    item.append(make("a", { href: plan.here, class: "button button-secondary" }, plan.name));
    list.append(item);
  }
  list.parentNode.hidden = !plans.length;
};
const standIn = () => {
  const where = location.pathname, draft = /^\/khai\/([0-9a-f-]{36})\/(kiem-tra|xac-nhan)\//.exec(where);
  const kind = draft ? "file" : where.startsWith("/khai/") ? "page" : /dang-xuat/.test(where) ? "leave" : "any";
  all("[data-case]").forEach((part) => { part.hidden = part.dataset.case !== kind; });
  const wish = $("[data-wish]");
  if (draft && wish) wish.addEventListener("click", async () => {
    const noted = await store.put("outbox", `${draft[1]}~file`, { at: Date.now() }).then(() => "wished", () => "unwished");
    wish.hidden = true; $(`[data-${noted}]`).hidden = false;
  });
  const again = () => location.reload();
  addEventListener("online", again);
  if (self.caches) showKept().catch(() => {});
};
if (list) standIn();

/* ── A page of a draft ────────────────────────────────────────────────────────────────────────────────────────── */
const here = self.motcuaDraft;
if (!here) return;
const { words, draft, line, tell, tellDown } = here, name = CACHE + draft;

/* The other pages of the draft: what was told on them goes in the order it was told. */
let flushing, later;
here.flush = () => flushing = flushing || post().catch(tryLater).then(() => { flushing = null; });
/* A line that is there and leads nowhere tells nobody when it leads somewhere again. */
const tryLater = () => { clearTimeout(later); later = setTimeout(here.flush, 2e4); };
const post = async () => {
  if (line.left || navigator.onLine === false) return;
  const open = here.pages.map((page) => page.key), outbox = new Map(await store.all("outbox", draft));
  const records = (await store.all("answers", draft)).filter(([key, r]) => r.changed.length && !open.includes(key) && (r.sends || outbox.has(key))).sort(([, a], [, b]) => a.at - b.at);
  let look = "";
  for (const [key, record] of records) {
    if (outbox.has(key)) tell(words.sending, "calm");
    const said = await here.sendAll(record);
    line.down = false;
    if ([302, 403, 404, 410].includes(said.status)) return here.refused(said);
    if (said.status !== 200) { look = look || record.url; continue; }
    await here.keep(key, (old) => old && { ...here.arrived(old, record, said.revision), was: said.was });
    await store.delete("outbox", key);
  }
  if (look) return tell(words.look, "warn", words.toPage, look);
  const left = [...outbox.keys()].filter((key) => !open.includes(key));
  await Promise.all(left.filter((key) => !key.includes("~")).map((key) => store.delete("outbox", key)));
  if (left.length) await sent();
};
/* All has arrived: whoever wished to file as soon as there is network comes to the check page; others are told. */
const sent = async () => {
  const wish = await store.get("outbox", `${draft}~file`).catch(() => {});
  if (wish) {
    await fetch(words.check, { method: "HEAD" });  // the wish stays until there is a line to fulfil it on
    await store.delete("outbox", `${draft}~file`);
  }
  if (wish && location.pathname !== words.check) return location.assign(words.check);
  if (location.pathname === words.check) return location.reload();
  tell(words.sent, "good", words.toCheck, words.check);
};
/* A helper's telephone keeps nothing of a declaration whose help has ended. */
here.forget = () => {
  line.left = true;
  for (const name of ["answers", "outbox", "uploads"]) store.clear(name, draft).catch(() => {});
};
addEventListener("online", here.flush);
document.addEventListener("visibilitychange", () => { if (!document.hidden) here.flush(); });
setTimeout(here.flush, 1500);

if (!("serviceWorker" in navigator) || !self.caches) return;
const offline = () => navigator.onLine === false || line.down || here.copy;

/* Take along: one answer with every page, and the scripts and styles that they name. Never again while it is new. */
const ASSETS = /\/static\/[\w./-]+\.(?:js|css|svg|png|woff2)/g;
const takeAlong = async () => {
  await navigator.serviceWorker.register(words.worker, { scope: "/" });
  const plan = await planOf(name), overview = words.here === location.pathname;
  const fresh = plan && plan.version === words.version && !(overview && Date.now() - plan.taken > 6e5);
  if (fresh && plan.papers === words.papers) return plan;
  if (navigator.connection && navigator.connection.saveData && !overview) return plan;
  const answer = await fetch(words.bundle + (fresh ? "?giay-to" : ""));
  if (!answer.ok || answer.redirected) return plan;
  const found = await answer.json(), headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": answer.headers.get("Content-Security-Policy") };
  const texts = Object.entries(found.pages).map(([href, text]) => [href, text.replace("data-draft=", "data-copy data-draft=").replace(/<meta name="later" content="([^"]+)">/g, '<script defer src="$1"></script>')]);
  const assets = [...new Set(texts.flatMap(([, text]) => text.match(ASSETS) || []))];
  const files = await Promise.all(assets.map(async (url) => [url, await fetch(url)]));
  if (line.left || files.some(([, file]) => !file.ok)) return plan;
  if (!fresh) await caches.delete(name);
  const cache = await caches.open(name);
  try {
    await Promise.all([...texts.map(([href, text]) => [href, new Response(text, { headers })]), ...files].map(([url, file]) => cache.put(url, file)));
    await navigator.serviceWorker.ready;  // pages that nothing gives out are no help
  } catch (full) { if (!fresh) await caches.delete(name); throw full; }
  const news = fresh ? { ...plan, papers: found.plan.papers, after: found.plan.after } : { ...found.plan, taken: Date.now() };
  await cache.put("/plan", new Response(JSON.stringify(news)));
  return news;
};
/* What is over is not kept: a draft that was filed or has ended, answers nobody can send any more. */
const TWO_MONTHS = 60 * 864e5;
const tidy = async () => {
  for (const kept of (await caches.keys()).filter((one) => one.startsWith(CACHE))) {
    const plan = await planOf(kept);
    if (!plan || Date.parse(plan.expires_at) < Date.now()) await caches.delete(kept);
  }
  for (const [key, record] of await store.all("answers")) if (record.at && record.at < Date.now() - TWO_MONTHS) await store.delete("answers", key);
};
const ready = (plan) => {
  here.ready = !!plan; here.plan = plan;
  const sign = $("[data-ready-sign]");
  if (plan && sign) sign.hidden = false;
};

/* Go on: to the next page that this case asks, as its answers on this phone say. */
const pageOf = (path) => (/\/trang\/([\w-]+)\//.exec(path) || [])[1];
const known = async (plan) => {
  const records = new Map((await store.all("answers", draft)).map(([key, record]) => [pageOf(key), record]));
  const toldOn = (id) => { const record = records.get(id); return record && (record.changed.length || record.revision > plan.revision) ? (n) => [...(record.values[n] || [])] : null; };
  return motcuaRules.settled(plan, toldOn);
};
const next = async (plan) => {
  const path = location.pathname, at = plan.pages.findIndex((one) => one.href === path), rest = plan.pages.slice(at + 1);
  if (at < 0) return plan.after[plan.after.indexOf(path) + 1] || plan.here;
  const values = self.motcuaRules ? await known(plan) : {};
  const page = rest.find((one) => !self.motcuaRules || motcuaRules.asked(one, values));
  return page ? page.href : plan.after[0];
};
const goOn = async (page, later) => {
  await page.put();
  if (line.full) return tellDown();
  if (page.record.changed.size) await store.put("outbox", page.key, { at: Date.now() });
  if (!here.plan) return tellDown();
  location.assign(later ? here.plan.here : await next(here.plan));
};
here.pages.forEach((page) => page.form.addEventListener("submit", (e) => {
  if (!offline()) return;
  e.preventDefault();
  if (e.submitter && /^_(ask|search|add|remove|edit)$/.test(e.submitter.name)) return tell(words.rows, "warn");
  goOn(page, !!e.submitter && e.submitter.name === "_later").catch(() => { line.full = true; tellDown(); });
}));
/* Photographs wait in their own queue (papers.js); the page of a paper only leads back to the list. */
all("form").filter((form) => $("[data-file]", form)).forEach((form) => form.addEventListener("submit", (e) => {
  if (!offline() || !here.plan) return;
  e.preventDefault();
  location.assign(here.plan.after[0]);
}));

const state = () => {
  if (navigator.onLine === false || here.copy) tellDown();
};
addEventListener("offline", state);
const start = async () => {
  ready(await planOf(name).catch(() => {}));
  state();
  if (self.motcuaRules && here.plan && here.copy) {
    motcuaRules.elsewhere = await known(here.plan);
    const page = here.plan.pages.find((one) => one.href === location.pathname);
    if (page && !motcuaRules.asked(page, motcuaRules.elsewhere)) return location.replace(await next(here.plan));
    /* Reading a form notes what was put into it so far: from “fresh” on, what stands there counts as known. */
    all("form").forEach((form) => { new FormData(form); form.dispatchEvent(new Event("fresh")); });
  }
  if (words.bundle && navigator.onLine !== false && !here.copy) setTimeout(() => takeAlong().then(ready).then(tidy).catch(() => {}), 2500);
};
start().catch(() => {}).finally(() => {
  here.onward = true;
  const pressed = here.pressed;
  if (pressed) (pressed.form || pressed).requestSubmit(pressed.form && pressed);
});
})();
