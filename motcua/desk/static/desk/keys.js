/* Shortcuts of the queue. Without this file everything is done by links and buttons.
   No key is taken inside a field, none with Ctrl, Alt or Meta; `?` shows them all. */
(() => {
  "use strict";
  const help = document.getElementById("keys");
  const rows = [...document.querySelectorAll(".queue tbody tr")];
  document.getElementById("keys-hint").hidden = false;
  let at = -1;
  let going = false;

  const inField = (spot) => spot.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
  const box = (row) => row && row.querySelector("[name=chon]");

  function move(step) {
    if (!rows.length) return;
    if (at >= 0) rows[at].classList.remove("at");
    at = Math.min(rows.length - 1, Math.max(0, at + step));
    rows[at].classList.add("at");
    rows[at].scrollIntoView({ block: "nearest" });
    rows[at].querySelector("a").focus({ preventScroll: true });
  }

  function tick(all) {
    const chosen = (all ? rows : rows.slice(at, at + 1)).map(box).filter(Boolean);
    const on = !chosen.every((one) => one.checked);
    chosen.forEach((one) => { one.checked = on; });
  }

  function claim() {
    const one = box(rows[at]);
    const button = document.querySelector("[name=viec][value=nhan]");
    if (!button || !(one || document.querySelector("[name=chon]:checked"))) return;
    if (one) one.checked = true;
    button.click();
  }

  function press(link) {
    if (link) link.click();
  }

  const acts = {
    j: () => move(1),
    k: () => move(-1),
    x: () => at >= 0 && tick(false),
    X: () => tick(true),
    c: claim,
    n: () => press(document.querySelector("a[rel=next]")),
    "/": () => document.querySelector("[type=search]").focus(),
    "?": () => (help.open ? help.close() : help.showModal()),
    g: () => { going = true; },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || inField(event.target)) return;
    if (help.open && event.key !== "?") return;
    const wanted = going && /^[1-9]$/.test(event.key);
    const act = wanted ? () => press(document.querySelectorAll(".tabs a")[event.key - 1]) : acts[event.key];
    going = false;
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
