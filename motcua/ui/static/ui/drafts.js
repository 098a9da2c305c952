/* Never lose a word. What is typed is kept on this phone at once (store `answers`), sent to the server soon after, and
   kept here until it has arrived: also when the tab is killed, the line is cut, the session is over. The answers of the
   server: docs/reference/drafts.md. `motcuaDraft` is what offline.js builds on. */
(() => {
"use strict";
const { $, all, make, fill, later, inLine } = motcua, frame = $("[data-draft]"), store = self.motcuaStore;
if (!frame) return;
const words = frame.dataset, draft = words.draft, SOON = 800, SLOWEST = 60000;
const clock = (at) => new Date(at).toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" });
const fieldOf = (name) => name.split("__")[0];
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(9)), (n) => n.toString(36)).join("");
const line = { down: false, left: false, full: false }, copy = "copy" in words;

/* One line for the whole page; a screen reader hears it when it changes, and not each “đã lưu”. */
const tell = (text, kind, label, href) => {
  const box = $("[data-line]", frame);
  if (box.dataset.said === text) return;
  box.dataset.said = text; box.hidden = !text; box.className = `line line-${kind}`;
  box.textContent = text;
  if (href) box.append(" ", make("a", { href }, label));
};
/* Without network: what one may rely on, and never that this phone kept what it did not. */
const tellDown = () => tell(line.full ? words.unsafe : motcuaDraft.ready ? words.offline : words.hereOnly, "warn");

/* ── What this phone keeps ────────────────────────────────────────────────────────────────────────────────────────
   A record of a page: {url, values: {name: [value]}, labels: {name: words}, changed: [field not sent yet], revision (the
   one they were typed upon) or was (the mark of what the page showed), at, key, sends: whether it goes while it is typed}. */
const keyOf = (url) => draft + new URL(url, location.href).pathname.split(draft)[1];
const keep = (key, run) => (line.left ? Promise.resolve() : store.change("answers", key, run)).then(
  (kept) => { if (kept) line.full = false; return kept; },
  () => { line.full = true; });
const valuesIn = (data) => {
  const values = {};
  for (const [name, value] of data) {
    if (typeof value !== "string" || name[0] === "_" || name === "csrfmiddlewaretoken") continue;
    (values[name] = values[name] || []).push(value);
  }
  return values;
};
const told = (form) => valuesIn(new FormData(form));
const same = (a, b, field) => {
  const names = new Set([...Object.keys(a), ...Object.keys(b)].filter((name) => fieldOf(name) === field));
  return [...names].every((name) => String(a[name] || "") === String(b[name] || ""));
};
/* What arrived is not waiting any more, unless it was typed anew meanwhile. */
const arrived = (record, sent, revision, open = []) => record && {
  ...record, revision: Math.max(revision || 0, record.revision),
  changed: record.changed.filter((field) => open.includes(field) || !sent.changed.includes(field) || !same(record.values, sent.values, field)),
};

/* ── Sending ──────────────────────────────────────────────────────────────────────────────────────────────────── */
let token = words.token;
const bodyOf = (record) => {
  const body = new URLSearchParams();
  for (const name in record.values) record.values[name].forEach((value) => body.append(name, value));
  if (record.sends) for (const [name, value] of [["_autosave", "1"], ["_revision", record.revision], ["_key", record.key]]) body.append(name, value);
  if (record.sends) record.changed.forEach((field) => body.append("_changed", field));
  else if (record.was) body.append("_was", record.was);
  body.append("csrfmiddlewaretoken", token);
  return body;
};
/* A page that stood open for long has an old token: the draft's own page gives a new one. */
const renew = async () => {
  const page = new DOMParser().parseFromString(await (await fetch(words.here)).text(), "text/html");
  const there = $("[data-draft]", page);
  if (there) token = there.dataset.token;
  return !!there;
};
const send = async (record, again) => {
  const body = bodyOf(record);
  const answer = await fetch(record.url, { method: "POST", body, redirect: "manual", credentials: "same-origin", headers: { "X-Part": "autosave" }, keepalive: String(body).length < 60000 });
  if (answer.status === 403 && !again && await renew()) return send(record, true);
  if (answer.status >= 500 || answer.status === 429) throw answer.status;
  const said = await answer.json().catch(() => ({}));
  return { ...said, status: answer.type === "opaqueredirect" ? 302 : answer.status };
};
/* What was under way when the line was cut goes first, as it was: the server knows its key, and what was typed since is
   then no second hand. Unless others wrote into the same fields: then the person chooses. */
const sendAll = async (record) => {
  if (!record.pending || record.pending.key === record.key) return send(record);
  const said = await send(record.pending), others = Object.keys(said.elsewhere || {}).map(fieldOf);
  if (said.status !== 200 || others.some((field) => record.changed.includes(field))) return send(record);
  return send({ ...record, revision: said.revision });
};
const refused = (said) => {
  if (!words.bundle && said.status !== 404) motcuaDraft.forget();
  if (said.status === 410 || /^help/.test(said.code)) return tell(said.text || words.over, "warn", words.onward, said.href || words.here);
  if (line.full) return tell(words.signedOutUnsafe, "warn");
  tell(words.signedOut, "warn", words.toSignIn, `${words.signIn}?next=${encodeURIComponent(location.pathname)}`);
};

/* ── The page that is open ────────────────────────────────────────────────────────────────────────────────────── */
const saving = (form, sends) => {
  const url = form.action, key = keyOf(url), status = $("[data-save-status]", form), was = sends ? null : $("[name=_was]", form);
  const revision = () => { const mine = $("[name=_revision]", form); return mine ? +mine.value : 0; };
  const record = { url, sends, values: {}, labels: {}, changed: new Set(), held: new Set(), lost: new Set(), revision: revision(), was: was && was.value, base: 0, at: 0, key: fresh() };
  const shot = () => ({ ...record, changed: [...record.changed], held: undefined, lost: undefined });
  let quiet = false, seen = told(form);
  const say = (what, value, failed) => {
    if (!status) return;
    status.textContent = fill(status.dataset[what], value);
    status.classList.toggle("is-failed", !!failed);
  };

  /* Keep: this tab's own fields over what the other tabs have kept. */
  const put = () => {
    record.values = told(form);
    if (!record.changed.size) return Promise.resolve();
    all("select", form).forEach((s) => { if (s.value) record.labels[s.name] = s.selectedOptions[0].text; });
    const mine = shot();
    return keep(key, (old) => {
      if (!old) return mine;
      const theirs = old.changed.filter((field) => !record.changed.has(field));
      const values = { ...mine.values };
      for (const name in old.values) if (theirs.includes(fieldOf(name)) || record.lost.has(fieldOf(name))) values[name] = old.values[name];
      return { ...mine, values, labels: { ...old.labels, ...mine.labels }, changed: [...theirs, ...mine.changed], revision: theirs.length ? Math.min(old.revision, mine.revision) : mine.revision };
    });
  };

  let tries = 0, timer;
  const failed = () => {
    line.down = true;
    say(line.full ? "unsafe" : "failed", "", true);
    tellDown();
    clearTimeout(timer); timer = setTimeout(save, Math.min(SLOWEST, 2000 * 2 ** tries++));
  };
  const save = () => told(form) && record.changed.size > record.held.size && sends && !form.dataset.sent && !line.left && inLine(form, async () => {
    const sent = { ...shot(), changed: [...record.changed].filter((field) => !record.held.has(field)), values: told(form) };
    if (!sent.changed.length) return;
    say("saving");
    record.pending = record.pending || sent;
    await put();
    let said;
    try { said = await sendAll({ ...sent, pending: record.pending }); } catch (error) { return failed(error); }
    record.pending = undefined; line.down = false; tries = 0; clearTimeout(timer);
    if (said.status !== 200 && said.status !== 409) { refused(said); return say(line.left || line.full ? "unsafe" : "failed", "", true); }
    const open = (said.conflicts || []).map((one) => one.name);
    record.base = open.length ? record.base || record.revision : 0;
    record.revision = said.revision; record.key = fresh();
    const mine = $("[name=_revision]", form);
    if (mine) mine.value = said.revision;
    record.changed = new Set(arrived({ ...shot(), values: told(form) }, sent, 0, open).changed);
    for (const name in sent.values) if (sent.changed.includes(fieldOf(name))) seen[name] = sent.values[name];
    await keep(key, (old) => old && { ...arrived(old, sent, said.revision, open), base: record.base, pending: undefined });
    fillIn(form, said.elsewhere || {}, (field) => !record.changed.has(field));
    (said.conflicts || []).forEach((one) => choose(one));
    say(line.full ? "onlyThere" : "saved", clock(Date.now()));
    if ($("[data-line]", frame).classList.contains("line-warn") && !open.length) tell("", "");
    if (record.changed.size > record.held.size) soon();
    motcuaDraft.flush();
  });
  const soon = later(save, SOON), soonKept = later(put, 200);
  const mark = (field) => {
    record.changed.add(field); record.held.delete(field);
    if (!record.held.size) record.base = 0;
    record.at = Date.now(); record.key = fresh();
  };
  const typed = (e) => {
    const name = e.target.name;
    if (!name || name[0] === "_" || e.target.type === "file" || /__search$/.test(name)) return;
    mark(fieldOf(name)); soonKept(); soon();
  };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  /* A row taken away changes its group, though no control of it does. */
  document.addEventListener("click", (e) => {
    const button = e.target.closest("[name=_remove]");
    if (button && button.form === form) { mark(fieldOf(button.value)); put(); }
  }, true);
  /* Whatever this form sends says what was changed, so that the rest of it overwrites nobody; also what no key was pressed for. */
  form.addEventListener("formdata", (e) => {
    if (quiet) return;
    const values = valuesIn(e.formData), names = new Set([...Object.keys(values), ...Object.keys(seen)].map(fieldOf));
    [...names].filter((field) => !record.changed.has(field) && !record.lost.has(field) && !same(values, seen, field)).forEach(mark);
    if (sends) [...record.changed, ""].forEach((field) => e.formData.append("_changed", field));
    if (sends) e.formData.set("_key", record.key);
    if (record.held.size) e.formData.set("_revision", record.base);
  });
  form.addEventListener("fresh", () => { record.revision = revision() || record.revision; quiet = true; seen = told(form); quiet = false; });

  /* The same field, told on two sides: both answers beside it, and the person chooses. */
  const choose = (one) => {
    record.held.add(one.name);
    const place = document.getElementById(`${one.name.replace(/\./g, "-")}-field`);
    if (!place) return;
    const old = $(":scope > .choose", place);
    if (old) old.remove();
    const title = fill(words.conflict, one.label), box = make("div", { class: "choose", role: "group", "aria-label": title });
    const button = (label, said, press) => {
      const part = make("p", {}, fill(said[0], said[1] || words.nothing)), made = make("button", { type: "button", class: "button button-secondary" }, label);
      made.addEventListener("click", () => {
        press(); box.remove(); tell("", "");
        const control = $("input:not([type=hidden]), select, textarea", place);
        if (control) control.focus();
      });
      box.append(part, made);
    };
    button(words.keepMine, [words.mine, one.mine], () => { mark(one.name); put(); save(); });
    button(words.takeTheirs, [words.theirs, one.theirs], () => {
      record.changed.delete(one.name); record.held.delete(one.name);
      fillIn(form, one.values, (field) => field === one.name);
      keep(key, (kept) => kept && { ...kept, values: { ...kept.values, ...one.values }, changed: kept.changed.filter((field) => field !== one.name) });
    });
    place.prepend(box);
    tell(title, "warn");
  };

  /* Kept here and not arrived, or newer than the page shows (one from the phone's own store): put back. */
  const restore = async () => {
    const kept = await store.get("answers", key).catch(() => { line.full = true; });
    if (!kept) return;
    if (kept.submitted && !copy) return keep(key, () => undefined);
    const newer = sends ? kept.revision > record.revision : copy, before = told(form);
    const typed = new Set(record.changed), back = (field) => (newer || kept.changed.includes(field)) && !typed.has(field);
    for (const name in kept.values) {  // rows that this page can make by itself
      const count = /__rows$/.test(name) && back(fieldOf(name)) && form.elements[name];
      while (count && +count.value < +kept.values[name][0] && motcua.addRow && motcua.addRow(form, fieldOf(name)));
    }
    lostOf(form, kept.values, back).forEach((field) => record.lost.add(field));
    kept.changed.forEach((field) => record.changed.add(field));
    fillIn(form, kept.values, (field) => back(field) && !record.lost.has(field), kept.labels);
    if (was && kept.was && (copy || kept.changed.length)) record.was = was.value = kept.was;
    if (!sends) return;
    const different = kept.changed.filter((field) => !same(before, kept.values, field));
    if (!newer && !different.length) {
      kept.changed.forEach((field) => record.changed.delete(field));
      return keep(key, (old) => arrived(old, kept, record.revision));
    }
    record.revision = kept.base || kept.revision; record.at = kept.at; record.key = kept.key; record.pending = kept.pending;
    const mine = $("[name=_revision]", form);
    if (mine) mine.value = record.revision;
    const expected = await store.get("outbox", key).catch(() => {});
    if (different.length && !expected) tell(fill(words.restored, clock(kept.at)), "good");
    if (record.lost.size) rows(kept); else save();
  };
  /* Rows that this page does not have: the server keeps them and shows its page with them; until then nobody types over them. */
  const rows = async (kept) => {
    record.lost.forEach((field) => {
      const place = document.getElementById(`${field.replace(/\./g, "-")}-field`), set = place && $("fieldset", place);
      if (!set || set.disabled) return;
      set.disabled = true; place.prepend(make("p", { class: "hint" }, words.rows));
    });
    try { if ((await sendAll(kept)).status === 200) { await keep(key, (old) => arrived(old, kept, 0)); location.reload(); } } catch { line.down = true; }
  };

  addEventListener("online", () => { tries = 0; save(); });
  /* Without network only offline.js knows the way on, and it comes last: a press before waits for it. */
  form.addEventListener("submit", (e) => {
    if (navigator.onLine !== false || motcuaDraft.onward) return;
    e.preventDefault(); put(); motcuaDraft.pressed = e.submitter || form;
    tellDown();
  });
  /* What is sent now is what is kept: nothing older is sent after it. */
  form.addEventListener("submit", () => (sends ? put() : keep(key, (old) => old && { ...old, submitted: true })));
  addEventListener("pagehide", () => { put(); save(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) put(); save(); });
  return { form, key, sends, put, record, restored: restore().catch(() => {}) };
};

/* The fields of which this page has not all controls. */
const lostOf = (form, values, which) => new Set(Object.keys(values)
  .filter((name) => which(fieldOf(name)) && !/__(match|search)$/.test(name) && !form.elements[name]).map(fieldOf));
/* Put values into the controls of the fields that `which` names. */
const fillIn = (form, values, which, labels = {}) => {
  told(form);
  for (const control of form.elements) {
    const name = control.name;
    if (!name || name[0] === "_" || control.type === "file" || control.type === "submit" || !which(fieldOf(name))) continue;
    const said = values[name];
    if (/^(radio|checkbox)$/.test(control.type)) { if (Object.keys(values).some((n) => fieldOf(n) === fieldOf(name))) control.checked = !!said && said.includes(control.value); continue; }
    if (!said || control.value === said[0]) continue;
    if (control.options && ![...control.options].some((o) => o.value === said[0])) control.append(new Option(labels[name] || said[0], said[0]));
    control.value = said[0];
    if (control.combo) control.combo.reset();
    control.dispatchEvent(new Event("input"));
    if (/__province$/.test(name)) control.dispatchEvent(new CustomEvent("told", { detail: values[name.replace("province", "commune")] }));
  }
  form.dispatchEvent(new Event("fresh"));
};

self.motcuaDraft = {
  words, draft, line, copy, tell, tellDown, keep, arrived, sendAll, refused, ready: false,
  flush: () => {}, forget: () => {},  // offline.js knows what the other pages owe
};
motcuaDraft.pages = all("form[data-autosave]").map((form) => saving(form, true)).concat(all("form[data-keep]").map((form) => saving(form, false)));
addEventListener("left", () => { line.left = true; });
})();
