// What is being worked on: our Markdown, a brand, and the doubts of its reader. It is kept in this
// browser after each change, with what was typed and not yet answered for.

import { Failed, call, files } from "./server.js";

const KEY = "workshop-papers-studio";
const SMALL = 1_500_000;
export const state = { markdown: "", name: "", brand: {}, doubts: [], original: null };
export const shown = { set: null, rows: null, at: null, problems: [], fit: null, pages: {}, colors: [] };
const past = [];
const future = [];
const queue = [];
let working = null;
let merged = "";
const listeners = [];

export const onShown = (listener) => listeners.push(listener);
export const history = () => ({ undo: past.length > 0, redo: future.length > 0 });
const copy = () => ({ markdown: state.markdown, brand: { ...state.brand }, doubts: state.doubts });

export function remember() {
  const kept = { ...state, queue: queue.map((each) => each.change).filter(Boolean) };
  const names = [...files.keys()];
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...kept, title: shown.set?.title, names }));
  } catch {
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...kept, original: null }));
    } catch { /* A browser that keeps nothing: the page goes on without. */ }
  }
}

export async function keepFile(name, data) {
  const bytes = new Uint8Array(data instanceof Blob ? await data.arrayBuffer() : data);
  if (bytes.length > SMALL) return;
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  try {
    localStorage.setItem(`${KEY}/${name}`, btoa(text));
  } catch { /* as above */ }
}

export function recalled() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return null;
  }
}

function forget() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(KEY)) localStorage.removeItem(key);
  files.clear();
}

/** Goes on with what this browser kept. */
export async function recall() {
  const { queue: typed = [], title, names = [], ...kept } = recalled();
  for (const name of names) {
    const text = localStorage.getItem(`${KEY}/${name}`);
    if (text) files.set(name, Uint8Array.from(atob(text), (each) => each.charCodeAt(0)));
  }
  Object.assign(state, kept);
  past.length = future.length = 0;
  await work();
  for (const each of typed) await change(each);
}

/** A new list, or the same one read in another way; where that cannot be done, all is as it was. */
export async function begin(read, original, fresh = true) {
  const before = copy();
  const old = { name: state.name, original: state.original };
  const { markdown, name, doubts } = read;
  Object.assign(state, { markdown, name, doubts, original, ...(fresh ? { brand: {} } : {}) });
  try {
    await work();
  } catch (problem) {
    Object.assign(state, before, old);
    throw problem;
  }
  merged = "";
  future.length = 0;
  if (fresh) {
    past.length = 0;
    forget();
  } else past.push(before);
  remember();
}

function save(step) {
  if (step && step === merged) return;
  merged = step;
  past.push(copy());
  if (past.length > 500) past.shift();
  future.length = 0;
}

export const endStep = () => { merged = ""; };

/** One change of the set. Texts of one place that wait become one change. */
export function change(asked) {
  const step = asked.do === "text" ? `text ${JSON.stringify(asked.at)}` : "";
  const last = queue.at(-1);
  if (last && !last.sent && step && last.step === step) {
    last.change = asked;
    remember();
    return last.done;
  }
  const made = { change: asked, step };
  made.done = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  queue.push(made);
  remember();
  run();
  return made.done;
}

export const write = (markdown) => { save("markdown"); state.markdown = markdown; return work(); };
export const dress = (brand) => { save("brand"); Object.assign(state.brand, brand); return work(); };
export const work = () => {
  const made = {};
  made.done = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  queue.push(made);
  run();
  return made.done;
};

async function run() {
  if (working) return;
  working = true;
  while (queue.length) {
    const each = queue[0];
    each.sent = true;
    const before = copy();
    try {
      const { markdown, name, brand } = state;
      const answer = await call("work", { markdown, name, brand, change: each.change ?? null });
      if (each.change && answer.markdown !== before.markdown) save(each.step);
      if (state.markdown === markdown) state.markdown = answer.markdown;
      Object.assign(shown, answer);
      queue.shift();
      for (const listener of listeners) listener();
      remember();
      each.resolve();
    } catch (problem) {
      if (!(problem instanceof Failed)) { queue.shift(); each.reject(problem); continue; }
      const waits = ["offline", "address", "full"].includes(problem.reason);
      if (!waits) queue.shift();
      else each.sent = false;
      remember();
      each.reject(problem);
      if (waits) break;
    }
  }
  working = null;
}

/** Sends again what could not be sent. */
export const resume = () => {
  const first = queue[0];
  if (!first) return work();
  first.done = new Promise((resolve, reject) => Object.assign(first, { resolve, reject }));
  run();
  return first.done;
};

/** When all that was changed has been answered. */
export async function settled() {
  while (working) await new Promise((go) => { setTimeout(go, 10); });
}

const step = (from, to) => async () => {
  await settled();
  if (!from.length) return;
  to.push(copy());
  Object.assign(state, from.pop());
  merged = "";
  await work();
};
export const undo = step(past, future);
export const redo = step(future, past);

/** For a session that is new: the set as it is. */
export const again = () =>
  call("work", { markdown: state.markdown, name: state.name, brand: state.brand, change: null });
