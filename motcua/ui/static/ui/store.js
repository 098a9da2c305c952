/* What this phone keeps until it is sent: one database, three stores; keys are paths (`draft/page`, `draft/paper/id`).
   Where a browser keeps nothing (old, private, full) every call rejects: the page says so and goes on without. One that
   does not even answer counts as such, until it does: nothing waits for it. */
(() => {
"use strict";
const STORES = ["answers", "outbox", "uploads"], PATIENCE = 4000;
let opening;
const open = () => opening = opening || new Promise((done, failed) => {
  const asked = indexedDB.open("motcua", 1);
  asked.onupgradeneeded = () => STORES.forEach((name) => asked.result.createObjectStore(name));
  asked.onsuccess = () => {
    asked.result.onversionchange = () => { asked.result.close(); opening = null; };
    asked.result.onclose = () => { opening = null; };
    done(asked.result); opening = Promise.resolve(asked.result);
  };
  asked.onerror = () => { opening = null; failed(asked.error); };
  setTimeout(failed, PATIENCE, new DOMException("", "TimeoutError"));
});
const act = async (store, mode, run) => {
  const db = await open();
  return new Promise((done, failed) => {
    const all = db.transaction(store, mode), found = run(all.objectStore(store));
    all.oncomplete = () => done(found && found.result);
    all.onerror = all.onabort = (e) => failed(e.target.error || new DOMException("", "AbortError"));
  });
};
/* Reads and writes in one step, so that two tabs never undo each other; what `run` returns is kept, nothing deletes. */
const change = async (store, key, run) => {
  const db = await open();
  return new Promise((done, failed) => {
    const turn = db.transaction(store, "readwrite"), there = turn.objectStore(store), asked = there.get(key);
    let now;
    asked.onsuccess = () => {
      now = run(asked.result);
      if (now === undefined) there.delete(key); else there.put(now, key);
    };
    turn.oncomplete = () => done(now);
    turn.onerror = turn.onabort = (e) => failed(e.target.error || new DOMException("", "AbortError"));
  });
};
const under = (prefix) => IDBKeyRange.bound(prefix, prefix + "\uffff");
const all = async (store, prefix = "") => {
  const keys = await act(store, "readonly", (s) => s.getAllKeys(under(prefix)));
  const values = await Promise.all(keys.map((key) => motcuaStore.get(store, key)));
  return keys.map((key, n) => [key, values[n]]).filter(([, value]) => value !== undefined);
};
/* A deleted database is gone also for the tabs that had it open. */
const wipe = async () => {
  try { (await opening).close(); } catch { /* it was never opened */ }
  opening = null;
  await new Promise((done) => {
    const asked = indexedDB.deleteDatabase("motcua");
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  });
};
self.motcuaStore = {
  put: (store, key, value) => act(store, "readwrite", (s) => s.put(value, key)),
  get: (store, key) => act(store, "readonly", (s) => s.get(key)),
  delete: (store, key) => act(store, "readwrite", (s) => s.delete(key)),
  /* Everything whose key begins so: [[key, value], …] in the order of the keys. */
  all, change, wipe,
  clear: (store, prefix) => act(store, "readwrite", (s) => s.delete(under(prefix))),
};
})();
