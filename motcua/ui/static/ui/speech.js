/* Reads aloud, by the phone's own voice, what a button [data-listen] stands in: a question, a guide, what is wrong. */
(() => {
"use strict";
const me = document.currentScript, synth = self.speechSynthesis, root = document.documentElement, words = me.dataset;
let voices = [], now = null;
const short = (lang) => lang.slice(0, 2).toLowerCase();
const voice = (lang) => voices.find((v) => short(v.lang) === short(lang));
const look = () => {
  voices = synth ? synth.getVoices() : [];
  if (!voice(root.lang) || root.dataset.voice) return;
  root.dataset.voice = "yes";
  document.querySelectorAll("[data-voice-none]").forEach((e) => { e.hidden = true; });
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet"; sheet.href = words.sheet;
  document.head.append(sheet);
};
const none = () => { if (!root.dataset.voice) document.querySelectorAll("[data-voice-none]").forEach((e) => { e.hidden = false; }); };

/* One sentence-like piece after the other: phones stop long ones, and some cannot pause; a pause begins its piece anew. */
const pieces = (button) => {
  const box = button.closest("[data-spoken], .error-summary, .field");
  return [...box.querySelectorAll("h1, h2, h3, p, li, .label, .hint, label")]
    .filter((e) => !e.querySelector("h1, p, li, .label") && !e.closest("[hidden], .listen"))
    .map((e) => [e.textContent.replace(/\s+/g, " ").trim(), e.closest("[lang]").lang])
    .filter(([text]) => text);
};
const say = () => {
  const mine = now, piece = mine.pieces[mine.at];
  if (!piece) return end();
  const speech = new SpeechSynthesisUtterance(piece[0]);
  speech.lang = piece[1]; speech.voice = voice(piece[1]) || voice(root.lang); speech.rate = .95;
  speech.onend = () => { if (now === mine && !mine.paused && mine.speech === speech) { mine.at += 1; say(); } };
  mine.speech = speech;
  synth.speak(speech);
};
const name = (text) => { now.button.firstChild.data = text; };
const end = () => {
  if (!now) return;
  const { button, stop } = now, focused = document.activeElement === stop;
  name(words.listen); delete button.dataset.on; stop.remove(); now = null; synth.cancel();
  if (focused) button.focus();
};
const begin = (button) => {
  end();
  const stop = button.cloneNode();
  stop.removeAttribute("data-listen"); stop.dataset.hush = ""; stop.textContent = words.stop;
  button.after(stop); button.dataset.on = "";
  now = { button, stop, pieces: pieces(button), at: 0 };
  name(words.pause); say();
};
const turn = () => {
  now.paused = !now.paused;
  name(now.paused ? words.onward : words.pause);
  if (now.paused) { now.speech = null; synth.cancel(); } else say();
};
document.addEventListener("click", (e) => {
  if (e.target.closest("[data-hush]")) return end();
  const button = e.target.closest("[data-listen]");
  if (button) { if (now && now.button === button) turn(); else begin(button); }
});
document.addEventListener("keydown", (e) => { if (e.key === "Escape") end(); });
addEventListener("pagehide", end);
look();
if (synth) synth.addEventListener("voiceschanged", look);
setTimeout(none, 2000);
})();
