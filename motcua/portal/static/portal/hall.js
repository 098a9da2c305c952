/* The screen of the hall says each call aloud once, in a voice of the page's language where the machine has one. */
(() => {
  const mark = document.querySelector("[data-poll]");
  const voice = window.speechSynthesis;
  if (!mark || !voice) return;
  const now = () => [...mark.querySelectorAll("[data-call]")];
  const said = new Set(now().map((call) => call.dataset.call));
  const say = (words) => {
    const speech = new SpeechSynthesisUtterance(words);
    speech.lang = document.documentElement.lang === "en" ? "en-US" : "vi-VN";
    speech.rate = 0.9;
    voice.speak(speech);
  };
  new MutationObserver(() => {
    for (const call of now().reverse()) {
      if (said.has(call.dataset.call)) continue;
      said.add(call.dataset.call);
      say(call.dataset.say);
    }
  }).observe(mark, { childList: true, subtree: true });
})();
