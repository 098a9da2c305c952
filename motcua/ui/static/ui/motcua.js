/* Every page. Improvements only: every page works without scripts. The hooks of all of them: docs/reference/house.md.
   `motcua` is what the other scripts of a page build on. */
(() => {
"use strict";
const root = document.documentElement;
const $ = (what, where = document) => where.querySelector(what);
const all = (what, where = document) => [...where.querySelectorAll(what)];
const make = (name, attributes = {}, text = "") => {
  const node = document.createElement(name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  node.textContent = text;
  return node;
};
const fill = (words, value) => words.replace("#", value);
const later = (run, wait) => { let timer; return (...given) => { clearTimeout(timer); timer = setTimeout(run, wait, ...given); }; };
const post = (form, extra, part, url) => {
  const body = new URLSearchParams(new FormData(form));
  for (const key in extra) body.append(key, extra[key]);
  return fetch(url || form.action || location.href, { method: "POST", body, headers: { "X-Part": part }, credentials: "same-origin" });
};

/* What a form sends by itself goes one after the other, so that each carries the revision of the one before. */
const inLine = (form, send) => {
  form.sending = (form.sending || 0) + 1;
  const turn = (form.line || Promise.resolve()).then(send).catch(() => {}).finally(() => { form.sending -= 1; });
  return form.line = turn;
};

/* What a script does to a page, it does again to whatever comes into the page later. */
const improvers = [];
const enhance = (where) => improvers.forEach((improve) => improve(where));
const improve = (run) => { improvers.push(run); run(document); };

const echo = (input) => {
  const out = $(`output[for="${input.id}"]`);
  const write = () => {
    const digits = input.value.replace(/\D/g, "");
    out.textContent = digits.length < 4 ? "" : input.dataset.echo === "money" ? (+digits).toLocaleString("vi-VN") + " đ" : digits.replace(/(\d{3})(?=\d)/g, "$1 ");
  };
  input.addEventListener("input", write); write();
};
const count = (input) => {
  const out = $(`[data-count-of="${input.id}"]`), most = +input.dataset.count, initial = out.textContent;
  input.addEventListener("input", later(() => {
    const left = most - [...input.value].length;
    out.textContent = left > most / 3 ? initial : fill(left < 0 ? out.dataset.over : out.dataset.room, Math.abs(left));
  }, 300));
};
const wait = (button) => {
  const words = button.textContent, end = Date.now() + button.dataset.wait * 1000;
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? fill(button.dataset.waiting, left) : words;
    if (left > 0) setTimeout(tick, 1000);
  };
  tick();
};

/* a page that waits for news asks again by itself, tells how far it is, and only then shows itself anew */
const poll = (mark) => setTimeout(async () => {
  try {
    const answer = await fetch(location.href, { headers: { "X-Part": "poll" } }), text = await answer.text();
    if (answer.ok && !text.includes("data-poll")) return location.reload();
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-poll]");
    if (answer.ok && fresh.innerHTML !== mark.innerHTML) mark.replaceChildren(...fresh.childNodes);
  } catch { /* the line is bad: later */ }
  poll(mark);
}, mark.dataset.poll * 1000);

/* What is still being saved goes first, for four seconds at most. A second press does nothing; after 15 s, or shown again from the cache, the form is awake again. */
document.addEventListener("submit", (e) => {
  const form = e.target;
  if (form.method !== "post" || e.defaultPrevented) return;
  if (form.dataset.sent) return e.preventDefault();
  if (form.sending && !form.patient) {
    e.preventDefault();
    if (form.held) return;
    form.held = true;
    const press = e.submitter, rest = new Promise((done) => setTimeout(done, 4000));
    Promise.race([form.line, rest]).then(() => {
      form.held = false; form.patient = true;
      const same = press && !press.isConnected ? $(`[name="${press.name}"][value="${press.value}"]`, form) : press;
      form.requestSubmit(same);
    });
    return;
  }
  form.dataset.sent = "1";
  if (e.submitter) e.submitter.setAttribute("aria-disabled", "true");
  setTimeout(wake, 15000, form);
});
const wake = (form) => {
  delete form.dataset.sent; form.patient = false;
  all("button[aria-disabled]", form).forEach((b) => b.removeAttribute("aria-disabled"));
};
addEventListener("pageshow", () => all("form[data-sent]").forEach(wake));
document.addEventListener("click", async (e) => {
  const button = e.target.closest("[data-copy]");
  if (!button) return;
  const words = button.textContent;
  try { await navigator.clipboard.writeText(button.dataset.copy); } catch { return getSelection().selectAllChildren($(".code", button.parentNode)); }
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = words; }, 2500);
});
/* Who leaves takes along what this phone kept of them; other tabs forget it too, and the Back key shows nothing. */
const forget = async () => {
  const names = self.caches ? await caches.keys().catch(() => []) : [];
  await Promise.all(names.filter((name) => name.startsWith("motcua-draft-")).map((name) => caches.delete(name)));
  await new Promise((done) => {
    const asked = indexedDB.deleteDatabase("motcua");
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  });
};
let tabs;
try { tabs = new BroadcastChannel("motcua"); } catch { /* old, or nothing is kept here */ }
if (tabs) tabs.onmessage = () => { dispatchEvent(new Event("left")); location.reload(); };
document.addEventListener("submit", (e) => {
  const form = e.target;
  if (form.forgot || !form.hasAttribute("data-leave")) return;
  e.preventDefault();
  dispatchEvent(new Event("left"));
  const rest = new Promise((done) => setTimeout(done, 3000));
  Promise.race([forget().catch(() => {}), rest]).then(() => { form.forgot = true; form.requestSubmit(e.submitter); });
}, true);
addEventListener("pageshow", (e) => { if (e.persisted && $("[data-leave], [data-draft]")) location.reload(); });
if ($("[data-left]")) forget().catch(() => {}).then(() => tabs && tabs.postMessage("left"));

self.motcua = { $, all, make, fill, later, post, inLine, improve, enhance };
root.classList.add("js");
all("[data-poll]").forEach(poll);
improve((where) => {
  all("[data-echo]", where).forEach(echo);
  all("[data-count]", where).forEach(count);
  all("[data-wait]", where).forEach(wait);
});
const summary = $("[data-focus]");
if (summary) summary.focus();
/* What nobody waits for comes after all that somebody does: named in the head, in this order, begun when the page stands. */
const comeLater = () => all("meta[name=later]").forEach((meta) => {
  const script = make("script", { src: meta.content });
  script.async = false;
  document.head.append(script);
});
addEventListener("load", () => setTimeout(comeLater));
})();
