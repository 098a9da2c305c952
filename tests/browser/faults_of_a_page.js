// What nobody should meet on a page, at the width it has now: returns texts, each naming an element.
() => {
  const faults = [];
  const wide = document.documentElement.clientWidth;
  const name = e => `${e.tagName.toLowerCase()}${e.id ? "#" + e.id : ""}${e.className && e.className.baseVal === undefined ? "." + e.className.split(" ").join(".") : ""} “${(e.innerText || "").trim().slice(0, 24)}”`;
  const seen = e => e.checkVisibility() && e.getClientRects().length && !e.closest(".unseen, .skip, [aria-hidden=true]");
  if (document.documentElement.scrollWidth > wide) {
    const out = [...document.querySelectorAll("body *")].filter(e => seen(e) && e.getBoundingClientRect().right > wide + 1 && !e.closest(".table-frame"));
    faults.push(`scrolls sideways: ${out.slice(-1).map(name)}`);
  }
  // text that is cut: more content than room, and no way to scroll to it
  for (const e of document.querySelectorAll("h1,h2,h3,p,li,dd,dt,td,th,label,a,button,summary,strong,span,legend,output")) {
    if (!seen(e)) continue;
    const style = getComputedStyle(e);
    if (style.overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1 && style.display !== "inline" && style.overflowX !== "auto") faults.push(`cut: ${name(e)}`);
    const box = e.getBoundingClientRect();
    if (box.width && (box.left < -1 || box.right > wide + 1) && !e.closest(".table-frame, .combo ul")) faults.push(`outside: ${name(e)}`);
  }
  // targets: 24 px (WCAG 2.5.8), but for links within a sentence
  for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (!seen(e)) continue;
    const box = (e.labels && e.labels.length && /radio|checkbox|file/.test(e.type) ? e.labels[0].closest(".choice, .picker") || e.labels[0] : e).getBoundingClientRect();
    const inSentence = e.tagName === "A" && getComputedStyle(e).display === "inline" && e.parentElement.innerText.trim() !== e.innerText.trim();
    if (!inSentence && (box.height < 24 || box.width < 24)) faults.push(`small target ${Math.round(box.width)}×${Math.round(box.height)}: ${name(e)}`);
  }
  // words that lie on words: the boxes of neighbours that both carry text
  const said = [...document.querySelectorAll("main p, main h1, main h2, main h3, main label, main dt, main dd, main .button, header a, header button")].filter(e => seen(e) && e.innerText.trim());
  const boxes = said.map(e => [e, e.getBoundingClientRect()]);
  for (let i = 0; i < boxes.length; i++) {
    const [a, p] = boxes[i];
    for (let j = i + 1; j < Math.min(i + 8, boxes.length); j++) {
      const [b, q] = boxes[j];
      if (a.contains(b) || b.contains(a)) continue;
      const x = Math.min(p.right, q.right) - Math.max(p.left, q.left), y = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (x > 3 && y > 3) faults.push(`overlap: ${name(a)} and ${name(b)}`);
    }
  }
  return [...new Set(faults)];
}
