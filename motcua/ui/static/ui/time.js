/* What ends says so three minutes before, and goes on by one press: a sign-in, a code. */
(() => {
"use strict";
const WARN = 180, SOON = 120;
const show = (node) => { if (node) node.hidden = false; };
document.querySelectorAll("[data-code-ends]").forEach((box) => {
  const left = +box.dataset.codeEnds;
  setTimeout(() => show(box.querySelector("[data-soon]")), Math.max(0, left - SOON) * 1000);
  setTimeout(() => { box.querySelector("[data-soon]").hidden = true; show(box.querySelector("[data-over]")); }, left * 1000);
});
const box = document.querySelector("[data-session]");
if (!box || box.timed) return;
box.timed = true;
const form = box.querySelector("form");
let timer;
const after = (seconds) => { clearTimeout(timer); timer = setTimeout(look, Math.max(1, seconds) * 1000); };
const warn = (alive) => {
  show(box);
  if (!box.open) { if (box.showModal) box.showModal(); else box.setAttribute("open", ""); }
  form.hidden = !alive;
  document.getElementById("time-left-words").hidden = !alive;
  box.querySelector("[data-ended]").hidden = alive;
  box.querySelector(alive ? "button" : "a").focus();
};
const close = () => { if (box.close) box.close(); box.removeAttribute("open"); box.hidden = true; };
/* Whoever went on in another tab, or whose answers were saved meanwhile, is not disturbed. */
const look = async () => {
  try {
    const { left } = await (await fetch(form.action)).json();
    if (left > WARN) { if (box.open) close(); return after(left - WARN); }
    warn(left > 0);
    if (left > 0) after(left + 1);
  } catch { after(30); }
};
form.addEventListener("submit", async (e) => {
  e.preventDefault(); e.stopPropagation();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const { left } = await answer.json();
    if (!left) return warn(false);
    close(); after(left - WARN);
  } catch { after(5); }
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
after(box.dataset.session - WARN);
})();
