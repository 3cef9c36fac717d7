// The papers as pages. A page that is not in view is not drawn; one in view follows each change.

import { call } from "./server.js";
import { again, shown } from "./state.js";
import { $, h, t } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const FAMILIES = { Cambria: 'Cambria, Caladea, "Studio Serif", serif',
  Calibri: 'Calibri, Carlito, "Studio Sans", sans-serif' };
const seen = new Map();
let version = 0;
export let current = "workbook";
const places = {};
const counts = {};
let failed = () => {};
export const connect = (onFail) => { failed = onFail; };

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    target.inView = isIntersecting;
    if (isIntersecting) paint(target);
  }
}, { rootMargin: "100px" });

/** A document by its name for people. */
export const documentName = (name) => t(name.replace("-", "_"));
export const DOCUMENTS = ["workbook", "handout", "slides", "run-sheet", "cards"];
const SIDE_BY_SIDE = DOCUMENTS.slice(0, 3);
const wide = matchMedia("(min-width: 1900px)");
wide.addEventListener("change", () => choose(current));

const stands = (name) => name === current
  || (wide.matches && SIDE_BY_SIDE.includes(name) && SIDE_BY_SIDE.includes(current));

/** On a wide screen workbook, handout and slides stand side by side. */
export async function choose(document_) {
  current = document_;
  for (const name of DOCUMENTS) {
    $(name).hidden = !stands(name);
    $(`tab-${name}`).setAttribute("aria-selected", String(name === document_));
    $(`tab-${name}`).tabIndex = name === document_ ? 0 : -1;
  }
  await follow();
}

/** After a change: the pages that are seen are drawn again, the first of them at once. */
export async function follow() {
  version += 1;
  const mine = version;
  tellFit();
  if (!$("papers").offsetParent) return;
  const order = [current, ...DOCUMENTS.filter((each) => each !== current && stands(each))];
  try {
    for (const name of order) {
      if (!shown.fit && name === "workbook") continue;
      const about = shown.pages[name] ?? await call("show", { document: name }, again);
      if (mine !== version) return;
      places[name] = about.places;
      counts[name] = about.names.length;
      frames($(name), about);
      tellFit();
      await Promise.all([...$(name).children].filter((each) => each.inView).map(paint));
    }
  } catch (problem) {
    failed(problem);
  }
}

function tellFit() {
  const count = counts[current];
  $("fit").textContent = current === "workbook"
    ? (shown.fit ? t("fit", shown.fit) : "")
    : count ? t(current === "slides" ? "slide_count" : "page_count", { count }) : "";
}

function frames(box, { size, names }) {
  while (box.children.length > names.length) {
    watcher.unobserve(box.lastChild);
    box.lastChild.remove();
  }
  names.forEach((name, number) => {
    let frame = box.children[number];
    if (!frame) {
      frame = h("figure", { class: "page" });
      frame.number = number;
      box.append(frame);
      watcher.observe(frame);
    }
    frame.label = t("preview_page", { document: documentName(box.id), page: number + 1, count: names.length });
    frame.setAttribute("aria-label", frame.label);
    frame.style.setProperty("aspect-ratio", `${size[0]} / ${size[1]}`);
    frame.size = size;
  });
}

async function paint(frame) {
  if (frame.version === version || frame.painting) { frame.stale = frame.version !== version; return; }
  frame.painting = true;
  const mine = version;
  const document_ = frame.parentElement?.id;
  try {
    const pixels = Math.round(frame.clientWidth * Math.min(devicePixelRatio, 2));
    const given = { document: document_, number: frame.number, pixels };
    const answer = await call("page", given, again);
    if (answer instanceof Blob) await picture(frame, answer);
    else frame.replaceChildren(shapes(answer, frame));
    frame.version = mine;
    if (mine === version) document.dispatchEvent(new CustomEvent("painted", { detail: given }));
  } catch (problem) {
    if (!["problems", "stopped"].includes(problem.reason)) failed(problem);
  } finally {
    frame.painting = false;
  }
  if (mine !== version && frame.inView && frame.isConnected) paint(frame);
}

async function picture(frame, blob) {
  const image = h("img", { alt: frame.label, src: URL.createObjectURL(blob) });
  await image.decode().catch(() => {});
  URL.revokeObjectURL(frame.firstChild?.src ?? "");
  frame.replaceChildren(image);
}

function shapes(list, frame) {
  const root = element("svg", { viewBox: `0 0 ${frame.size.join(" ")}`, role: "img",
    "aria-label": frame.label });
  const rtl = shown.set && ["ar", "fa", "he", "ur"].includes(shown.set.lang.slice(0, 2));
  for (const each of list) {
    if (!each.runs) {
      const { x, y, w: width, h: height, fill, image } = each;
      root.append(image ? element("image", { x, y, width, height, href: `data:image/png;base64,${image}` })
        : element("rect", { x, y, width, height, fill,
          "shape-rendering": Math.min(width, height) > 3 ? "crispEdges" : null }));
      continue;
    }
    const made = element("text", {
      x: each.x, y: each.y, fill: each.fill, "font-size": each.size, "fill-opacity": each.opacity,
      "text-anchor": { ctr: "middle", l: rtl ? "end" : "start", r: rtl ? "start" : "end" }[each.align],
      "font-family": FAMILIES[each.font] ?? `"${each.font}", "Studio Sans", sans-serif`,
      direction: rtl ? "rtl" : "ltr", textLength: each.len, lengthAdjust: each.len && "spacingAndGlyphs",
    });
    for (const [words, bold, italic] of each.runs) {
      const run = element("tspan", { "font-weight": bold ? 700 : 400, "font-style": italic ? "italic" : null });
      run.textContent = words;
      made.append(run);
    }
    root.append(made);
  }
  return root;
}

function element(name, given) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(given)) if (value != null) made.setAttribute(key, value);
  return made;
}

/** Brings the page of a row of the list into view, where that is known. */
export function reveal({ theme, place }) {
  for (const name of DOCUMENTS) {
    const frame = $(name).children[places[name]?.[`${theme},${place}`]];
    if (!frame || frame === seen.get(name)) continue;
    seen.set(name, frame);
    const box = $(name).getBoundingClientRect();
    const here = frame.getBoundingClientRect();
    if (here.top < box.top || here.bottom > box.bottom) $(name).scrollTop += here.top - box.top - 12;
  }
}
