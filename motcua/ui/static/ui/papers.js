/* The file boxes. Each file goes by itself, piece by piece (tus 1.0.0), and goes on after a cut, a reload, a night: what
   waits lies in this phone's store `uploads` under `draft/paper/id`. The server: portal/tus; why: docs/reference/uploads.md. */
(() => {
"use strict";
const { $, all, make, fill, improve, enhance } = motcua;
const MOST = 65536, AT_ONCE = 2, PATIENCE = 60000, LONGEST = 30000;
const KIND = "application/offset+octet-stream";
const queue = [], hosts = [];
let going = 0;

/* Where a phone keeps nothing, a file lives as long as its page: `there` tells whether it is kept. */
const kept = async (act, ...given) => { try { return await motcuaStore[act]("uploads", ...given); } catch { return null; } };
const size = (n) => n < 1048576 ? Math.ceil(n / 1024) + " KB" : (n / 1048576).toFixed(1).replace(".0", "").replace(".", ",") + " MB";
const summed = async (blob) => { try { return new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer())); } catch { return null; } };
const digest = async (blob) => [...await summed(blob) || []].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const coded = (told) => Object.keys(told).filter((name) => told[name]).map((name) => `${name} ${btoa(String.fromCharCode(...new TextEncoder().encode(told[name])))}`).join(",");
const hostOf = (item) => hosts.find((host) => host.isConnected && host.dataset.uploads === item.href) || hosts.find((host) => host.isConnected && !host.dataset.uploads && host.dataset.of === item.of);
const say = (item, key, value) => { const host = hostOf(item), out = host && $("[data-said]", host); if (out && host.dataset[key]) out.textContent = `${item.name}: ${fill(host.dataset[key], value || "")}`; };

/* --- what one sees of a file: its name, how far it is, its code, what one may do --- */
const show = (item) => {
  const host = hostOf(item);
  if (!host) return;
  const list = $("[data-queue]", host);
  if (!list) return count(host);
  if (!item.row) {
    item.row = $("[data-row]", host).content.firstElementChild.cloneNode(true);
    $("[data-name]", item.row).textContent = item.name;
    const img = $("img", item.row), bar = $("progress", item.row);
    img.onerror = img.onload = () => { URL.revokeObjectURL(img.src); img.hidden = !img.naturalWidth; };
    if (/^image\//.test(item.blob.type)) img.src = URL.createObjectURL(item.blob);
    bar.max = item.blob.size; bar.setAttribute("aria-label", item.name);
    $("[data-again]", item.row).onclick = () => again(item);
    $("[data-leave]", item.row).onclick = () => leave(item);
  }
  if (item.row.parentNode !== list) list.append(item.row);
  const words = host.dataset, bar = $("progress", item.row), far = fill(words.far, size(item.offset)).replace("#", size(item.blob.size));
  const state = item.state === "refused" ? item.text : item.state === "sending" ? far : `${words[item.state === "paused" && !item.there ? "loose" : item.state]} ${far}`;
  bar.value = item.offset; bar.setAttribute("aria-valuetext", far); bar.hidden = item.state === "refused";
  const told = $("[data-state]", item.row);
  if (told.textContent !== state) told.textContent = state;
  told.className = item.state === "refused" ? "field-error" : "hint";
  if (item.digest) $("[data-code]", item.row).textContent = fill(words.code, item.digest.slice(0, 8));
  $("[data-again]", item.row).hidden = !(item.state === "paused" || item.state === "refused" && item.status !== 415);
};
/* Where there is no box, only how many are left. */
const count = (host) => {
  const n = queue.filter((item) => item.state !== "refused").length, out = $("[data-said]", host);
  const words = n ? fill(host.dataset.going, n) : queue.length ? host.dataset.wrong : "";
  host.hidden = !queue.length;
  if (out.textContent !== words) out.textContent = words;
};

/* --- the protocol --- */
const ask = async (item, method, href, headers, body) => {
  const stop = item.stop = new AbortController(), timer = setTimeout(() => stop.abort(), PATIENCE);
  const token = $("[name=csrfmiddlewaretoken]", document);
  try {
    return await fetch(href, { method, body, signal: stop.signal, redirect: "error", credentials: "same-origin",
      headers: { "Tus-Resumable": "1.0.0", "X-CSRFToken": token ? token.value : "", ...headers } });
  } finally { clearTimeout(timer); }
};
/* All that is sent at once is 64 KB for all files together: so much is lost by a cut, and no more. The last piece of
   a file waits for the files before it, for pages stand in the order in which they were chosen. */
const next = async (item) => {
  const end = Math.min(item.blob.size, item.offset + Math.floor(MOST / Math.max(1, going)));
  if (end === item.blob.size) await Promise.all(queue.slice(0, queue.indexOf(item)).filter((one) => one.href === item.href).map((one) => one.settled));
  return item.blob.slice(item.offset, end);
};
/* A piece carries its check sum, so that of a cut piece the server keeps nothing: browsers send it once more by
   themselves, for the same place. */
const give = async (item, method, href, headers, piece) => {
  const sum = piece.size && await summed(piece);
  return [await ask(item, method, href, { ...headers, "Content-Type": KIND, ...sum && { "Upload-Checksum": "sha256 " + btoa(String.fromCharCode(...sum)) } }, piece), piece.size > 0];
};
const begin = async (item) => {
  const piece = item.fresh ? await next(item) : new Blob();
  item.fresh = false;
  const told = coded({ filename: item.name, sha256: item.digest, key: item.id, replaces: item.replaces });
  return give(item, "POST", item.href, { "Upload-Length": item.blob.size, "Upload-Metadata": told }, piece);
};
const add = async (item) => [(await give(item, "PATCH", item.address, { "Upload-Offset": item.offset }, await next(item)))[0], true];
/* Whether this phone still holds answers of the draft: what calls for a paper may be among them. */
const owes = async (item) => { try { return (await motcuaStore.all("answers", item.of)).some(([, one]) => one.sends && one.changed.length); } catch { return false; } };
/* One request; true when the file is whole and taken. After a cut it is asked first how much has come. */
const step = async (item) => {
  const [answer, gave] = !item.address ? await begin(item) : item.sure ? await add(item) : [await ask(item, "HEAD", item.address), false];
  const { status, headers } = answer;
  if (answer.ok) {
    item.address = headers.get("Location") || item.address;
    item.offset = +headers.get("Upload-Offset");
    item.sure = true;
    return gave && item.offset === item.blob.size;
  }
  item.sure = false;
  if (item.address && (status === 404 || status === 410)) { item.address = ""; item.offset = 0; return false; }
  if (status === 409 || status === 460 || status === 429 || status >= 500 || (status === 404 && await owes(item))) throw new Error(status);
  item.status = status;
  item.text = (await answer.json().catch(() => ({}))).text || (hostOf(item) || document.body).dataset.stale || "";
  throw item;
};

/* --- the queue --- */
let woken = [];
const wake = () => { woken.forEach((go) => go()); woken = []; pump(); };
const rest = (wait) => new Promise((done) => { woken.push(done); setTimeout(done, wait); });
const run = async (item) => {
  let wait = 1000;
  while (item.state !== "gone") {
    item.state = "sending"; show(item);
    try {
      if (await step(item)) return done(item);
      wait = 1000;
    } catch (wrong) {
      if (item.state === "gone") return;
      if (wrong === item) return refuse(item);
      item.state = "paused"; item.sure = false; show(item);
      await rest(wait);
      wait = Math.min(wait * 2, LONGEST);
    }
  }
};
/* Of two tabs one sends; the other finds it sent. */
const alone = (item) => !navigator.locks ? run(item) : navigator.locks.request("motcua " + item.key, async () =>
  item.there && await kept("get", item.key) === undefined ? gone(item) : run(item));
const pump = () => {
  for (const item of queue) if (item.state === "waiting" && going < AT_ONCE) {
    item.state = "sending"; going += 1;
    alone(item).finally(() => { going -= 1; pump(); });
  }
};
const enter = (item, state = "waiting") => {
  item.state = state; item.offset = 0; item.address = "";
  item.key = `${item.of}/${item.paper}/${item.id}`;
  item.settled = new Promise((done) => { item.settle = done; });
  queue.push(item);
  show(item);
};
const gone = async (item) => {
  item.state = "gone";
  queue.splice(queue.indexOf(item), 1);
  item.settle();
  await kept("delete", item.key);
  const focused = item.row && item.row.contains(document.activeElement), host = hostOf(item);
  await refresh();
  if (item.row) item.row.remove();
  if (focused && host) { const to = $("input[type=file]", host); if (to) to.focus(); }
  settle(host);
};
/* A signed sheet may have gone to another paper: the page is asked about what came, and says where it is. */
const told = (item) => {
  const host = hostOf(item), form = host && host.closest("form");
  if ($("#moved") && form && item.digest) form.append(make("input", { type: "hidden", name: "da-gui", value: `${item.paper}:${item.digest.slice(0, 16)}` }));
};
const done = (item) => { item.state = "done"; show(item); say(item, "done"); told(item); return gone(item); };
const refuse = async (item) => {
  item.state = "refused";
  item.settle();
  if (item.status !== 403 && item.status !== 404) await kept("delete", item.key);  // signed in again, it goes
  show(item); say(item, "failed", item.text);
  settle(hostOf(item));
};
const leave = (item) => {
  const { address } = item;
  item.state = "gone";
  if (item.stop) item.stop.abort();
  if (address) ask(item, "DELETE", address).catch(() => {});
  say(item, "dropped");
  return gone(item);
};
const again = async (item) => {
  if (item.state === "paused") return wake();
  queue.splice(queue.indexOf(item), 1);
  item.id = name(); item.fresh = true;
  enter(item);
  await keep(item);
  pump();
};
let made = 0;
const name = () => `${Date.now().toString(36)}-${String(made += 1).padStart(4, "0")}-${Math.random().toString(36).slice(2, 8)}`;
const keep = async (item) => {
  const { blob, name, digest, id, href, of, paper, replaces } = item;
  item.there = await kept("put", item.key, { blob, name, digest, id, href, of, paper, replaces }) !== null;
};

/* --- the page: its pages anew when a file has come; leaving it waits for what is on its way --- */
let line = Promise.resolve();
const refresh = () => line = line.then(async () => {
  const mine = all("[data-pages]");
  if (!mine.length) return;
  const there = new URL(location.href);
  all("[name=da-gui]").forEach((one) => there.searchParams.append("da-gui", one.value));
  const answer = await fetch(there, { headers: { "X-Part": "pages" }, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of mine) {
    const fresh = page.getElementById(part.id), chosen = all("select", part).map((one) => [one.name, one.value]);
    if (!fresh) continue;
    part.replaceChildren(...fresh.childNodes);
    for (const [called, value] of chosen) { const one = $(`[name="${called}"]`, part); if (one) one.value = value; }
    enhance(part);
  }
  for (const label of all("[data-file] label")) { const fresh = $(`label[for="${label.htmlFor}"]`, page); if (fresh) label.textContent = fresh.textContent; }
  all("[data-replacing]").forEach((one) => one.remove());
}).catch(() => {});
const loose = () => queue.some((item) => !item.there && item.state !== "refused");
const waiting = (form) => queue.filter((item) => item.state !== "refused" && form.contains(hostOf(item)));
const settle = (host) => {
  const form = host && host.closest("form");
  if (host && !$("[data-queue]", host)) count(host);
  if (!form || !form.press) return;
  const wrong = queue.find((item) => item.state === "refused" && form.contains(hostOf(item)));
  if (wrong) { form.press = null; if (wrong.row) $("[data-leave]", wrong.row).focus(); return; }
  if (waiting(form).length) return;
  if (form.requestSubmit) form.requestSubmit(form.press.isConnected ? form.press : undefined); else form.submit();
};
/* A second press of “Xong” goes on at once: what is left goes on there, but for what this phone could not keep. */
const guard = (form) => {
  if (!form || form.guarded) return;
  form.guarded = true;
  form.addEventListener("submit", (e) => {
    const press = e.submitter || $("[type=submit]:not([name])", form), done = press && press.name === "_done";
    if (!waiting(form).length || (press && press.name && !done) || (form.press && done && !loose())) return;
    e.preventDefault(); e.stopPropagation();
    form.press = press;
    const host = $("[data-uploads]", form);
    $("[data-said]", host).textContent = host.dataset.hold;
  });
};

/* The photo desk comes when somebody picks a picture; where it cannot come, the picture is only made smaller. */
const shrink = async (file) => {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < 1.5e6 || !self.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file), scale = Math.min(1, 2600 / Math.max(picture.width, picture.height));
    const canvas = make("canvas");
    canvas.width = picture.width * scale; canvas.height = picture.height * scale;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", .86));
    return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch { return file; }
};
let fetched;
const photoDesk = (href) => fetched = fetched || new Promise((done, failed) => {
  const script = make("script", { src: href });
  script.onload = done;
  script.onerror = () => { fetched = null; script.remove(); failed(); };
  document.head.append(script);
});
const prepare = (box) => async (given) => {
  if (!given.some((file) => /^image\//.test(file.type))) return given;
  try { await photoDesk(box.dataset.desk); } catch { return Promise.all(given.map(shrink)); }
  return motcuaPhotos(box, given);
};

/* Files for a box: seen at once, kept on the phone, then sent, in this order. */
const upload = (box) => async (files) => {
  const { uploads: href, of, paper, max, big } = box.dataset, old = $("[name=_replace]", box);
  const items = files.map((file) => ({ blob: file, name: file.name, id: name(), href, of, paper, digest: "", fresh: true, replaces: old ? old.value : "" }));
  items.forEach((item) => enter(item, "looked"));
  for (const item of items) {
    if (item.blob.size > max * 1048576) { item.text = big; item.status = 415; refuse(item); continue; }
    item.digest = await digest(item.blob);
    await keep(item);
    if (item.state === "looked") { item.state = "waiting"; show(item); pump(); }
  }
};
const open = (box) => {
  $("[name=_upload]", box).hidden = true;
  box.upload = upload(box);
  if (box.dataset.desk) box.prepare = prepare(box);
  box.addEventListener("change", async (e) => {
    const input = e.target, given = [...input.files || []];
    if (!given.length) return;
    const ready = box.prepare ? await box.prepare(given) : given;
    input.value = "";
    box.upload(ready);
  });
};
const resumed = new Set();
const resume = async (of) => {
  if (resumed.has(of)) return;
  resumed.add(of);
  for (const [, item] of await kept("all", of + "/") || []) if (!queue.some((one) => one.id === item.id)) { item.there = true; enter(item); }
  pump();
};
addEventListener("online", wake);
addEventListener("beforeunload", (e) => { if (loose()) e.preventDefault(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) wake(); });
improve((where) => all("[data-uploads]", where).forEach((host) => {
  hosts.push(host);
  if (host.matches("[data-file]")) open(host);
  guard(host.closest("form"));
  queue.forEach(show);
  resume(host.dataset.of);
}));
})();
