// The words of the page, and small helpers to make its elements.

let words = {};
export let language = "en";
export let languages = [];

export async function speak(lang) {
  const answer = await (await fetch(`words/${encodeURIComponent(lang)}`)).json();
  ({ words, languages, lang: language } = answer);
  document.documentElement.lang = language;
  document.documentElement.dir = ["ar", "fa", "he", "ur"].includes(language) ? "rtl" : "ltr";
  for (const each of document.querySelectorAll("[data-t]")) each.textContent = t(each.dataset.t);
  for (const each of document.querySelectorAll("[data-label]")) {
    each.title = t(each.dataset.label);
    each.setAttribute("aria-label", each.title);
  }
}

export function t(name, values = {}) {
  return (words[name] ?? name).replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
}

export const nameOf = (lang) => {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(lang);
  } catch {
    return lang;
  }
};

export const $ = (id) => document.getElementById(id);

/** An element; `on...` are listeners, `data` and `style` objects, all else attributes. */
export function h(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(given)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(made.dataset, value);
    else if (key === "style") for (const [k, v] of Object.entries(value)) made.style.setProperty(k, v);
    else if (key === "value" || key === "checked") made[key] = value;
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((each) => each != null && each !== false));
  return made;
}

export const button = (text, onclick, look = "", more = {}) =>
  h("button", { class: look, onclick, ...more }, text);

export const kindName = (kind) => t(kind === "nothing" ? "leave_out" : kind);

/** What a button does, with what it does that to: for those who hear it without what is beside it. */
export const labelled = (label, name) => t("labelled", { label, name });

export const listed = (...names) => new Intl.ListFormat(language).format(names);

export function notice(text, kind = "", ...more) {
  $("notice").replaceChildren(...(text ? [h("p", { class: kind }, text, " ", ...more)] : []));
}

export function problemsOf(list) {
  return list.map((each) =>
    h("p", { class: `doubt ${each.severity}` },
      h("strong", {}, each.line ? labelled(t("line", { number: each.line }), each.message) : each.message),
      each.hint ? ` – ${each.hint}` : ""));
}
