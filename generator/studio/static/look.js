// "Make it yours": what the front matter and a brand can say.

import { keep } from "./server.js";
import { rooms } from "./outline.js";
import { change, dress, keepFile, remember, shown, state } from "./state.js";
import { DOCUMENTS, documentName } from "./papers.js";
import { $, button, h, labelled, languages, listed, nameOf, t } from "./words.js";

let failed = () => {};
export const connect = (onFail) => { failed = onFail; };
const run = (promise) => promise.catch((problem) => failed(problem));

/** What is set counts at once: the next click may build on it before there is an answer. */
function set(values) {
  for (const [name, value] of Object.entries(values)) {
    if (value?.constructor === Object) Object.assign(shown.set[name], value);
    else shown.set[name] = value;
  }
  run(change({ do: "set", values }));
}

const PAGES = ["cover", "how-to", "contents", "agreement", "conversations", "stood-out", "action-plan", "notes"];
const ORDER = ["cover", "how-to", "contents", "agreement", "themes", "questions", "conversations",
  "stood-out", "action-plan", "notes"];

const row = (name, input, word = name) =>
  h("p", { class: "field" }, h("label", { for: input.id }, t(word)), input);

const input = (name, type = "text") => row(name, h("input", {
  id: `set-${name}`, type, value: shown.set[name] ?? "", dir: "auto",
  onchange: (event) => set({ [name]: event.target.value }),
}));

const choice = (name, value, options, values, word = name) => row(name, h("select", {
  id: `set-${name}`, onchange: (event) => set(values(event.target.value)),
}, options.map(([each, shownAs]) => h("option", { value: each, selected: each === value }, shownAs))), word);

const tick = (id, words, checked, values) => h("p", { class: "tick" },
  h("input", { type: "checkbox", id, checked, onchange: (event) => set(values(event.target.checked)) }),
  h("label", { for: id }, words));

function pages() {
  const { pages: own, cover } = shown.set.workbook;
  const listed = own.includes("themes");
  const ticks = PAGES.map((name) => tick(`page-${name}`,
    t({ cover: "page_cover", "how-to": "how_to_use" }[name] ?? name.replaceAll("-", "_")), own.includes(name), (on) => {
      const wanted = on ? [...own, name] : own.filter((each) => each !== name);
      return { workbook: { pages: [...wanted].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)) } };
    }));
  return h("fieldset", {}, h("legend", {}, t("pages")), h("div", { class: "ticks" }, ticks,
    tick("list-before", t("list_before"), listed, (on) => ({ workbook: { pages: own.map((each) =>
      (["themes", "questions"].includes(each) ? (on ? "themes" : "questions") : each)) } })),
    tick("quiet", t("cover_quiet"), cover === "quiet", (on) => ({ workbook: { cover: on ? "quiet" : "full" } }))));
}

const chosen = (name, on) => ({ documents: DOCUMENTS.filter((each) =>
  (each === name ? on : shown.set.documents.includes(each))) });

/** Whether a document is among those that are made together. */
export const choose = (name, on) => set(chosen(name, on));

const dressed = (brand) => run(dress(brand));

const COLORS = ["primary", "secondary", "tertiary"];
const given = () => COLORS.filter((name) => state.brand[name]);

function contrasts() {
  const used = shown.colors.slice(0, given().length || 6);
  return h("ul", { class: "colors" }, used.map(({ surface, text, contrast }) => h("li", {},
    h("span", { class: "swatch", style: { background: surface } }),
    h("span", { style: { color: text, background: "#fff" }, class: "sample" }, "Aa"), " ",
    t("contrast", { ratio: contrast }),
    surface === text ? "" : h("strong", {}, ` – ${t("darkened", { color: text })}`))));
}

function colors() {
  const fields = COLORS.slice(0, given().length + 1).map((name, at) => h("p", { class: "field" },
    h("label", { for: `color-${name}` }, t("color_number", { number: at + 1 })),
    h("span", { class: "row" }, h("input", { type: "color", id: `color-${name}`,
      value: state.brand[name] ?? shown.colors[at]?.surface ?? "#b4432f",
      oninput: (event) => dressed({ [name]: event.target.value }), onblur: () => setTimeout(draw) }),
    state.brand[name] ? button(t("remove"), () => dressed({ [name]: "" }), "small quiet",
      { "aria-label": labelled(t("remove"), t("color_number", { number: at + 1 })) }) : "")));
  return h("fieldset", {}, h("legend", {}, t("own_colors")), fields, contrasts());
}

function file(id, word, accept, name, done, removed) {
  const chosen = h("input", { type: "file", id, accept, class: "hidden", onchange: async () => {
    const [given] = chosen.files;
    if (!given) return;
    run((async () => {
      const data = new Uint8Array(await given.arrayBuffer());
      await keep(given.name, data);
      await keepFile(given.name, data);
      await done(given.name);
      remember();
    })());
  } });
  return h("p", { class: "field" }, h("label", { class: "button", for: id }, t(word)), chosen,
    name ? h("span", {}, `${name} `, button(t("remove"), () => run(removed()), "small quiet",
      { "aria-label": labelled(t("remove"), name) })) : "");
}

export function draw() {
  const { set: all } = shown;
  if (!all) return;
  if (document.activeElement?.type === "color") {  // its picker stays open
    $("look").querySelector(".colors").replaceWith(contrasts());
    return;
  }
  const known = [...new Set([all.lang, ...languages])];
  const open = document.activeElement?.id;
  $("look").replaceChildren(
    h("fieldset", {}, h("legend", {}, t("your_list")), input("title"), input("subtitle"), input("author"),
      input("date", "date"),
      choice("lang", all.lang, known.map((each) => [each, nameOf(each)]), (lang) => ({ lang }), "language")),
    h("fieldset", {}, h("legend", {}, t("workbook")),
      choice("paper", all.paper, [["a4", "A4"], ["letter", "Letter"], ["a5", "A5"]], (paper) => ({ paper })),
      choice("edition", all.workbook.edition, [["print", t("edition_print")], ["fillable", t("edition_fillable")],
        ["large-print", t("edition_large")], ["booklet", t("edition_booklet")]],
      (edition) => ({ workbook: { edition } })),
      row("answer_space", Object.assign(rooms(null, usual(), "all-rooms")))),
    h("fieldset", {}, h("legend", {}, t("papers")), h("div", { class: "ticks" }, DOCUMENTS.map((name) =>
      tick(`make-${name}`, documentName(name), all.documents.includes(name), (on) => chosen(name, on))))),
    pages(), colors(),
    h("fieldset", {}, h("legend", {}, t("logo")),
      file("logo", "choose_logo", ".png,.jpg,.jpeg,.svg,.webp", state.brand.logo,
        (logo) => dress({ logo }), () => dress({ logo: "" }))),
    h("fieldset", {}, h("legend", {}, listed(t("handout"), t("slides"))),
      choice("handout_answers", all.handout.answers, [["none", t("answer_none")],
        ["lines", t("by_lines")], ["fields", t("answers_fields")]], (answers) => ({ handout: { answers } })),
      file("word", "template_handout", ".docx,.dotx", all.handout.template,
        (template) => change({ do: "set", values: { handout: { template } } }),
        () => change({ do: "set", values: { handout: { template: null } } })),
      file("point", "template_slides", ".pptx,.potx", all.slides.template,
        (template) => change({ do: "set", values: { slides: { template } } }),
        () => change({ do: "set", values: { slides: { template: null } } }))));
  if (open) $(open)?.focus();
}

function usual() {
  const all = new Set(shown.rows.flatMap((row) => (row.kind === "question" && !row.choices ? [row.answer] : [])));
  return all.size === 1 ? [...all][0] : "";
}
