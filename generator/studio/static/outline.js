// The list as it was read: themes and questions, each a place to type, with its doubts beside it.

import { call } from "./server.js";
import { change, endStep, remember, shown, state } from "./state.js";
import { $, h, notice, t } from "./words.js";

const PARTS = { followups: "followup", choices: "choice", notes: "note", intro: "intro" };
const MARKS = { followups: "–", choices: "☐", notes: "✎", intro: "¶" };
let failed = () => {};
export let follow = () => {};
export const connect = (onFail, onFollow) => { failed = onFail; follow = onFollow; };

export const act = (asked) => change(asked).catch((problem) => failed(problem));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const key = (at) => [at.theme, at.question ?? "", at.part ?? "", at.item ?? ""].join("/");
const field = (at) => document.querySelector(`#outline textarea[data-key="${key(at)}"]`);

function focus(at) {
  const found = field(at);
  found?.scrollIntoView({ block: "nearest" });
  found?.focus();
  found?.setSelectionRange(found.value.length, found.value.length);
}

async function then(asked, at) {
  await act(asked);
  if (at) focus(at);
}

// -- rows

function text(at, value, markdown, label) {
  const made = h("textarea", {
    rows: 1, dir: "auto", "aria-label": label, value: markdown || value, spellcheck: "true",
    data: { key: key(at) },
    oninput: () => {
      fit(made);
      if (made.value.trim()) act({ do: "text", at, text: made.value, markdown: Boolean(markdown) });
    },
    onblur: () => {
      endStep();
      if (!made.value.trim()) then({ do: "delete", at });
    },
    onfocus: () => follow(at),
    onkeydown: (event) => typed(event, at, made),
  });
  requestAnimationFrame(() => fit(made));
  return made;
}

function fit(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

function typed(event, at, area) {
  const isItem = at.part !== undefined;
  if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    const kind = isItem ? PARTS[at.part] : "question";
    const to = isItem ? { ...at, item: at.item + 1 }
      : { theme: at.theme, question: (at.question ?? -1) + 1 };
    then({ do: "add", at, kind, text: t(isItem ? kind : "new_question") }, to)
      .then(() => field(to)?.select());
  } else if (event.key === "Backspace" && !area.value) {
    event.preventDefault();
    remove(at);
  } else if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    event.preventDefault();
    move(at, event.key === "ArrowUp" ? -1 : 1);
  }
}

function remove(at) {
  const all = [...document.querySelectorAll("#outline textarea")];
  const next = all[Math.max(0, all.indexOf(field(at)) - 1)]?.dataset.key;
  act({ do: "delete", at }).then(() => {
    notice(t("deleted"));
    document.querySelector(`#outline textarea[data-key="${next}"]`)?.focus();
  });
}

/** One place up or down; a question goes on into the next theme. */
function move(at, by) {
  if (at.part !== undefined) return;
  const themes = shown.set.themes;
  let to = at.question === undefined ? { theme: at.theme + by }
    : { theme: at.theme, question: at.question + by };
  if (to.question < 0) to = { theme: at.theme - 1, question: themes[at.theme - 1]?.questions.length };
  else if (to.question >= themes[at.theme].questions.length) to = { theme: at.theme + 1, question: 0 };
  if (!themes[to.theme]) return;
  then({ do: "move", at, to }, to);
  const [place, count] = to.question === undefined ? [to.theme, themes.length]
    : [to.question, themes[to.theme].questions.length];
  notice(t("moved", { place: place + 1, count }));
}

const more = (at, name) => h("button", {
  class: "more", "aria-haspopup": "dialog", "aria-label": `${t("more")}: ${name}`,
  onclick: (event) => menu(at, event.currentTarget),
}, "⋯");

function items(at, part, list) {
  return list.map((each, item) => {
    const here = { ...at, part, item };
    const label = `${t(PARTS[part])} ${item + 1}`;
    return h("li", { class: part, style: { "--depth": each.depth ?? 1 } },
      h("span", { class: "sign", "aria-hidden": "true" }, MARKS[part]),
      text(here, each.text ?? each, "", label), more(here, label));
  });
}

function row(at, about, doubts) {
  const isTheme = at.question === undefined;
  const name = isTheme ? `${t("theme")} ${at.theme + 1}` : `${t("question")} ${about.number}`;
  const below = parts(about).flatMap((part) => items(at, part, about[part]));
  const handle = h("span", { class: "number", draggable: "true", title: name },
    isTheme ? h("span", { class: "hidden" }, name) : String(about.number));
  handle.addEventListener("dragstart", (event) => {
    event.dataTransfer.setData("text/x-place", JSON.stringify(at));
    event.dataTransfer.effectAllowed = "move";
  });
  const answer = isTheme || !about.answer ? null : h("span", { class: "room" }, roomName(about.answer));
  return h("li", {
    class: isTheme ? "theme" : "question", style: { "--accent": `var(--a${at.theme % 6})` },
    ondragover: (event) => {
      if (!event.dataTransfer.types.includes("text/x-place")) return;
      event.preventDefault();
      event.currentTarget.classList.add("over");
    },
    ondragleave: (event) => event.currentTarget.classList.remove("over"),
    ondrop: (event) => dropped(event, at),
  },
  h("div", { class: "line" }, handle,
    text(at, about.text ?? about.title, about.markdown, name), answer, more(at, name)),
  below.length ? h("ul", {}, below) : null,
  doubts.map((each) => doubtBox(each, at)));
}

function dropped(event, at) {
  event.currentTarget.classList.remove("over");
  const given = event.dataTransfer.getData("text/x-place");
  if (!given) return;
  event.preventDefault();
  event.stopPropagation();
  const from = JSON.parse(given);
  if (from.question === undefined) then({ do: "move", at: from, to: { theme: at.theme } });
  else if (at.question === undefined) {
    then({ do: "move", at: from, to: { theme: at.theme, question: 0 } });
  } else {
    then({ do: "move", at: from, to: at }, at);
  }
}

// -- what can be done with a place

const kindName = (kind) => t(kind === "nothing" ? "leave_out" : kind);

function kindsFor(at) {
  if (at.part !== undefined) {
    const own = PARTS[at.part];
    const all = at.question === undefined ? ["question", "note", "intro", "nothing"]
      : ["question", "followup", "choice", "note", "nothing"];
    return all.filter((each) => each !== own);
  }
  if (at.question === undefined) return at.theme ? ["question", "nothing"] : ["question"];
  return at.question ? ["theme", "followup", "choice", "note", "intro", "nothing"]
    : ["note", "intro", "nothing"];
}

const turns = (at, done = () => {}) => kindsFor(at).map((into) =>
  h("button", { class: "small", onclick: () => { done(); act({ do: "turn", at, into }); } },
    kindName(into)));

const ROOMS = [["", "answer_page"], ["lines=2"], ["lines=4"], ["lines=6"],
  ["lines=fill", "answer_fill"], ["box=6cm", "answer_box"], ["grid=6cm", "answer_grid"],
  ["dots=6cm", "answer_dots"], ["scale=1-5", "answer_scale"], ["none", "answer_none"]];

/** An answer space as it stands in braces, in words: `box=70mm` is "an empty box, 70mm". */
function roomName(value) {
  const [kind, size] = value.split("=");
  if (kind === "lines" && size !== "fill") return t("answer_lines", { count: size });
  const sized = ["box", "grid", "dots"].includes(kind) && size;
  const known = ROOMS.find(([each]) => each === value || (sized && each.startsWith(`${kind}=`)));
  return known ? [t(known[1]), sized].filter(Boolean).join(", ") : value;
}

export function rooms(at, value, id) {
  const known = ROOMS.some(([each]) => each === value) ? ROOMS : [[value], ...ROOMS];
  return h("select", { id, onchange: (event) =>
    act({ do: "answer", at, value: event.target.value }) },
  known.map(([each, word]) => h("option", { value: each, selected: each === value },
    each ? roomName(each) : t(word))));
}

function menu(at, button) {
  const box = $("menu");
  const close = () => { box.close(); (button.isConnected ? button : field(at))?.focus(); };
  const doing = (name, run) => h("button", { onclick: () => { close(); run(); } }, t(name));
  const isItem = at.part !== undefined;
  const place = { theme: at.theme, question: at.question };
  const adds = at.question === undefined ? ["intro", "note"] : ["followup", "choice", "note"];
  const about = at.question === undefined ? null : shown.set.themes[at.theme].questions[at.question];
  const name = button.getAttribute("aria-label").split(": ").slice(1).join(": ");
  box.setAttribute("aria-label", name);
  box.replaceChildren(
    h("p", {}, h("strong", {}, name)),
    h("p", { class: "muted" }, t("this_is")), h("div", { class: "row" }, turns(at, close)),
    isItem ? null : h("p", { class: "muted" }, t("add")),
    isItem ? null : h("div", { class: "row" }, adds.map((kind) => h("button", {
      class: "small", onclick: () => { close(); addItem(place, kind); } }, kindName(kind)))),
    about && !isItem && !about.choices.length
      ? h("p", {}, h("label", { for: "room" }, t("answer_space")), " ", rooms(at, about.answer, "room"))
      : null,
    h("div", { class: "row" },
      isItem ? null : doing("move_up", () => move(at, -1)),
      isItem ? null : doing("move_down", () => move(at, 1)),
      doing("delete", () => remove(at))));
  box.onclick = (event) => { if (event.target === box) close(); };
  box.showModal();
}

function addItem(at, kind) {
  const part = Object.keys(PARTS).find((each) => PARTS[each] === kind);
  const theme = shown.set.themes[at.theme];
  const item = (at.question === undefined ? theme : theme.questions[at.question])[part].length;
  const to = { theme: at.theme, ...(at.question === undefined ? {} : { question: at.question }), part, item };
  then({ do: "add", at: to, kind, text: t(kind) }, to).then(() => field(to)?.select());
}

// -- doubts

function doubtBox(doubt, at) {
  const original = h("pre", { hidden: true, dir: "auto" });
  const isNote = doubt.severity === "note";
  const toggle = h("button", { class: "small quiet", "aria-expanded": "false",
    onclick: async () => {
      const open = original.hidden;
      if (open && !original.textContent) original.textContent = await around(doubt.line);
      original.hidden = !open;
      toggle.textContent = t(open ? "hide_original" : "show_original");
      toggle.setAttribute("aria-expanded", String(open));
    } }, t("show_original"));
  const fine = () => { state.doubts = state.doubts.filter((each) => !same(each, doubt)); draw(); remember(); };
  const target = doubt.line && !doubt.here ? "put_in" : "this_is";
  const putIn = ["theme", "question", "note"].map((kind) => h("button", { class: "small",
    onclick: async () => {
      const words = await lineOf(doubt.line);
      const to = { theme: 0, ...at };
      await act({ do: "add", at: to, kind, text: words, first: t("new_question") });
      fine();
    } }, kindName(kind)));
  const remedies = doubt.live || at.theme === undefined && target === "this_is" ? null
    : h("div", { class: "row" }, h("span", { class: "muted" }, t(target)),
      target === "this_is" ? turns(at, fine) : putIn);
  return h("div", { class: `doubt ${doubt.severity}`, role: "group", "aria-label": doubt.message },
    h("p", {}, h("strong", {}, doubt.message), doubt.hint ? ` – ${doubt.hint}` : "",
      doubt.line ? h("span", { class: "muted" }, ` (${t("line", { number: doubt.line })})`) : null),
    isNote ? null : remedies,
    h("div", { class: "row" }, doubt.line && !doubt.live ? toggle : null,
      doubt.live ? null : h("button", { class: "small", onclick: fine }, t("is_fine"))), original);
}

let lines = null;
export const newOriginal = () => { lines = null; };
async function originals() {
  lines ??= await call("original").catch(() => []);
  return lines;
}
const lineOf = async (line) => {
  const found = (await originals()).find(([number]) => number === line)?.[1] ?? "";
  return found.replace(/^\s*(?:[-*+#>]+|\d+[.)])\s*/, "").trim() || t("new_question");
};
async function around(line) {
  const all = await originals();
  const near = all.filter(([number]) => Math.abs(number - line) <= 2);
  return near.map(([number, words]) => `${number}  ${words}`).join("\n") || t("line", { number: line });
}

/** Doubts of the reader by the text that each stands beside: it may have moved since. */
function placed() {
  const now = new Map();
  const texts = new Map();
  shown.set.themes.forEach((theme, at) => {
    texts.set(theme.title, { theme: at });
    theme.questions.forEach((each, question) => texts.set(each.text, { theme: at, question }));
  });
  const put = (at, doubt) => now.set(key(at), [...(now.get(key(at)) ?? []), doubt]);
  for (const doubt of state.doubts) {
    const at = doubt.beside ? texts.get(doubt.beside) : {};
    if (at) put(at, doubt);
  }
  for (const problem of shown.problems) put(problem.at, { ...problem, live: true });
  return now;
}

function top(doubts) {
  const all = [...doubts.values()].flat();
  const open = all.filter((each) => each.severity !== "note");
  const notes = all.filter((each) => each.severity === "note");
  const ways = ["", "headings", "lists", "lines", "paragraphs"];
  const way = state.original && h("p", {}, h("label", { for: "way" }, t("read_again")), " ",
    h("select", { id: "way", onchange: (event) =>
      document.dispatchEvent(new CustomEvent("reread", { detail: event.target.value })) },
    ways.map((each) => h("option", { value: each, selected: each === (state.original.way ?? "") },
      t(each ? `by_${each}` : "by_itself")))));
  const next = () => {
    const boxes = [...document.querySelectorAll("#questions .doubt:not(.note)")];
    const here = boxes.findIndex((each) => each.contains(document.activeElement));
    const box = boxes[(here + 1) % boxes.length];
    box?.scrollIntoView({ block: "center" });
    box?.querySelector("button")?.focus({ preventScroll: true });
  };
  $("doubts").replaceChildren(
    h("div", { class: "summary" },
      h("p", {}, h("strong", {}, open.length ? t("doubts_count", { count: open.length }) : t("doubts_none")), " ",
        open.length > 1 ? h("button", { class: "small", onclick: next }, t("next_doubt")) : null), way),
    ...(doubts.get(key({})) ?? []).filter((each) => each.severity !== "note").map((each) => doubtBox(each, {})),
    ...(notes.length ? [h("details", {}, h("summary", {}, t("notes_count", { count: notes.length })),
      notes.map((each) => doubtBox(each, {})))] : []));
}

// -- the whole

const drawn = new Map();

export function draw() {
  if (!shown.set) return;
  const doubts = placed();
  top(doubts);
  const wanted = [];
  shown.set.themes.forEach((theme, at) => {
    const { questions, ...about } = theme;
    wanted.push([{ theme: at }, about]);
    questions.forEach((each, question) => wanted.push([{ theme: at, question }, each]));
    wanted.push([{ theme: at, question: Infinity }, null]);
  });
  const list = $("outline");
  const kept = new Set();
  wanted.forEach(([at, about], place) => {
    const name = key(at);
    const near = (doubts.get(name) ?? []).filter((each) => each.severity !== "note");
    const says = shape(about, near);
    let old = drawn.get(name);
    if (old?.says === says) update(old.node, about);
    else {
      const node = about ? row(at, about, near) : adding(at.theme);
      const focused = old ? reachable(old.node).indexOf(document.activeElement) : -1;
      old?.node.replaceWith(node);
      reachable(node)[focused]?.focus();
      old = { node, says };
    }
    drawn.set(name, old);
    kept.add(name);
    if (list.children[place] !== old.node) list.insertBefore(old.node, list.children[place] ?? null);
  });
  for (const [name, { node }] of drawn) if (!kept.has(name)) { node.remove(); drawn.delete(name); }
}

const reachable = (node) => [...node.querySelectorAll("textarea, button, select")];
const parts = (about) => (about.title !== undefined ? ["intro", "notes"] : ["followups", "choices", "notes"]);
const texts = (about) => [about.markdown || (about.text ?? about.title),
  ...parts(about).flatMap((part) => about[part].map((each) => each.text ?? each))];

/** All of a row but its texts: while that is the same, the row stays, with whoever types in it. */
function shape(about, near) {
  const { line, text: _, title, markdown, followups, choices, notes, intro, ...rest } = about ?? {};
  const depths = [followups, choices, notes, intro].map((list) => list?.map((each) => each.depth));
  return JSON.stringify([rest, depths, Boolean(markdown), near, document.documentElement.lang]);
}

function update(node, about) {
  if (!about) return;
  const clean = (words) => words.replace(/\s+/g, " ").trim();
  const wanted = texts(about);
  [...node.querySelectorAll("textarea")].forEach((area, at) => {
    if (area === document.activeElement || clean(area.value) === clean(wanted[at])) return;
    area.value = wanted[at];
    fit(area);
  });
}

const adding = (theme) => h("li", { class: "adding" },
  h("button", { class: "quiet small", onclick: () => {
    const question = shown.set.themes[theme].questions.length;
    const at = { theme, question };
    then({ do: "add", at: { theme, question: question - 1 }, kind: "question", text: t("new_question") }, at)
      .then(() => field(at)?.select());
  } }, `+ ${t("add_question")}`),
  h("button", { class: "quiet small", onclick: () => {
    const at = { theme: theme + 1 };
    then({ do: "add", at: { theme }, kind: "theme", text: t("new_theme"), first: t("new_question") }, at)
      .then(() => field(at)?.select());
  } }, `+ ${t("add_theme")}`));

export function clear() {
  for (const { node } of drawn.values()) node.remove();
  drawn.clear();
}
