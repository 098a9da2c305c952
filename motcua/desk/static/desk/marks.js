// Marks in place: what a form or link with data-swap answers replaces the pieces of this page, and the papers
// stay as they are looked at. A reason brings its usual words. Without it each is a page of its own.
(() => {
  const swap = (html, address) => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const piece of fresh.querySelectorAll("[data-piece]")) {
      document.getElementById(piece.id)?.replaceWith(piece);
    }
    const here = document.getElementById(new URL(address, location.href).hash.slice(1));
    const start = here?.querySelector("[autofocus], button, a[href]") ?? here;
    start?.focus({ preventScroll: true });
    (here ?? document.body).scrollIntoView({ block: "nearest" });
  };
  const ask = async (address, how) => {
    try {
      const answer = await fetch(address, { credentials: "same-origin", ...how });
      const there = new URL(answer.url);
      if (!answer.headers.get("content-type")?.startsWith("text/html")
        || there.pathname !== location.pathname) return location.assign(answer.url);
      // A redirect keeps its fragment from nobody but us: the server names the place in the page too.
      const html = await answer.text();
      return swap(html, there.hash ? there.href : address);
    } catch {
      return how.body ? how.form.submit() : location.assign(address);
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-swap]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const unit = form.closest("[data-piece]");
    ask(`${form.action}#${unit.id}`, { method: "POST", body: new URLSearchParams(body), form });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(link.href, {});
  });
  document.addEventListener("change", (event) => {
    const select = event.target.closest("select[data-words]");
    if (!select) return;
    const { dataset } = select.selectedOptions[0];
    for (const area of select.form.querySelectorAll("[data-from]")) {
      const usual = dataset[area.dataset.from] ?? "";
      if (!area.value.trim() || area.value === area.dataset.usual) area.value = usual;
      area.dataset.usual = usual;
    }
    const basis = select.form.querySelector(`[data-basis-of="${select.id}"]`);
    basis.textContent = dataset.basis ?? "";
  });
})();
