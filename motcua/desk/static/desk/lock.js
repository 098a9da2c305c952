// Covers the desk when nobody is there. The server decides when; what was typed stays underneath.
(() => {
  const { lock, seconds } = document.currentScript.dataset;
  const MINUTE = 60_000;
  const told = { "X-Part": "lock" };
  const title = document.title;
  let cover, timer, busy = false;

  const uncover = () => {
    cover?.remove();
    cover = undefined;
    document.title = title;
    for (const part of document.querySelectorAll("[data-covered]")) { part.hidden = false; part.removeAttribute("data-covered"); }
    later(seconds);
  };
  const show = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    document.title = page.title;
    for (const part of document.body.children) {
      if (part !== cover && !part.hidden) { part.hidden = true; part.dataset.covered = ""; }
    }
    const fresh = document.createElement("div");
    fresh.className = "page";
    fresh.append(page.querySelector("main"));
    cover ? cover.replaceWith(fresh) : document.body.append(fresh);
    cover = fresh;
    if (!document.querySelector("script[src*='signing']")) {
      const keys = document.createElement("script");
      keys.src = document.querySelector("script[data-keys]").dataset.keys;
      document.head.append(keys);
    }
    cover.querySelector("input:not([type=hidden])")?.focus();
  };
  const ask = async (how = {}) => {
    const answer = await fetch(lock, { ...how, headers: told });
    if (answer.status !== 204) {
      const html = await answer.text();
      if (!html.includes('name="_prove"')) throw new Error(answer.status);  // too busy just now
      return show(html);
    }
    const left = Number(answer.headers.get("X-Left"));
    if (left < 0) return location.assign(lock);
    if (cover) return uncover();
    later(left);
  };
  const later = (left) => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (!cover) ask().catch(() => later(30)); }, Math.max(1, Number(left) + 1) * 1000);
  };

  // Whoever types or points is there, even without asking for a page.
  for (const sign of ["keydown", "pointerdown"]) addEventListener(sign, () => { busy = true; });
  setInterval(() => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (!busy || cover || !token) return;
    busy = false;
    ask({ method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: token.value }) }).catch(() => {});
  }, MINUTE);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && !cover) ask().catch(() => {}); });
  document.addEventListener("submit", (event) => {
    if (!cover?.contains(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask({ method: "POST", body: new URLSearchParams(new FormData(event.target)) }).catch(() => {});
  }, true);
  later(seconds);
})();
