/* A draft is kept while it is typed. */
(() => {
"use strict";
const { $, all, fill, later, inLine } = motcua;

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

all("form[data-autosave]").forEach(autosave);
})();
