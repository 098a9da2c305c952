/* The conditions of a page, decided on the phone exactly as the server decides them (CEL).
   [data-rules] holds {show: [[field id, name, tree, value of nothing]], checks: [tree], types: {name: type},
   values: {name: value}}; trees are nested lists, see motcua/procedures/rules/syntax.py. What fails is not true. */
(() => {
"use strict";
const fail = (why) => { throw new Error(why); };
const points = (s) => [...s].map((c) => c.codePointAt(0));
const order = (a, b) => {
  if (typeof a !== "string") return a < b ? -1 : a > b ? 1 : 0;
  const x = points(a), y = points(b), at = x.findIndex((c, n) => c !== y[n]);
  return at < 0 ? x.length - y.length : y[at] === undefined ? 1 : x[at] - y[at];
};
const same = (a, b) => (Array.isArray(a) ? a.length === b.length && a.every((v, n) => same(v, b[n])) : a === b);
const whole = (n) => (Number.isSafeInteger(n) ? n + 0 : fail("number"));
const fold = (s) => s.toLowerCase().replace(/ß/g, "ss").normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").split(/\s+/u).filter(Boolean).join(" ");
const day = (s) => {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(s) || fail("date");
  const at = new Date(Date.UTC(2000, found[2] - 1, found[3]));
  at.setUTCFullYear(+found[1], found[2] - 1, +found[3]);
  return +found[1] && at.getUTCMonth() === found[2] - 1 && at.getUTCDate() === +found[3] ? at : fail("date");
};
const functions = {
  known: (s) => s !== "",
  full_date: (s) => /^\d{4}-\d{2}-\d{2}$/.test(s),
  years_between: (a, b) => {
    const x = day(a), y = day(b), md = (d) => d.getUTCMonth() * 40 + d.getUTCDate();
    return y.getUTCFullYear() - x.getUTCFullYear() - (md(y) < md(x) ? 1 : 0);
  },
  days_between: (a, b) => Math.round((day(b) - day(a)) / 864e5),
  year_of: (s) => (/^\s*[+-]?\d+\s*$/.test(s.slice(0, 4)) ? parseInt(s.slice(0, 4), 10) : fail("year")),
  same_name: (a, b) => fold(a) === fold(b),
  first_word: (s) => s.split(/\s+/u).filter(Boolean)[0] || "",
  number_fits: (number, sex, year) => {
    const digit = (Math.floor(year / 100) - 19) * 2 + (sex === "male" ? 0 : 1);
    return points(number).length === 12 && number.slice(3, 6) === `${digit}${String(((year % 100) + 100) % 100).padStart(2, "0")}`;
  },
  sum: (list) => whole(list.reduce((a, b) => a + b, 0)),
  size: (v) => (typeof v === "string" ? points(v).length : v.length),
};
const decided = (either) => (of, a, b) => {
  let left, wrong;
  try { left = of(a); } catch (error) { wrong = error; }
  if (!wrong && left === either) return either;
  const right = of(b);
  if (wrong && right !== either) throw wrong;
  return right;
};
const operators = {
  "||": decided(true), "&&": decided(false),
  "?": (of, c, a, b) => (of(c) ? of(a) : of(b)),
  "!": (of, a) => !of(a), neg: (of, a) => whole(-of(a)),
  "==": (of, a, b) => same(of(a), of(b)), "!=": (of, a, b) => !same(of(a), of(b)),
  "<": (of, a, b) => order(of(a), of(b)) < 0, "<=": (of, a, b) => order(of(a), of(b)) <= 0,
  ">": (of, a, b) => order(of(a), of(b)) > 0, ">=": (of, a, b) => order(of(a), of(b)) >= 0,
  in: (of, a, b) => { const one = of(a); return of(b).some((v) => same(v, one)); },
  "+": (of, a, b) => { const x = of(a), y = of(b); return Array.isArray(x) ? [...x, ...y] : typeof x === "string" ? x + y : whole(x + y); },
  "-": (of, a, b) => whole(of(a) - of(b)), "*": (of, a, b) => whole(of(a) * of(b)),
  "/": (of, a, b) => { const y = of(b); return y ? whole(Math.trunc(of(a) / y)) : fail("zero"); },
  "%": (of, a, b) => { const y = of(b); return y ? whole(of(a) % y) : fail("zero"); },
};
const macros = {
  all: (list, test) => list.reduce((found, v) => { const one = settle(() => test(v)); return found === false || one === false ? false : found instanceof Error ? found : one; }, true),
  exists: (list, test) => list.reduce((found, v) => { const one = settle(() => test(v)); return found === true || one === true ? true : found instanceof Error ? found : one; }, false),
  exists_one: (list, test) => list.filter(test).length === 1,
  filter: (list, test) => list.filter(test),
  map: (list, make) => list.map(make),
};
const settle = (run) => { try { return run(); } catch (error) { return error; } };
const evaluate = (tree, values, bound = {}) => {
  const of = (part) => evaluate(part, values, bound), [kind, first, ...rest] = tree;
  if (kind === "=") return first;
  if (kind === "$") return first in values ? values[first] : fail(first);
  if (kind === "@") return bound[first];
  if (kind === "[") return tree.slice(1).map(of);
  if (kind === ".") { const row = of(first); return rest[0] in row ? row[rest[0]] : fail(rest[0]); }
  if (kind === "has") return rest[0] in of(first);
  if (kind === "f") return functions[first](...rest.map(of));
  if (kind === "m") {
    const [list, name, ...bodies] = rest, run = (n) => (v) => evaluate(bodies[n], values, { ...bound, [name]: v });
    if (bodies.length > 1) return of(list).filter(run(0)).map(run(1));
    const found = macros[first](of(list), run(0));
    return found instanceof Error ? fail(found.message) : found;
  }
  return operators[kind](of, first, ...rest);
};
const holds = (tree, values) => { try { return evaluate(tree, values) === true; } catch { return false; } };

/* What stands in the controls of a page, as the server would read it; what it would refuse is not answered yet. */
const text = (told, name) => { const found = told(name).pop(); return typeof found === "string" ? found.normalize("NFC").trim() : ""; };
const date = (told, name) => {
  const [d, m, y] = ["day", "month", "year"].map((part) => text(told, `${name}__${part}`));
  const iso = [y, m && m.padStart(2, "0"), d && d.padStart(2, "0")].filter(Boolean).join("-");
  if (!/^\d{4}(-\d\d(-\d\d)?)?$/.test(iso) || (d && !m)) return "";
  return iso.length < 10 ? iso : settle(() => day(iso)) instanceof Error ? "" : iso;
};
const readers = {
  yes_no: (told, name) => text(told, name) === "yes",
  tick: (told, name) => text(told, name) !== "",
  number: (told, name) => { const said = text(told, name).replace(/[\s.]/g, ""); return /^-?\d{1,15}$/.test(said) ? +said : 0; },
  choices: (told, name) => told(name).filter(Boolean),
  personal_number: (told, name) => { const said = text(told, name).replace(/[\s.-]/g, ""); return /^\d{12}$/.test(said) ? said : ""; },
  place: (told, name) => text(told, name.replace(/\.(\w+)$/, "__$1")),
  date,
};
/* `told` gives the values that stand under a name of a control. */
const read = (told, types) => Object.fromEntries(Object.entries(types).map(([name, kind]) => [name, (readers[kind] || text)(told, name)]));
/* A whole form, as its plan knows it and as its pages were filled in on this phone: what each condition asks for. */
const settled = (plan, toldOn) => {
  const values = { ...plan.values };
  for (const page of plan.pages) {
    const told = toldOn(page.id);
    if (told) Object.assign(values, read(told, page.types));
    for (const [, name, tree, empty] of page.show) if (name in page.types && !holds(tree, values)) values[name] = empty;
    for (const [name, tree, source] of page.take) if (holds(tree, values)) values[name] = values[source];
  }
  return values;
};
const asked = (page, values) => holds(page.when, values) && (page.always || page.show.some(([, , tree]) => holds(tree, values)));
const apply = (form) => {
  const box = form.querySelector("[data-rules]");
  if (!box) return;
  const rules = JSON.parse(box.dataset.rules), data = new FormData(form);
  const values = { ...rules.values, ...motcuaRules.elsewhere, ...read((name) => data.getAll(name), rules.types) };
  for (const [id, name, tree, empty] of rules.show) {
    const shown = holds(tree, values), field = document.getElementById(`${id}-field`);
    if (field) field.hidden = !shown;
    if (!shown && name in rules.types) values[name] = empty;
  }
  rules.checks.forEach((tree, n) => {
    const notice = box.querySelector(`[data-check="${n}"]`);
    if (notice) notice.hidden = holds(tree, values);
  });
};
/* `elsewhere`: what other pages say now, where the phone knows it better than the page does. */
self.motcuaRules = { evaluate, holds, fold, settled, asked, elsewhere: {} };
const watch = (form) => {
  for (const news of ["change", "fresh"]) form.addEventListener(news, () => apply(form));
  apply(form);
};
document.querySelectorAll("form").forEach((form) => form.querySelector("[data-rules]") && watch(form));
})();
