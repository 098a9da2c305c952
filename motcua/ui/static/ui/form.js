/* Pages with questions: the server is asked what to show now, rows come and go, long lists and places are searched. */
(() => {
"use strict";
const { $, all, make, later, post, inLine, improve, enhance } = motcua;
const plain = (s) => s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();

/* What was typed while the server was thinking is not lost. */
const carry = (from, to) => all("[name]", from).forEach((was) => {
  if (/^(hidden|file|submit)$/.test(was.type)) return;
  const ticked = /^(radio|checkbox)$/.test(was.type);
  const fresh = all(`[name="${was.name}"]`, to).find((e) => e.type === was.type && (!ticked || e.value === was.value));
  if (!fresh) return;
  if (ticked) fresh.checked = was.checked;
  else if (!fresh.options || [...fresh.options].some((o) => o.value === was.value)) fresh.value = was.value;
  else if (/__commune$/.test(was.name)) fresh.add(new Option(was.selectedOptions[0].text, was.value, false, true));
});

/* Ask the server what to show now, and put its fields in the place of ours. */
const ask = (form, extra, rows) => {
  const mine = $("[data-fields]", form);
  if (!mine) return form.requestSubmit ? form.requestSubmit($(`[name=_ask][value="${extra._ask}"]`, form)) : 0;
  mine.setAttribute("aria-busy", "true");
  form.asking = (form.asking || 0) + 1;
  inLine(form, () => replaceFields(form, mine, extra, rows)
    .catch(() => navigator.onLine && all(".without-scripts", mine).forEach((b) => b.classList.remove("without-scripts"))))
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
  if (navigator.onLine === false && button.name !== "_edit") {
    const row = button.name === "_add" ? addRow(form, button.value) : emptyRow(button);
    if (row) e.preventDefault();
    return row && row.isConnected && focusRow($("[data-fields]", form), { [button.name]: button.value });
  }
  e.preventDefault();
  ask(form, { [button.name]: button.value }, true);
});
/* Without network a row comes as a copy of the last open one, emptied; one taken away is emptied and hidden: the server
   leaves out rows that say nothing. */
const rowsOf = (form, group) => all("[data-open-row]", form).filter((row) => row.id.startsWith(`${group.replace(/\./g, "-")}__row`));
const addRow = (form, group) => {
  const last = rowsOf(form, group).pop(), count = form.elements[`${group}__rows`];
  if (!last || !count) return null;
  const id = group.replace(/\./g, "-"), from = +last.id.split("__row").pop(), to = +count.value, box = make("div");
  const copy = last.cloneNode(true);
  all(".combo", copy).forEach((combo) => { const select = combo.nextElementSibling; select.id = select.id.replace(/-select$/, ""); select.hidden = false; combo.remove(); });
  box.append(copy);
  all("*", box).forEach((node) => [...node.attributes].forEach((a) => {
    const fresh = a.value.split(`${group}__${from}`).join(`${group}__${to}`).split(`${id}__${from}`).join(`${id}__${to}`).replace(`${id}__row${from}`, `${id}__row${to}`);
    if (fresh !== a.value) node.setAttribute(a.name, fresh);
  }));
  last.after(copy); copy.hidden = false;
  clear(copy); count.value = to + 1; enhance(copy);
  return copy;
};
const clear = (where) => all("input:not([type=hidden]), select, textarea", where).forEach((c) => {
  if (/^(radio|checkbox)$/.test(c.type)) c.checked = false; else c.value = "";
  if (c.combo) c.combo.reset();
});
const emptyRow = (button) => {
  const row = button.closest("[data-open-row]");
  if (row) { clear(row); row.hidden = true; $("input, select, textarea", row).dispatchEvent(new Event("input", { bubbles: true })); }
  return row;
};
motcua.addRow = addRow;

/* A long select as a search box (ARIA combobox); the select stays and is what is posted. */
const combobox = (select) => {
  if (select.combo) return select.combo.reset();
  if (select.options.length < 12) return;
  const id = select.id, box = make("div", { class: "combo" });
  const input = make("input", { class: "input", type: "text", role: "combobox", id, autocomplete: "off", spellcheck: "false", "aria-expanded": "false", "aria-controls": id + "-list", "aria-autocomplete": "list", placeholder: select.dataset.search });
  for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  const list = make("ul", { role: "listbox", id: id + "-list", hidden: "" });
  const said = make("p", { class: "unseen", role: "status" });
  const label = $(`label[for="${id}"]`);
  if (label) list.setAttribute("aria-label", label.textContent.trim());
  select.id = id + "-select"; select.hidden = true;
  select.before(box); box.append(input, list, said);
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
    found = [...new Set([...(words.length ? [] : select.selectedOptions), ...select.options])].filter((o) => o.value && (o.value === "other" || words.every((w) => plain(o.text).includes(w)))).slice(0, 60);
    const none = words.length && !found.some((o) => o.value !== "other");
    said.textContent = none ? select.dataset.none : "";
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
  let listed = [...province.options].filter((o) => o.defaultSelected).map((o) => o.value).pop() || "";
  const list = (rows, chosen) => {
    commune.replaceChildren(new Option(first, ""), ...rows.map(([code, name]) => new Option(name, code)));
    commune.value = chosen || "";
    combobox(commune);
  };
  /* Communes of another province are gone at once: nobody chooses among them while the answer is on its way. One that was
     chosen already stays. */
  const communes = async (chosen) => {
    const of = listed = province.value;
    if (!chosen) list([]);
    const rows = of ? await (await fetch(`${box.dataset.communes}?province=${of}`)).json() : [];
    if (province.value === of) list(rows, chosen);
  };
  const follow = (chosen) => province.value === listed || communes(chosen)
    .catch(() => navigator.onLine && all(".without-scripts", box).forEach((b) => b.classList.remove("without-scripts")));
  if (box.dataset.communes) {
    province.addEventListener("change", () => follow());
    province.addEventListener("told", (e) => follow((e.detail || [])[0]));
    follow(commune.value);
  }
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
  const now = (e) => { e.preventDefault(); quiet(); };
  search.addEventListener("input", later(quiet, 250));
  search.addEventListener("keydown", (e) => e.key === "Enter" && now(e));
  button.addEventListener("click", now);
};

document.addEventListener("change", (e) => {
  const asks = e.target.closest("[data-asks]"), form = e.target.form;
  if (!asks || !form || e.target.type === "file" || /__(search|detail)$/.test(e.target.name)) return;
  if (e.target.closest("[data-communes]") && e.target.name.endsWith("__province")) return;
  ask(form, { _ask: asks.dataset.asks });
});
improve((where) => {
  all("[data-place]", where).forEach(place);
  all("[data-facility]", where).forEach((box) => {
    const select = $("select", box), other = $("[data-other]", box);
    const turn = () => { other.hidden = select.value !== "other"; };
    select.addEventListener("change", turn); turn();
  });
  all("select[data-search]", where).forEach(combobox);
});
})();
