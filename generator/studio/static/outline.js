// The list as it was read: themes, questions and what stands under them, each a row to type in, with
// its doubts beside it. A place is the number of a row.

import { call } from "./server.js";
import { change, endStep, remember, shown, state } from "./state.js";
import { $, button, h, kindName, labelled, notice, t } from "./words.js";

const SIGNS = { followup: "–", choice: "☐", note: "✎", intro: "¶" };
const ROOMS = ["", "lines=2", "lines=4", "lines=6", "lines=fill", "box=6cm", "grid=6cm", "dots=6cm",
  "scale=1-5", "none"];
const WAYS = ["", "headings", "lists", "lines", "paragraphs"];
let failed = () => {};
let follow = () => {};
export const connect = (onFail, onFollow) => { failed = onFail; follow = onFollow; };

const act = (asked) => change(asked).catch((problem) => failed(problem));
const isHead = ({ kind }) => kind === "theme" || kind === "question";
const field = (at) => $("outline").querySelector(`[data-at="${at}"] textarea`);
const areas = () => [...$("outline").querySelectorAll("textarea")];

/** Makes a change and goes on where it left off; something new is there to be typed over. */
async function then(asked) {
  await act(asked);
  const area = field(shown.at);
  area?.scrollIntoView({ block: "nearest" });
  area?.focus();
  if (asked.do === "add") area?.select();
}

const add = (at, kind) => then({ do: "add", at, kind,
  text: t({ theme: "new_theme", question: "new_question" }[kind] ?? kind), first: t("new_question") });

function remove(at) {
  act({ do: "delete", at }).then(() => {
    notice(t("deleted"));
    (field(at - 1) ?? areas()[0])?.focus();
  });
}

async function move(at, asked) {
  await then({ do: "move", at, ...asked });
  const row = shown.rows[shown.at];
  if (!row || !isHead(row)) return;
  const alike = shown.rows.filter((each) => each.kind === row.kind
    && (row.kind === "theme" || each.theme === row.theme));
  notice(t("moved", { place: alike.indexOf(row) + 1, count: alike.length }));
}

// -- what is typed, clicked and dragged

export function listen() {
  const on = (kind, what, does) => $("outline").addEventListener(kind, (event) => {
    const node = event.target.closest(what);
    if (node) does(Number(node.closest("[data-at]").dataset.at), node, event);
  });
  on("input", "textarea", (at, area) => {
    fit(area);
    if (area.value.trim()) act({ do: "text", at, text: area.value });
  });
  on("focusin", "textarea", (at) => follow(shown.rows[at]));
  on("focusout", "textarea", (at, area) => {
    endStep();
    if (!area.value.trim()) act({ do: "delete", at });
  });
  on("keydown", "textarea", typed);
  on("dragstart", ".sign", (at, _, event) => {
    event.dataTransfer.setData("text/x-place", at);
    event.dataTransfer.effectAllowed = "move";
  });
  on("dragover", "li", (_, row, event) => {
    if (!event.dataTransfer.types.includes("text/x-place")) return;
    event.preventDefault();
    row.classList.add("over");
  });
  on("dragleave", "li", (_, row) => row.classList.remove("over"));
  on("drop", "li", (at, row, event) => {
    row.classList.remove("over");
    const from = event.dataTransfer.getData("text/x-place");
    if (!from) return;
    event.preventDefault();
    event.stopPropagation();
    move(Number(from), { to: row.classList.contains("adding") ? at : before(shown.rows[from].kind, at) });
  });
}

/** A theme goes before the theme of a row, a question before the next question from there. */
function before(kind, at) {
  const found = shown.rows.findIndex((each, n) => each.kind === kind
    && (kind === "theme" ? each.theme === shown.rows[at].theme : n >= at));
  return found < 0 ? shown.rows.length : found;
}

function typed(at, area, event) {
  const { kind } = shown.rows[at];
  const does = event.key === "Enter" && !event.isComposing ? () => add(at, kind === "theme" ? "question" : kind)
    : event.key === "Backspace" && !area.value ? () => remove(at)
      : event.altKey && event.key === "ArrowUp" ? () => move(at, { by: -1 })
        : event.altKey && event.key === "ArrowDown" ? () => move(at, { by: 1 }) : null;
  if (!does) return;
  event.preventDefault();
  does();
}

function fit(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

// -- what can be done with a row

function kindsFor({ kind, theme, place }) {
  const isFirst = kind === "question" ? place === 1 : place === 0;
  const not = new Set([kind, ...(isFirst ? ["followup", "choice"] : [])]);
  const all = { theme: ["question", ...(theme > 0 ? ["nothing"] : [])],
    question: [...(isFirst ? [] : ["theme"]), "followup", "choice", "note", "intro", "nothing"] }[kind]
    ?? ["question", "followup", "choice", "note", "intro", "nothing"];
  return all.filter((each) => !not.has(each));
}

const turns = (at, done = () => {}) => kindsFor(shown.rows[at]).map((into) =>
  button(kindName(into), () => { done(); act({ do: "turn", at, into }); }, "small"));

/** An answer space as it stands in braces, in words: `box=70mm` is "an empty box, 70mm". */
function roomName(value) {
  const [kind, size] = value.split("=");
  if (kind === "lines" && size !== "fill") return t("answer_lines", { count: size });
  if (["box", "grid", "dots"].includes(kind)) return t("answer_sized", { room: t(`answer_${kind}`), size });
  const known = { "": "page", "lines=fill": "fill", "scale=1-5": "scale", none: "none" }[value];
  return known ? t(`answer_${known}`) : value;
}

export function rooms(at, value, id) {
  const known = ROOMS.includes(value) ? ROOMS : [value, ...ROOMS];
  return h("select", { id, onchange: (event) => act({ do: "answer", at, value: event.target.value }) },
    known.map((each) => h("option", { value: each, selected: each === value }, roomName(each))));
}

function menu(at, opener) {
  const box = $("menu");
  const row = shown.rows[at];
  const close = () => { box.close(); (opener.isConnected ? opener : field(at))?.focus(); };
  const doing = (word, does, look) => button(word, () => { close(); does(); }, look);
  const adds = { theme: ["intro", "note"], question: ["followup", "choice", "note"] }[row.kind] ?? [];
  const group = (word, buttons) => (buttons.length
    ? [h("p", { class: "muted" }, t(word)), h("div", { class: "row" }, buttons)] : []);
  box.setAttribute("aria-label", nameOf(row, at));
  box.replaceChildren(
    h("h2", {}, nameOf(row, at)),
    ...group("this_is", turns(at, close)),
    ...group("add", adds.map((kind) => doing(kindName(kind), () => add(at, kind), "small"))),
    row.kind === "question" && !row.choices
      ? h("p", {}, h("label", { for: "room" }, t("answer_space")), " ", rooms(at, row.answer, "room")) : "",
    h("div", { class: "row" }, doing(t("move_up"), () => move(at, { by: -1 })),
      doing(t("move_down"), () => move(at, { by: 1 })), doing(t("delete"), () => remove(at))));
  box.onclick = (event) => { if (event.target === box) close(); };
  box.showModal();
}

// -- doubts

let lines = null;
export const newOriginal = () => { lines = null; };
const originals = async () => { lines ??= await call("original").catch(() => []); return lines; };

async function around(line) {
  const near = (await originals()).filter(([number]) => Math.abs(number - line) <= 2);
  return near.map(([number, words]) => `${number}  ${words}`).join("\n") || t("line", { number: line });
}

async function putIn(doubt, at, kind) {
  const found = (await originals()).find(([number]) => number === doubt.line)?.[1] ?? "";
  const text = found.replace(/^\s*(?:[-*+#>]+|\d+[.)])\s*/, "").trim() || t("new_question");
  await act({ do: "add", at: at ?? 0, kind, text, first: t("new_question") });
}

function doubtBox(doubt, at) {
  const original = h("pre", { hidden: true, dir: "auto" });
  const toggle = button(t("show_original"), async () => {
    const open = original.hidden;
    if (open && !original.textContent) original.textContent = await around(doubt.line);
    original.hidden = !open;
    toggle.textContent = t(open ? "hide_original" : "show_original");
    toggle.setAttribute("aria-expanded", String(open));
  }, "small quiet", { "aria-expanded": "false" });
  const fine = () => {
    state.doubts = state.doubts.filter((each) => JSON.stringify(each) !== JSON.stringify(doubt));
    draw();
    remember();
  };
  const leftOut = doubt.line && !doubt.here;
  const remedies = leftOut ? ["theme", "question", "note"].map((kind) =>
    button(kindName(kind), async () => { await putIn(doubt, at, kind); fine(); }, "small"))
    : at === null ? [] : turns(at, fine);
  const isOpen = !doubt.live && remedies.length && (leftOut || doubt.severity !== "note");
  return h("div", { class: `doubt ${doubt.severity}`, role: "group", "aria-label": doubt.message },
    h("p", {}, h("strong", {}, doubt.message), doubt.hint ? ` – ${doubt.hint}` : "",
      doubt.line ? h("span", { class: "muted" }, ` (${t("line", { number: doubt.line })})`) : ""),
    isOpen ? h("div", { class: "row" }, h("span", { class: "muted" }, t(leftOut ? "put_in" : "this_is")), remedies) : "",
    doubt.live ? "" : h("div", { class: "row" }, doubt.line ? toggle : "",
      button(t("is_fine"), fine, "small")), original);
}

/** Doubts by the row that each stands beside, or null for the top. Those of the reader are found by
 * the text that they are about, which may have moved since. */
function placed() {
  const texts = new Map(shown.rows.flatMap((row, at) => (isHead(row) ? [[row.text, at]] : [])));
  const now = new Map();
  const put = (at, doubt) => now.set(at, [...(now.get(at) ?? []), doubt]);
  for (const doubt of state.doubts) {
    const at = texts.get(doubt.beside) ?? null;
    if (at !== null || !doubt.beside || !doubt.here) put(at, doubt);
  }
  for (const problem of shown.problems) put(problem.at, { ...problem, live: true });
  return now;
}

function top(doubts) {
  const [notes, open] = [true, false].map((is) =>
    [...doubts].flatMap(([at, all]) => all.filter((each) => (each.severity === "note") === is)
      .map((each) => [each, at])));
  const reread = (event) => document.dispatchEvent(new CustomEvent("reread", { detail: event.target.value }));
  const next = () => {
    const boxes = [...document.querySelectorAll("#questions .doubt:not(.note)")];
    const box = boxes[(boxes.findIndex((each) => each.contains(document.activeElement)) + 1) % boxes.length];
    box.scrollIntoView({ block: "center" });
    box.querySelector("button")?.focus({ preventScroll: true });
  };
  const box = $("doubts");
  const says = JSON.stringify([notes, open, state.original?.way, document.documentElement.lang]);
  if (box.says === says) return;
  box.says = says;
  const focused = reachable(box).indexOf(document.activeElement);
  box.replaceChildren(
    h("div", { class: "summary" },
      h("p", {}, h("strong", {}, open.length ? t("doubts_count", { count: open.length }) : t("doubts_none")), " ",
        open.length ? button(t("next_doubt"), next, "small") : ""),
      state.original ? h("p", {}, h("label", { for: "way" }, t("read_again")), " ",
        h("select", { id: "way", onchange: reread }, WAYS.map((way) =>
          h("option", { value: way, selected: way === (state.original.way ?? "") }, t(`by_${way || "itself"}`))))) : ""),
    ...open.filter(([, at]) => at === null).map(([each]) => doubtBox(each, null)),
    notes.length ? h("details", {}, h("summary", {}, t("notes_count", { count: notes.length })),
      notes.map(([each, at]) => doubtBox(each, at))) : "");
  reachable(box)[focused]?.focus();
}

// -- the rows

const nameOf = (row, at) => t("numbered", { kind: t(row.kind), number: {
  theme: row.theme + 1, question: row.number }[row.kind] ?? at - shown.rows.findLastIndex(
  (each, n) => n < at && each.kind !== row.kind) });

function made(row, at, doubts) {
  const name = nameOf(row, at);
  const sign = SIGNS[row.kind] ?? (row.kind === "question" ? row.number : "");
  const area = h("textarea", { rows: 1, dir: "auto", "aria-label": name, spellcheck: "true", value: row.text });
  const opener = button("⋯", () => menu(at, opener), "more",
    { "aria-haspopup": "dialog", "aria-label": labelled(t("more"), name) });
  requestAnimationFrame(() => fit(area));
  return h("li", { class: row.kind, style: { "--accent": `var(--a${row.theme % 6})`, "--depth": row.depth ?? 1 } },
    h("div", { class: "line" },
      h("span", { class: "sign", draggable: isHead(row) && "true", title: isHead(row) && name, "aria-hidden": "true" }, String(sign)),
      area, row.answer ? h("span", { class: "room" }, roomName(row.answer)) : "", opener),
    doubts.map((each) => doubtBox(each, at)));
}

/** Behind the last row of a theme. */
const adding = (theme) => {
  const last = () => shown.rows.findLastIndex((each) => each.theme === theme);
  return h("li", { class: "adding" },
    button(`+ ${t("add_question")}`, () => add(last(), "question"), "quiet small"),
    button(`+ ${t("add_theme")}`, () => add(last(), "theme"), "quiet small"));
};

let drawn = new Map();

export function draw() {
  if (!shown.rows) return;
  const doubts = placed();
  top(doubts);
  const list = $("outline");
  const now = new Map();
  const place = (key, at, says, make) => {
    let old = drawn.get(key);
    if (old?.says !== says) {
      const focused = old ? reachable(old.node).indexOf(document.activeElement) : -1;
      const node = make();
      node.dataset.at = at;
      if (old) old.node.replaceWith(node);
      reachable(node)[focused]?.focus();
      old = { node, says };
    }
    old.node.dataset.at = at;
    if (list.children[now.size] !== old.node) list.insertBefore(old.node, list.children[now.size] ?? null);
    now.set(key, old);
    return old.node;
  };
  shown.rows.forEach((row, at) => {
    const near = (doubts.get(at) ?? []).filter((each) => each.severity !== "note");
    const { text, ...rest } = row;
    const says = JSON.stringify([rest, near, document.documentElement.lang]);
    update(place(at, at, says, () => made(row, at, near)), text);
    if (shown.rows[at + 1]?.theme !== row.theme && row.theme >= 0) {
      place(`after ${row.theme}`, at + 1, document.documentElement.lang, () => adding(row.theme));
    }
  });
  for (const [key, { node }] of drawn) if (!now.has(key)) node.remove();
  drawn = now;
}

const reachable = (node) => [...node.querySelectorAll("textarea, button, select")];

/** Whoever types in a row is not disturbed. */
function update(node, text) {
  const area = node.querySelector("textarea");
  if (area === document.activeElement || area.value.replace(/\s+/g, " ").trim() === text) return;
  area.value = text;
  fit(area);
}
