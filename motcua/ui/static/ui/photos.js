/* The photo desk: before a picture of a paper is sent it is laid straight, looked at and made light, on the phone and
   without network. Fetched when somebody picks or takes a picture; the same file is its own worker, so that the page
   stays awake. It sees as documents/edges.py and documents/photographs.py do: change both or none. */
(() => {
"use strict";
const SIDE = 320, TURNS = 120, STEP = 2, MOST = 6, WEAKEST = 4, REACH = 3, FAR = 8, CONTRAST = 24, SAMPLES = 24, FRAME = .3,
  LEAST_SUPPORT = .5, LEAST_AREA = .04, FILLED = .88, SLIM = .2, SPREAD = 15, BEYOND = .04, SEARCH = 6;
const A4 = Math.SQRT2, NEARLY = .07, STRETCHED = 1.3, PAPER = .6, LEAST_WRITING = 12, FULL = .95, SHADE = 16, BLACK = .35, WHITE = .92;
const WORK = 2400, VIEW = 1000;
const WHOLE = [[0, 0], [1, 0], [1, 1], [0, 1]];
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const angle = (turn) => turn * 2 * Math.PI / TURNS;

/* ── where the sheet lies: documents/edges.py ── */
const soft = (g, w, h) => {
  const rows = new Float32Array(w * h), out = new Float32Array(w * h);
  for (let y = 0, i = 0; y < h; y++) {
    const up = y ? -w : 0, down = y < h - 1 ? w : 0;
    for (let x = 0; x < w; x++, i++) rows[i] = g[i + up] + g[i] + g[i + down];
  }
  for (let y = 0, i = 0; y < h; y++) for (let x = 0; x < w; x++, i++) out[i] = (rows[x ? i - 1 : i] + rows[i] + rows[x < w - 1 ? i + 1 : i]) / 9;
  return out;
};
const find = (grey, w, h) => {
  const g = soft(soft(grey, w, h), w, h), most = Math.ceil(Math.hypot(w, h) / STEP), wide = 2 * most + 1;
  const at = (x, y) => g[clamp(Math.round(y), 0, h - 1) * w + clamp(Math.round(x), 0, w - 1)] || 0;
  const votes = new Float32Array(TURNS * wide), cos = [], sin = [];
  for (let t = 0; t < TURNS; t++) { cos[t] = Math.cos(angle(t)); sin[t] = Math.sin(angle(t)); }
  for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) {
    const i = y * w + x;
    const dx = x && x < w - 1 ? (g[i + 1] - g[i - 1]) / 2 : 0, dy = y && y < h - 1 ? (g[i + w] - g[i - w]) / 2 : 0, change = Math.hypot(dx, dy);
    if (change < WEAKEST) continue;
    const turn = Math.round(Math.atan2(dy, dx) * TURNS / (2 * Math.PI)) + TURNS;
    for (let t = turn - 1; t <= turn + 1; t++) {
      const to = t % TURNS;
      votes[to * wide + Math.round((x * cos[to] + y * sin[to]) / STEP) + most] += Math.min(change, CONTRAST);
    }
  }
  const peaks = (straight) => {
    const turns = Array.from({ length: 2 * SPREAD + 1 }, (_, n) => (straight - SPREAD + n + TURNS) % TURNS), found = [];
    const left = turns.map((t) => votes.slice(t * wide, (t + 1) * wide));
    for (let n = 0; n < MOST; n++) {
      let best = 0, row = 0, column = 0;
      left.forEach((line, r) => line.forEach((value, c) => { if (value > best) { best = value; row = r; column = c; } }));
      if (!best) break;
      found.push([cos[turns[row]], sin[turns[row]], (column - most) * STEP]);
      for (let r = Math.max(row - 3, 0); r < Math.min(row + 4, left.length); r++) left[r].fill(0, Math.max(column - 4, 0), column + 5);
    }
    return found;
  };
  const frames = [[1, 0, 0], [0, 1, 0], [-1, 0, 1 - w], [0, -1, 1 - h]];
  const lines = frames.map((frame, n) => [frame, ...peaks(n * TURNS / 4)]);
  const meet = (a, b) => {
    let across = a[0] * b[1] - a[1] * b[0];
    if (Math.abs(across) < .3) across = 1e-6;
    return [(a[2] * b[1] - a[1] * b[2]) / across, (a[0] * b[2] - a[2] * b[0]) / across];
  };
  const inside = ([x, y]) => x >= -w * BEYOND && x <= w * (1 + BEYOND) && y >= -h * BEYOND && y <= h * (1 + BEYOND);
  const support = (line, frame, from, to) => {
    if (!inside(from) || !inside(to) || (to[1] - from[1]) * line[0] - (to[0] - from[0]) * line[1] >= 0) return 0;
    if (frame) return FRAME;
    let sum = 0;
    for (let n = .5; n < SAMPLES; n++) {
      const x = from[0] + (to[0] - from[0]) * n / SAMPLES, y = from[1] + (to[1] - from[1]) * n / SAMPLES;
      const beside = (far) => at(x + far * line[0], y + far * line[1]);
      sum += clamp((beside(REACH) - Math.max(beside(-REACH), beside(-FAR))) / CONTRAST, -1, 1);
    }
    return sum / SAMPLES >= LEAST_SUPPORT ? sum / SAMPLES : 0;
  };
  const seen = lines.map((own, n) => {
    const before = lines[(n + 3) % 4], after = lines[(n + 1) % 4];
    return before.map((b) => own.map((line, i) => after.map((a) => support(line, !i, meet(b, line), meet(line, a)))));
  });
  const corners = (chosen) => chosen.map((line, n) => meet(line, chosen[(n + 1) % 4]));
  let best = null, score = 0;
  lines[0].forEach((L, l) => lines[1].forEach((U, u) => lines[2].forEach((R, r) => {
    const part = seen[1][l][u][r];
    if (part < FRAME || !(l || r)) return;
    lines[3].forEach((D, d) => {
      const left = seen[0][d][l][u], right = seen[2][u][r][d], low = seen[3][r][d][l];
      if (!(u || d) || Math.min(left, right, low) < FRAME) return;
      const [a, b, c, e] = corners([L, U, R, D]);
      const area = Math.abs((c[0] - a[0]) * (e[1] - b[1]) - (c[1] - a[1]) * (e[0] - b[0])) / 2 / (w * h);
      const worth = area < LEAST_AREA || (area >= FILLED && !(l && u && r && d)) || area * w * h < SLIM * Math.max(between(a, b), between(e, a)) ** 2 ? 0 : (part + left + right + low) * Math.min(area, 1) ** .2;
      if (worth > score) { score = worth; best = [l, u, r, d]; }
    });
  })));
  if (!best) return null;
  const rough = best.map((place, n) => lines[n][place]), ends = corners(rough);
  const fitted = rough.map((line, n) => (best[n] ? fit(at, line, ends[(n + 3) % 4], ends[n]) : line));
  return { corners: corners(fitted).map(([x, y]) => [x / w, y / h]), cut: best.includes(0) };
};
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const fit = (at, line, from, to) => {
  let points = [];
  for (let n = .5; n < 2 * SAMPLES; n++) {
    const x = from[0] + (to[0] - from[0]) * n / 2 / SAMPLES, y = from[1] + (to[1] - from[1]) * n / 2 / SAMPLES;
    let best = WEAKEST, away = null;
    for (let o = -SEARCH; o <= SEARCH; o++) {
      const rise = at(x + (o + 1) * line[0], y + (o + 1) * line[1]) - at(x + (o - 1) * line[0], y + (o - 1) * line[1]);
      if (rise > best || (away === null && rise >= best)) { best = rise; away = o; }
    }
    if (away !== null) points.push([y * line[0] - x * line[1], away]);
  }
  if (points.length < SAMPLES / 2) return line;
  const laid = () => {
    const n = points.length, p = points.reduce((s, q) => s + q[0], 0) / n, a = points.reduce((s, q) => s + q[1], 0) / n;
    const square = points.reduce((s, q) => s + (q[0] - p) ** 2, 0), slope = square ? points.reduce((s, q) => s + (q[0] - p) * (q[1] - a), 0) / square : 0;
    return [slope, a - slope * p];
  };
  for (let n = 0; n < 2; n++) {
    const [slope, height] = laid(), off = points.map((q) => Math.abs(q[1] - slope * q[0] - height)), near = Math.max(1.5, median(off));
    points = points.filter((_, i) => off[i] <= near);
  }
  const [slope, height] = laid(), x = line[0] + slope * line[1], y = line[1] - slope * line[0], length = Math.hypot(x, y);
  return [x / length, y / length, (line[2] + height) / length];
};

/* ── the sheet laid straight: documents/photographs.py ── */
const between = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
const sides = (p) => [Math.max(between(p[0], p[1]), between(p[3], p[2])), Math.max(between(p[0], p[3]), between(p[1], p[2]))];
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const aslant = (points, w, h) => {
  const [a, b, d, c] = points.map(([x, y]) => [x - w / 2, y - h / 2, 1]), most = Math.max(w, h);
  const way = (one, other) => { const k = dot(cross(a, d), other) / dot(cross(one, d), other); return one.map((value, n) => k * value - a[n]); };
  const wide = way(b, c), high = way(c, b), flat = wide[2] * high[2];
  const focus = Math.abs(flat) > 1e-9 ? -(wide[0] * high[0] + wide[1] * high[1]) / flat : -1;
  const depth = focus > 0 ? clamp(focus, (.6 * most) ** 2, (2.5 * most) ** 2) : (2.5 * most) ** 2;
  const length = (v) => v[0] ** 2 + v[1] ** 2 + depth * v[2] ** 2;
  return Math.sqrt(length(wide) / length(high));
};
const sizeOf = (points, w, h, most) => {
  const [wide, high] = sides(points), plain = wide / Math.max(high, 1), seen = aslant(points, w, h);
  const low = Math.min(plain, seen) * (1 - NEARLY), top = Math.max(plain, seen) * (1 + NEARLY);
  const ratio = [1 / A4, A4].find((paper) => low <= paper && paper <= top) || clamp(seen, plain / STRETCHED, plain * STRETCHED);
  const side = Math.min(Math.max(wide, high), most);
  return (ratio <= 1 ? [side * ratio, side] : [side, side / ratio]).map((v) => Math.max(Math.round(v), 1));
};
/* The eight numbers that lead from the straight sheet of w × h back into the picture. */
const projection = (p, w, h) => {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = p;
  const dx = x0 - x1 + x2 - x3, dy = y0 - y1 + y2 - y3, a = x1 - x2, b = x3 - x2, c = y1 - y2, d = y3 - y2, whole = a * d - b * c || 1e-9;
  const g = (dx * d - b * dy) / whole, k = (a * dy - dx * c) / whole;
  return [(x1 - x0 + g * x1) / w, (x3 - x0 + k * x3) / h, x0, (y1 - y0 + g * y1) / w, (y3 - y0 + k * y3) / h, y0, g / w, k / h];
};
const lay = (from, corners, most, grey) => {
  const points = corners.map(([x, y]) => [x * from.width, y * from.height]), [w, h] = sizeOf(points, from.width, from.height, most);
  const [a, b, c, d, e, f, g, k] = projection(points, w, h), into = from.data, W = from.width, H = from.height;
  const out = grey ? new Float32Array(w * h) : new Uint8ClampedArray(w * h * 4);
  for (let y = 0, i = 0; y < h; y++) {
    let right = b * (y + .5) + c + a / 2, down = e * (y + .5) + f + d / 2, deep = k * (y + .5) + 1 + g / 2;
    for (let x = 0; x < w; x++, i++, right += a, down += d, deep += g) {
      const u = clamp(right / deep - .5, 0, W - 1.001), v = clamp(down / deep - .5, 0, H - 1.001);
      const s = u | 0, t = v | 0, p = u - s, q = v - t, n = (t * W + s) * 4, m = t < H - 1 ? n + W * 4 : n;
      const one = (1 - p) * (1 - q), two = p * (1 - q), three = (1 - p) * q, four = p * q;
      const red = into[n] * one + into[n + 4] * two + into[m] * three + into[m + 4] * four;
      const green = into[n + 1] * one + into[n + 5] * two + into[m + 1] * three + into[m + 5] * four;
      const blue = into[n + 2] * one + into[n + 6] * two + into[m + 2] * three + into[m + 6] * four;
      if (grey) { out[i] = .299 * red + .587 * green + .114 * blue; continue; }
      const o = i * 4;
      out[o] = red; out[o + 1] = green; out[o + 2] = blue; out[o + 3] = 255;
    }
  }
  return { data: out, width: w, height: h };
};
const luma = (d, i) => .299 * d[i] + .587 * d[i + 1] + .114 * d[i + 2];

/* ── what is hard to read: documents/rules/photographs.py, whose numbers come with the page ── */
const measure = ({ data, width, height }, limits) => {
  const side = limits.block, rows = Math.floor(height / side), columns = Math.floor(width / side), shades = new Uint32Array(256);
  let blown = 0;
  const squares = [];
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) {
    let sum = 0, square = 0, edge = 0, edges = 0, light = 0;
    for (let y = r * side; y < (r + 1) * side; y++) for (let x = c * side; x < (c + 1) * side; x++) {
      const i = y * width + x, value = data[i];
      sum += value; square += value * value; shades[value | 0]++;
      if (value >= limits.blown) light++;
      if (!x || !y || x === width - 1 || y === height - 1) continue;
      const step = data[i - 1] + data[i + 1] + data[i - width] + data[i + width] - 4 * value;
      edge += step; edges += step * step;
    }
    const n = side * side;
    if (light / n >= FULL) blown++;
    squares.push([square / n - (sum / n) ** 2, edges / n - (edge / n) ** 2]);
  }
  const all = squares.length;
  let white = 0, below = 0;
  while (white < 255 && (below += shades[white]) < all * side * side * PAPER) white++;
  const written = squares.filter(([spread]) => Math.sqrt(Math.max(spread, 0)) >= Math.max(limits.writing_spread * white / 255, 1));
  const add = (n) => written.reduce((s, one) => s + one[n], 0);
  return { white, blown: blown / Math.max(all, 1), sharpness: written.length < LEAST_WRITING ? null : add(1) / add(0) };
};
const faultsOf = (m, limits) => {
  const small = m.side < limits.small_side, dark = m.white < limits.dark_white;
  const told = { cut: m.cut, small, dark, blur: !small && !dark && m.sharpness !== null && m.sharpness < limits.sharp, glare: m.blown > limits.glare_share && m.white < limits.glare_white };
  return Object.keys(told).filter((name) => told[name]);
};

/* Black on white: each point as a share of the light that falls there. */
const scan = (sheet) => {
  const { data, width, height } = sheet, w = Math.max(Math.floor(width / SHADE), 1), h = Math.max(Math.floor(height / SHADE), 1);
  const coarse = new Float32Array(w * h);
  for (let y = 0; y < h * SHADE && y < height; y++) for (let x = 0; x < w * SHADE && x < width; x++) coarse[(y >> 4) * w + (x >> 4)] += luma(data, (y * width + x) * 4) / 256;
  const over = (values, start, reach, take) => Float32Array.from(values, (_, i) => {
    const x = i % w, y = (i / w) | 0;
    let kept = start, n = 0;
    for (let v = Math.max(y - reach, 0); v <= Math.min(y + reach, h - 1); v++) for (let u = Math.max(x - reach, 0); u <= Math.min(x + reach, w - 1); u++) { kept = take(kept, values[v * w + u]); n++; }
    return take === Math.max ? kept : kept / n;
  });
  const light = over(over(coarse, 0, 2, Math.max), 0, 2, (a, b) => a + b);
  for (let y = 0; y < height; y++) {
    const v = clamp((y + .5) / SHADE - .5, 0, h - 1), t = v | 0, q = v - t, next = Math.min(t + 1, h - 1);
    for (let x = 0; x < width; x++) {
      const u = clamp((x + .5) / SHADE - .5, 0, w - 1), s = u | 0, p = u - s, beside = Math.min(s + 1, w - 1), i = (y * width + x) * 4;
      const here = (light[t * w + s] * (1 - p) + light[t * w + beside] * p) * (1 - q) + (light[next * w + s] * (1 - p) + light[next * w + beside] * p) * q;
      data[i] = data[i + 1] = data[i + 2] = (luma(data, i) / Math.max(here, 1) - BLACK) / (WHITE - BLACK) * 255;
    }
  }
  return sheet;
};

/* ── work, in the worker or, where there is none, in slices on the page ── */
const canvasOf = (w, h) => (self.OffscreenCanvas ? new OffscreenCanvas(w, h) : Object.assign(document.createElement("canvas"), { width: w, height: h }));
const jpeg = (canvas, quality) => (canvas.convertToBlob ? canvas.convertToBlob({ type: "image/jpeg", quality }) : new Promise((done) => canvas.toBlob(done, "image/jpeg", quality)));
const drawn = (picture, most) => {
  const scale = Math.min(1, most / Math.max(picture.width, picture.height)), w = Math.max(Math.round(picture.width * scale), 1), h = Math.max(Math.round(picture.height * scale), 1);
  const canvas = canvasOf(w, h), pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, w, h);
  return { canvas, pixels: () => pen.getImageData(0, 0, w, h) };
};
const rest = () => new Promise((done) => setTimeout(done, 0));
let open = null;
const work = {
  async open({ picture, real, limits }) {
    const whole = drawn(picture, WORK), small = drawn(picture, SIDE).pixels();
    let codes = [];
    try { codes = (await new BarcodeDetector({ formats: ["qr_code"] }).detect(picture)).map((code) => code.rawValue); } catch { /* few browsers read codes; the server does */ }
    if (picture.close) picture.close();
    open = { pixels: whole.pixels(), limits };
    await rest();
    const found = find(Float32Array.from({ length: small.width * small.height }, (_, i) => luma(small.data, i * 4)), small.width, small.height);
    await rest();
    const corners = found ? found.corners : WHOLE, sheet = lay(open.pixels, corners, limits.measured_side, true), scale = real / Math.max(open.pixels.width, open.pixels.height);
    const side = Math.max(...sides(corners.map(([x, y]) => [x * open.pixels.width, y * open.pixels.height]))) * scale;
    const measures = { ...measure(sheet, limits), side, cut: !!found && found.cut };
    return { corners: found && found.corners, faults: faultsOf(measures, limits), measures, codes };
  },
  /* The picture as it was taken, for whoever moves the corners. */
  async view() {
    const { width, height } = open.pixels, canvas = canvasOf(width, height);
    canvas.getContext("2d").putImageData(open.pixels, 0, 0);
    return { blob: await jpeg(drawn(canvas, VIEW).canvas, .8) };
  },
  async lay({ corners, grey }) {
    let sheet = lay(open.pixels, corners, open.limits.page_side);
    await rest();
    if (grey) sheet = scan(sheet);
    const canvas = canvasOf(sheet.width, sheet.height);
    canvas.getContext("2d").putImageData(new ImageData(sheet.data, sheet.width, sheet.height), 0, 0);
    let blob;
    for (const quality of [.82, .74, .66, .56, .46, .36]) {
      blob = await jpeg(canvas, quality);
      if (blob.size <= open.limits.page_bytes) break;
    }
    return { blob };
  },
};
if (typeof document === "undefined") {
  onmessage = async ({ data }) => {
    try { postMessage({ turn: data.turn, told: await work[data.name](data.given) }); } catch (fault) { postMessage({ turn: data.turn, fault: String(fault) }); }
  };
  return;
}
const here = document.currentScript.src;
let worker = null, turns = 0;
const waiting = new Map();
const ask = (name, given, carried = []) => {
  if (!self.Worker || !self.OffscreenCanvas) return work[name](given);
  if (!worker) {
    worker = new Worker(here);
    worker.onmessage = ({ data }) => { const [done, failed] = waiting.get(data.turn); waiting.delete(data.turn); if (data.fault) failed(data.fault); else done(data.told); };
    worker.onerror = () => { waiting.forEach(([, failed]) => failed("worker")); waiting.clear(); worker = null; };
  }
  return new Promise((done, failed) => { waiting.set(++turns, [done, failed]); worker.postMessage({ turn: turns, name, given }, carried); });
};

/* The size is read before the points are unpacked: 108 megapixels never lie in memory at once. HEIC, where unknown, is sent as it is. */
const unpacked = async (file) => {
  const url = URL.createObjectURL(file), image = new Image();
  try {
    await new Promise((done, failed) => { image.onload = done; image.onerror = failed; image.src = url; });
    const w = image.naturalWidth, h = image.naturalHeight, scale = Math.min(1, WORK / Math.max(w, h)), real = Math.max(w, h);
    const size = { resizeWidth: Math.round(w * scale), resizeHeight: Math.round(h * scale), resizeQuality: "medium" };
    return { real, picture: await createImageBitmap(file, scale < 1 ? size : {}) };
  } finally { URL.revokeObjectURL(url); }
};

/* ── the sheets that were printed to be signed: journeys/signed_sheets.py ── */
const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const draftOf = (code) => {
  let bits = 0, held = 0, hex = "";
  for (const letter of code.slice(0, 26)) {
    bits = (bits << 5) | LETTERS.indexOf(letter); held += 5;
    while (held >= 4) { held -= 4; hex += ((bits >> held) & 15).toString(16); bits &= (1 << held) - 1; }
  }
  return hex.slice(0, 32);
};
const sheetIn = (codes) => {
  const code = codes.map((text) => /\/to-ky\/([a-z2-7]{40,})/.exec(text)).find(Boolean);
  const page = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(location.pathname);
  return code && page && (draftOf(code[1]) === page[0].replace(/-/g, "") ? "signed" : "stranger");
};

/* ── the desk: one picture after the other ── */
const isPicture = (file) => /^image\//.test(file.type) || /\.(jpe?g|png|webp)$/i.test(file.name);
const styled = (href) => new Promise((done) => {
  if (!href || document.querySelector(`link[href="${href}"]`)) return done();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: done, onerror: done });
  document.head.append(link);
});
class Desk {
  constructor(box) {
    const template = box.querySelector("template[data-desk]");
    this.limits = JSON.parse(template.dataset.limits);
    this.dialog = document.importNode(template.content, true).firstElementChild;
    document.body.append(this.dialog);
    this.corners = [...this.dialog.querySelectorAll("[data-corner]")];
    this.corners.forEach((handle, n) => this.movable(handle, n));
    this.$(".photo-desk-frame").addEventListener("click", (e) => this.touched(e));
    this.dialog.addEventListener("click", (e) => { const button = e.target.closest("[data-do]"); if (button && !this.busy) this[button.dataset.do](); });
    this.dialog.addEventListener("cancel", (e) => { e.preventDefault(); if (this.editing) this.straight(); else if (!this.busy) this.drop(); });
    for (const which of ["again", "next"]) {
      const input = this.$(`[data-${which}]`);
      if (input) input.addEventListener("change", () => { if (input.files.length && !this.busy) this.decided({ [which]: input.files[0], kept: which === "next" }); });
    }
    this.dialog.showModal();
  }
  $(what) { return this.dialog.querySelector(what); }
  say(what) { const words = this.$("[data-words]"); words.textContent = words.dataset[what] || ""; }
  close() { this.dialog.close(); this.dialog.remove(); this.let(); }
  let() { (this.urls || []).forEach((url) => URL.revokeObjectURL(url)); this.urls = []; }
  url(blob) { const url = URL.createObjectURL(blob); this.urls.push(url); return url; }

  /* Return what shall be sent of a picture, and what was taken besides. */
  async look(file, count) {
    this.let();
    Object.assign(this, { file, turned: 0, scanned: false, editing: false, picked: null, laid: null });
    this.$("[data-count]").textContent = count;
    this.mode("look"); this.say("looking"); this.faults([]); this.$("[data-picture]").removeAttribute("src");
    this.$("#desk-title").focus();
    this.works(true);
    const { real, picture } = await unpacked(file);
    this.real = real;
    this.seen = await ask("open", { picture, real, limits: this.limits }, [picture]);
    this.picked = this.seen.corners || WHOLE;
    this.faults([...this.seen.faults, sheetIn(this.seen.codes)]);
    await this.show();
    return new Promise((done) => { this.decided = (what) => done({ ...what, file: what.kept ? this.result() : null }); });
  }
  faults(names) {
    const list = this.$("[data-faults]");
    list.querySelectorAll("li").forEach((line) => { line.hidden = !names.includes(line.dataset.fault); });
    list.hidden = ![...list.children].some((line) => !line.hidden);
    this.$("[data-signed]").hidden = !names.includes("signed");
    const use = this.$("[data-do=use]");
    use.dataset.plain = use.dataset.plain || use.textContent;
    use.textContent = list.hidden ? use.dataset.plain : use.dataset.still;
    use.classList.toggle("button-secondary", !list.hidden);
  }
  /* A quarter to the right: the corner that was lower left comes to be upper left. */
  order() { return this.picked.map((_, n) => this.picked[(n + 4 - this.turned) % 4]); }
  async show() {
    this.works(true);
    this.laid = (await ask("lay", { corners: this.order(), grey: this.scanned })).blob;
    this.$("[data-picture]").src = this.url(this.laid);
    this.works(false);
    this.say(this.picked === WHOLE ? "whole" : "straight");
  }
  result() {
    const untouched = this.picked === WHOLE && !this.turned && !this.scanned;
    if (untouched && this.file.size <= this.limits.page_bytes && this.real <= this.limits.page_side) return this.file;
    return new File([this.laid], this.file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  }
  mode(name) {
    this.editing = name === "corners";
    this.dialog.querySelectorAll("[data-when]").forEach((part) => { part.hidden = part.dataset.when !== name; });
    this.corners.forEach((handle) => { handle.hidden = !this.editing; });
    this.$("[data-outline]").toggleAttribute("hidden", !this.editing);
    this.$("[data-do=grey]").setAttribute("aria-pressed", this.scanned);
  }
  use() { this.decided({ kept: true }); }
  drop() { this.decided({}); }
  turn() { this.turned = (this.turned + 1) % 4; this.show(); }
  grey() { this.scanned = !this.scanned; this.mode("look"); this.show(); }
  whole() { this.picked = WHOLE; this.straight(); }
  straight() { this.mode("look"); this.$("[data-do=edit]").focus(); this.show(); }
  works(busy) { this.busy = busy; if (busy) this.dialog.setAttribute("aria-busy", "true"); else this.dialog.removeAttribute("aria-busy"); }
  async edit() {
    this.works(true);
    this.seen.url = this.seen.url || this.url((await ask("view")).blob);
    this.works(false);
    this.$("[data-picture]").src = this.seen.url; this.mode("corners"); this.say("corners"); this.place(); this.corners[0].focus();
  }

  movable(handle, n) {
    const move = (x, y) => { this.picked = this.picked.map((corner, m) => (m === n ? [clamp(x, 0, 1), clamp(y, 0, 1)] : corner)); this.place(); };
    const keys = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    handle.addEventListener("pointerdown", (e) => { handle.setPointerCapture(e.pointerId); e.preventDefault(); handle.focus(); });
    handle.addEventListener("pointermove", (e) => {
      if (!handle.hasPointerCapture(e.pointerId)) return;
      const frame = this.$("[data-picture]").getBoundingClientRect();
      move((e.clientX - frame.left) / frame.width, (e.clientY - frame.top) / frame.height);
    });
    handle.addEventListener("keydown", (e) => {
      const way = keys[e.key], step = e.shiftKey ? .05 : .01;
      if (!way) return;
      e.preventDefault();
      move(this.picked[n][0] + way[0] * step, this.picked[n][1] + way[1] * step);
    });
  }
  /* Without dragging (WCAG 2.5.7): the nearest corner comes to where the picture is touched. */
  touched(e) {
    if (!this.editing || e.target.closest("[data-corner]")) return;
    const frame = this.$("[data-picture]").getBoundingClientRect();
    const x = clamp((e.clientX - frame.left) / frame.width, 0, 1), y = clamp((e.clientY - frame.top) / frame.height, 0, 1);
    const far = this.picked.map((corner) => (corner[0] - x) ** 2 + (corner[1] - y) ** 2), near = far.indexOf(Math.min(...far));
    this.picked = this.picked.map((corner, n) => (n === near ? [x, y] : corner));
    this.place();
  }
  place() {
    this.corners.forEach((handle, n) => { handle.style.left = this.picked[n][0] * 100 + "%"; handle.style.top = this.picked[n][1] * 100 + "%"; });
    this.$("polygon").setAttribute("points", this.picked.map(([x, y]) => `${x * 100},${y * 100}`).join(" "));
  }
}

/* Return what shall be sent of these files; none when all were put aside. What cannot be opened here goes as it is. */
self.motcuaPhotos = async (box, files) => {
  if (!box.querySelector("template[data-desk]") || !self.HTMLDialogElement || !self.createImageBitmap) return files;
  await styled(box.dataset.deskStyle);
  const queue = [...files], kept = [];
  let desk = null;
  for (let n = 0; n < queue.length; n++) {
    if (!isPicture(queue[n])) { kept.push(queue[n]); continue; }
    desk = desk || new Desk(box);
    let told;
    try { told = await desk.look(queue[n], queue.length > 1 ? `${n + 1}/${queue.length}` : ""); } catch { told = { file: queue[n] }; }
    if (told.file) kept.push(told.file);
    if (told.again) queue[n--] = told.again;
    if (told.next) queue.splice(n + 1, 0, told.next);
  }
  if (desk) desk.close();
  return kept;
};
self.motcuaPhotos.ask = ask;
self.motcuaPhotos.unpacked = unpacked;
})();
