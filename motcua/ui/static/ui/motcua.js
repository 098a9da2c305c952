/* Improvements only: every page works without this file. Its hooks: docs/reference/house.md. */
(() => {
"use strict";
const root = document.documentElement;
const $ = (what, where = document) => where.querySelector(what);
const all = (what, where = document) => [...where.querySelectorAll(what)];
const plain = (s) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
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

/* Autosave: never while files would go along. 409: saved elsewhere since; the person's own save tells. */
const autosave = (form) => {
  const status = $("[data-save-status]", form) || $("[data-save-status]");
  const say = (key, value, failed) => {
    if (!status) return;
    status.textContent = fill(status.dataset[key], value);
    status.classList.toggle("is-failed", !!failed);
  };
  let dirty = false;
  const save = () => dirty && !form.dataset.sent && inLine(form, async () => {
    dirty = false;
    say("saving");
    const told = new FormData(form);
    for (const [key, value] of [...told]) if (value instanceof File) told.delete(key);
    const body = new URLSearchParams(told);
    body.append("_autosave", "1");
    try {
      const answer = await fetch(form.dataset.autosave || form.action, { method: "POST", body, headers: { "X-Part": "autosave" }, credentials: "same-origin", keepalive: String(body).length < 60000 });
      if (answer.status === 409) return say("elsewhere", "", true);
      if (!answer.ok) throw answer.status;
      const revision = answer.headers.get("X-Revision"), mine = $("[name=_revision]", form);
      if (revision && mine) mine.value = revision;
      say("saved", new Date().toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" }));
    } catch { dirty = true; say("failed", "", true); }
  });
  const soon = later(save, 900);
  form.addEventListener("input", (e) => { if (e.target.type !== "file") { dirty = true; soon(); } });
  form.addEventListener("submit", () => { dirty = false; });
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
};

/* What was typed while the server was thinking is not lost. */
const carry = (from, to) => all("[name]", from).forEach((was) => {
  if (/^(hidden|file|submit)$/.test(was.type)) return;
  const ticked = /^(radio|checkbox)$/.test(was.type);
  const fresh = all(`[name="${was.name}"]`, to).find((e) => e.type === was.type && (!ticked || e.value === was.value));
  if (!fresh) return;
  if (ticked) fresh.checked = was.checked;
  else if (!fresh.options || [...fresh.options].some((o) => o.value === was.value)) fresh.value = was.value;
});

/* Ask the server what to show now, and put its fields in the place of ours. */
const ask = (form, extra, rows) => {
  const mine = $("[data-fields]", form);
  if (!mine) return form.requestSubmit ? form.requestSubmit($(`[name=_ask][value="${extra._ask}"]`, form)) : 0;
  mine.setAttribute("aria-busy", "true");
  form.asking = (form.asking || 0) + 1;
  inLine(form, () => replaceFields(form, mine, extra, rows)
    .catch(() => all(".without-scripts", mine).forEach((b) => b.classList.remove("without-scripts"))))
    .then(() => { form.asking -= 1; if (!form.asking) mine.removeAttribute("aria-busy"); });
};
const replaceFields = async (form, mine, extra, rows) => {
  if (form.dataset.sent) return;
  const answer = await post(form, extra, mine.id || "fields");
  if (answer.status === 409) return setTimeout(() => form.requestSubmit(), 0);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = (mine.id && page.getElementById(mine.id)) || $("[data-fields]", page);
  if (!fresh || form.dataset.sent) return;
  const focus = document.activeElement, id = mine.contains(focus) && focus.id, caret = id && focus.selectionStart;
  if (!rows) carry(mine, fresh);
  mine.replaceChildren(...fresh.childNodes); enhance(mine);
  form.dispatchEvent(new Event("fresh"));
  if (rows) return focusRow(mine, extra);
  const back = id && document.getElementById(id);
  if (!back) return;
  back.focus({ preventScroll: true });
  if (Number.isInteger(caret)) back.setSelectionRange(caret, caret);
};

/* Rows come, go and open without a new page; who pressed finds themselves at the row. */
const focusRow = (mine, pressed) => {
  const opened = pressed._edit && document.getElementById(pressed._edit.replace(/\./g, "-").replace(/__(\d+)$/, "__row$1"));
  const row = opened || (pressed._add && all("[data-open-row]", mine).pop());
  const next = (row && $("input:not([type=hidden]), select, textarea", row)) || $("[name=_add]", mine);
  if (next) next.focus();
};
document.addEventListener("click", (e) => {
  const button = e.target.closest("[name=_add], [name=_remove], [name=_edit]"), form = button && button.form;
  if (!form || !$("[data-fields]", form)) return;
  e.preventDefault();
  ask(form, { [button.name]: button.value }, true);
});

/* A long select as a search box (ARIA combobox); the select stays and is what is posted. */
const combobox = (select) => {
  if (select.combo) return select.combo.reset();
  if (select.options.length < 12) return;
  const id = select.id, box = make("div", { class: "combo" });
  const input = make("input", { class: "input", type: "text", role: "combobox", id, autocomplete: "off", spellcheck: "false", "aria-expanded": "false", "aria-controls": id + "-list", "aria-autocomplete": "list", placeholder: select.dataset.search });
  for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  const list = make("ul", { role: "listbox", id: id + "-list", hidden: "" });
  const label = $(`label[for="${id}"]`);
  if (label) list.setAttribute("aria-label", label.textContent.trim());
  select.id = id + "-select"; select.hidden = true;
  select.before(box); box.append(input, list);
  let found = [], at = -1;
  const chosen = () => (select.value ? select.selectedOptions[0].text : "");
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); at = -1; };
  const point = (to) => {
    all("li", list).forEach((li, n) => li.setAttribute("aria-selected", n === to));
    at = to;
    const li = list.children[to];
    if (li) { input.setAttribute("aria-activedescendant", li.id); li.scrollIntoView({ block: "nearest" }); }
  };
  const take = (option) => {
    select.value = option ? option.value : "";
    input.value = chosen(); close();
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const open = () => {
    const words = plain(input.value === chosen() ? "" : input.value).split(/\s+/).filter(Boolean);
    found = [...select.options].filter((o) => o.value && (o.value === "other" || words.every((w) => plain(o.text).includes(w)))).slice(0, 60);
    const none = words.length && !found.some((o) => o.value !== "other");
    list.replaceChildren(...found.map((o, n) => make("li", { role: "option", id: `${id}-o${n}`, "aria-selected": "false" }, o.text)));
    if (none) list.prepend(make("li", { role: "option", "aria-disabled": "true", id: id + "-none" }, select.dataset.none)), found.unshift(null);
    list.hidden = false; input.setAttribute("aria-expanded", "true"); at = -1;
  };
  input.addEventListener("input", open);
  input.addEventListener("click", open);
  input.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (list.hidden) open();
      point(e.key === "ArrowDown" ? (at + 1) % found.length : (at > 0 ? at : found.length) - 1);
    } else if (e.key === "Enter" && !list.hidden) { e.preventDefault(); if (found[at]) take(found[at]); else if (found.length === 1 && found[0]) take(found[0]); }
    else if (e.key === "Escape") { input.value = chosen(); close(); }
  });
  input.addEventListener("blur", () => setTimeout(() => { if (!input.value) { if (select.value) take(null); } else input.value = chosen(); close(); }, 150));
  list.addEventListener("pointerdown", (e) => e.preventDefault());
  list.addEventListener("click", (e) => { const option = found[[...list.children].indexOf(e.target.closest("li"))]; if (option) take(option); });
  select.combo = { reset: () => { input.value = chosen(); close(); } };
  select.combo.reset();
};

const place = (box) => {
  const province = $("[name$=__province]", box), commune = $("[name$=__commune]", box), first = commune.options[0].text;
  const communes = async (chosen) => {
    const rows = province.value ? await (await fetch(`${box.dataset.communes}?province=${province.value}`)).json() : [];
    commune.replaceChildren(new Option(first, ""), ...rows.map(([code, name]) => new Option(name, code)));
    commune.value = chosen || "";
    combobox(commune);
  };
  if (box.dataset.communes) province.addEventListener("change", () => communes().catch(() => all(".without-scripts", box).forEach((b) => b.classList.remove("without-scripts"))));
  const search = $("[name$=__search]", box), found = $(".place-found", box), button = $(".place-search button", box);
  if (!box.dataset.places) return;
  const look = async () => {
    const q = search.value.trim();
    if (q.length < 2) return found.replaceChildren();
    const rows = await (await fetch(`${box.dataset.places}?q=${encodeURIComponent(q)}`)).json();
    if (q !== search.value.trim()) return;
    if (!rows.length) return found.replaceChildren(make("p", {}, found.dataset.none));
    const set = make("div", { class: "choices", role: "group", "aria-label": found.dataset.found });
    rows.slice(0, 8).forEach((row) => {
      const pick = make("button", { type: "button", class: "button button-secondary" }, row.note ? `${row.label} – ${row.note}` : row.label);
      pick.addEventListener("click", async () => {
        province.value = row.province; await communes(row.code);
        found.replaceChildren(make("p", {}, row.label)); search.value = "";
        commune.dispatchEvent(new Event("change", { bubbles: true }));
        const next = $("[name$=__detail]", box); if (next) next.focus();
      });
      set.append(pick);
    });
    found.replaceChildren(set);
  };
  const quiet = () => look().catch(() => {});
  search.addEventListener("input", later(quiet, 250));
  button.addEventListener("click", (e) => { e.preventDefault(); quiet(); });
};

/* Photographs: shrink big ones before they cross a bad line, show them, send them. */
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
const files = (box) => {
  const show = $(".previews", box), send = $("[name=_upload]", box);
  send.hidden = true;
  box.addEventListener("change", async (e) => {
    const input = e.target;
    if (!input.files || !input.files.length) return;
    if ([...input.files].some((f) => f.size > box.dataset.max * 1048576)) { input.value = ""; return show.replaceChildren(make("p", { class: "field-error" }, box.dataset.big)); }
    show.replaceChildren(make("p", {}, box.dataset.sending));
    const carry = new DataTransfer();
    for (const file of input.files) carry.items.add(await shrink(file));
    input.files = carry.files;
    for (const file of carry.files) if (/^image\/(jpeg|png|webp)/.test(file.type)) { const img = make("img", { alt: "" }); img.src = URL.createObjectURL(file); show.append(img); }
    send.hidden = false;
    const form = input.form;
    if (form && form.requestSubmit && navigator.onLine !== false) form.requestSubmit(send);
    else show.prepend(make("p", { class: "field-error" }, box.dataset.failed));
  });
};

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
    out.textContent = left > most / 3 ? initial : fill(left < 0 ? out.dataset.over : out.dataset.left, Math.abs(left));
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
    const answer = await fetch(location.href), text = await answer.text();
    if (answer.ok && !text.includes("data-poll")) return location.reload();
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-poll]");
    if (answer.ok && fresh.innerHTML !== mark.innerHTML) mark.replaceChildren(...fresh.childNodes);
  } catch { /* the line is bad: later */ }
  poll(mark);
}, mark.dataset.poll * 1000);

function enhance(where) {
  all("[data-echo]", where).forEach(echo);
  all("[data-count]", where).forEach(count);
  all("[data-wait]", where).forEach(wait);
  all("[data-file]", where).forEach(files);
  all("[data-place]", where).forEach(place);
  all("[data-facility]", where).forEach((box) => {
    const select = $("select", box), other = $("[data-other]", box);
    const turn = () => { other.hidden = select.value !== "other"; };
    select.addEventListener("change", turn); turn();
  });
  all("select[data-search]", where).forEach(combobox);
}

document.addEventListener("change", (e) => {
  const asks = e.target.closest("[data-asks]"), form = e.target.form;
  if (!asks || !form || e.target.type === "file" || /__(search|detail)$/.test(e.target.name)) return;
  if (e.target.closest("[data-communes]") && e.target.name.endsWith("__province")) return;
  ask(form, { _ask: asks.dataset.asks });
});
/* What is still being saved goes first, for four seconds at most. A second press does nothing; after 15 s, or shown again from the cache, the form is awake again. */
document.addEventListener("submit", (e) => {
  const form = e.target;
  if (form.method !== "post") return;
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
root.classList.add("js");
all("form[data-autosave]").forEach(autosave);
all("[data-poll]").forEach(poll);
enhance(document);
const summary = $("[data-focus]");
if (summary) summary.focus();
})();
