// Looks at papers page by page: zoom, turn, next, by buttons, and by keys while the frame has the focus.
// Without it every page stands below the other, each with its own address.
(() => {
  const viewer = document.querySelector("[data-viewer]");
  if (!viewer) return;
  const stage = viewer.querySelector("[data-stage]");
  const told = viewer.querySelector("[data-zoom]");
  const sheets = [...stage.querySelectorAll("[data-sheet]")];
  const states = new Map(sheets.map((sheet) => [sheet, { zoom: 1, turn: 0 }]));
  let shown = sheets[0];

  const lay = () => {
    const { zoom, turn } = states.get(shown);
    const img = shown.querySelector("img");
    const frame = img.parentElement;
    const plain = zoom === 1 && turn === 0;
    shown.classList.toggle("is-laid", !plain);
    told.textContent = `${Math.round(zoom * 100)}%`;
    frame.style.cssText = img.style.cssText = "";
    if (plain) return;
    const across = turn % 180 !== 0;
    const width = frame.clientWidth * zoom;
    const ratio = (img.naturalHeight || img.height) / (img.naturalWidth || img.width);
    const height = across ? width / ratio : width * ratio;
    frame.style.width = `${width}px`;
    frame.style.height = `${height}px`;
    img.style.width = `${across ? height : width}px`;
    img.style.height = `${across ? width : height}px`;
    img.style.setProperty("--turn", `${turn}deg`);
  };

  const show = (sheet) => {
    shown = sheet;
    for (const one of sheets) one.hidden = one !== sheet;
    for (const link of viewer.querySelectorAll(".strip a")) {
      if (link.dataset.show === sheet.id) {
        link.setAttribute("aria-current", "true");
        link.scrollIntoView({ block: "nearest", inline: "nearest" });
      } else link.removeAttribute("aria-current");
    }
    stage.scrollTo(0, 0);
    lay();
  };

  const step = (by) => show(sheets[(sheets.indexOf(shown) + by + sheets.length) % sheets.length]);
  const zoom = (by) => {
    const state = states.get(shown);
    state.zoom = Math.min(5, Math.max(0.5, by ? state.zoom * by : 1));
    lay();
  };
  const turn = (by) => {
    const state = states.get(shown);
    state.turn = (state.turn + by + 360) % 360;
    lay();
  };
  const acts = {
    previous: () => step(-1), next: () => step(1), in: () => zoom(1.25), out: () => zoom(0.8),
    fit: () => zoom(0), left: () => turn(-90), right: () => turn(90),
  };
  const keys = {
    ArrowLeft: "previous", ArrowRight: "next", p: "previous", n: "next", "+": "in", "=": "in", "-": "out", 0: "fit",
    r: "right", R: "left",
  };

  viewer.querySelector("[data-tools]").hidden = false;
  viewer.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) acts[button.dataset.do]();
  });
  viewer.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    // A page wider than the frame is scrolled by the arrows, as everywhere.
    if (event.key.startsWith("Arrow") && stage.scrollWidth > stage.clientWidth + 1) return;
    event.preventDefault();
    acts[act]();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-show]");
    const sheet = link && document.getElementById(link.dataset.show);
    if (!sheet) return;
    event.preventDefault();
    show(sheet);
    stage.focus({ preventScroll: matchMedia("(min-width: 64rem)").matches });
  });
  addEventListener("resize", lay);
  show(document.getElementById(location.hash.slice(1))?.matches("[data-sheet]")
    ? document.getElementById(location.hash.slice(1)) : shown);
})();
