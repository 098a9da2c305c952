// Checks the QR code of a paper in this browser: keys and list came with the page, nothing is sent.
// The formats are told in docs/reference/signing.md; the words stand in the page.
(() => {
  "use strict";
  const form = document.getElementById("check");
  const known = JSON.parse(document.getElementById("known").textContent);
  const PAPER = 7, ISSUED = 6, EXPIRES = 4, KEY_ID = 4, SHORT = 8;

  const bytesOf = (base64) =>
    Uint8Array.from(atob(base64.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
  const utf8 = (text) => new TextEncoder().encode(text);
  const sha256 = async (content) => new Uint8Array(await crypto.subtle.digest("SHA-256", content));

  // --- CBOR, as far as seals use it ---------------------------------------------------------------
  function decoded(bytes) {
    let at = 0;
    function count(low) {
      if (low < 24) return low;
      if (low > 26) throw new Error("length");
      const width = { 24: 1, 25: 2, 26: 4 }[low];
      let number = 0;
      for (let place = 0; place < width; place++) number = number * 256 + bytes[at++];
      return number;
    }
    function part(length) {
      if (at + length > bytes.length) throw new Error("end");
      return bytes.slice(at, (at += length));
    }
    function value() {
      if (at >= bytes.length) throw new Error("end");
      const head = bytes[at++], number = count(head & 31);
      switch (head >> 5) {
        case 0: return number;
        case 1: return -1 - number;
        case 2: return part(number);
        case 3: return new TextDecoder("utf-8", { fatal: true }).decode(part(number));
        case 4: return Array.from({ length: number }, value);
        case 5: return new Map(Array.from({ length: number }, () => [value(), value()]));
        case 6: return value();
        default: throw new Error("kind");
      }
    }
    const found = value();
    if (at !== bytes.length) throw new Error("rest");
    return found;
  }
  function head(kind, length) {
    if (length < 24) return [kind << 5 | length];
    if (length < 256) return [kind << 5 | 24, length];
    if (length < 65536) return [kind << 5 | 25, length >> 8, length & 255];
    return [kind << 5 | 26, length >>> 24, length >> 16 & 255, length >> 8 & 255, length & 255];
  }
  function toSign(protectedPart, content) {
    const word = utf8("Signature1");
    const parts = [
      [0x84], head(3, word.length), word, head(2, protectedPart.length), protectedPart, [0x40],
      head(2, content.length), content,
    ];
    const all = new Uint8Array(parts.reduce((sum, each) => sum + each.length, 0));
    let at = 0;
    for (const each of parts) { all.set(each, at); at += each.length; }
    return all;
  }

  // --- seals --------------------------------------------------------------------------------------
  async function opened(sealed) {
    const [protectedPart, , content, signature] = decoded(sealed);
    const id = decoded(protectedPart).get(KEY_ID);
    const jwk = known.keys.find((key) => same(bytesOf(key.kid), id));
    if (!jwk) throw new Error("stranger");
    if (jwk.withdrawn_at) throw new Error("stolen");
    const { kty, crv, x, y } = jwk, how = { name: "ECDSA", namedCurve: "P-256" };
    const key = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, how, false, ["verify"]);
    const right = await crypto.subtle.verify(
      { name: "ECDSA", hash: "SHA-256" }, key, signature, toSign(protectedPart, content));
    if (!right) throw new Error("broken");
    return { claims: decoded(content), jwk };
  }
  function sealIn(text) {
    const digits = (text.match(/#?(\d{60,2000})\s*$/) || [])[1];
    if (!digits) throw new Error("unread");
    let number = BigInt(digits), bytes = [];
    for (; number > 0n; number >>= 8n) bytes.push(Number(number & 255n));
    if (bytes.pop() !== 1) throw new Error("unread");
    return Uint8Array.from(bytes.reverse());
  }
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  function codeOf(paper) {
    let number = paper.reduce((sum, byte) => sum << 8n | BigInt(byte), 0n), code = "";
    for (let place = 0; place < 20; place++, number >>= 5n) code = ALPHABET[Number(number & 31n)] + code;
    return code;
  }
  const holds = (list, wanted) => {
    for (let at = 0; at < list.length; at += SHORT) if (same(list.slice(at, at + SHORT), wanted)) return true;
    return false;
  };

  // --- names: kernel/names.match_key -----------------------------------------------------------------
  const TONES = "\u0300\u0309\u0303\u0301\u0323", VOWELS = "aeiouy";
  function matchKey(name) {
    const plain = name.replace(/[’ʼ‘`´ʹ]/g, "'").replace(/[‐‑]/g, "-").toLowerCase().trim();
    return plain.split(/\s+/).map((word) => {
      let letters = "", tones = "", base = "";
      for (const sign of word.normalize("NFD")) {
        if (!/\p{M}/u.test(sign)) base = sign;
        if (TONES.includes(sign) && VOWELS.includes(base)) tones += sign; else letters += sign;
      }
      return letters + tones;
    }).join(" ");
  }
  async function sameName(claims, code, name) {
    const hash = await sha256(utf8(`${code}\n${matchKey(name)}`));
    return same(hash.slice(0, SHORT), claims.get("h") || new Uint8Array());
  }

  // --- the page -----------------------------------------------------------------------------------
  async function newestList() {
    try {
      const answer = await fetch(known.fetch, { signal: AbortSignal.timeout(3000) });
      if (answer.ok) known.list = btoa(String.fromCharCode(...new Uint8Array(await answer.arrayBuffer())));
    } catch { /* no network: the list that came with the page */ }
    return (await opened(bytesOf(known.list))).claims;
  }
  const moment = (seconds) => new Date(seconds * 1000).toLocaleString(document.documentElement.lang,
    { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" });
  function tell(outcome, facts = {}) {
    for (const part of document.querySelectorAll("[data-outcome]"))
      part.hidden = !part.dataset.outcome.split(" ").includes(outcome);
    for (const part of document.querySelectorAll("[data-fact]")) {
      const fact = facts[part.dataset.fact];
      part.textContent = fact || "";
      const row = part.closest("[data-row]");
      if (row) row.hidden = !fact;
    }
  }
  async function outcomeOf(code, list) {
    const hash = (await sha256(utf8(code))).slice(0, SHORT);
    if (holds(list.get("r") || [], hash)) return "revoked";
    if (holds(list.get("c") || [], hash)) return "replaced";
    return list.get(EXPIRES) * 1000 < Date.now() ? "stale" : "valid";
  }
  async function check(text, name) {
    const { claims, jwk } = await opened(sealIn(text));
    if (!claims.get(PAPER) || claims.get(ISSUED) * 1000 > Date.parse(jwk.ends_at)) throw new Error("broken");
    const code = codeOf(claims.get(PAPER)), list = await newestList();
    let named = "";
    if (name.trim()) named = (await sameName(claims, code, name)) ? "same-name" : "other-name";
    tell(await outcomeOf(code, list), {
      title: claims.get("t"), number: claims.get("n"), agency: claims.get("a"), subject: claims.get("s"),
      issued: moment(claims.get(ISSUED)), code: code.match(/.{5}/g).join("-"), listed: moment(list.get(ISSUED)),
    });
    for (const part of document.querySelectorAll("[data-note]"))
      part.hidden = part.dataset.note !== named && !(part.dataset.note === "practice" && claims.get("p"));
  }
  async function run() {
    for (const part of document.querySelectorAll("[data-outcome], [data-note]")) part.hidden = true;
    try {
      await check(form.elements.scanned.value, form.elements.name.value);
    } catch (fault) {
      const told = ["stranger", "stolen", "unread"].includes(fault.message) ? fault.message : "broken";
      tell(told);
    }
    document.getElementById("outcome").focus();
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });

  // A photograph of the code, where the browser itself can read one.
  const photo = form.elements.photo;
  if ("BarcodeDetector" in window) {
    photo.closest("[data-photo]").hidden = false;
    photo.addEventListener("change", async () => {
      const picture = await createImageBitmap(photo.files[0]);
      const [read] = await new BarcodeDetector({ formats: ["qr_code"] }).detect(picture);
      form.elements.scanned.value = read ? read.rawValue : "";
      run();
    });
  }
  if (location.hash.length > 60) { form.elements.scanned.value = location.href; run(); }
})();
