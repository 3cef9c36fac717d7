// The page: where it begins, its tabs, what is said when something fails, and taking the papers.

import * as look from "./look.js";
import * as outline from "./outline.js";
import * as papers from "./papers.js";
import { call, hasToken, setToken, share, stop, upload } from "./server.js";
import { again, begin, history, keepFile, onShown, recall, recalled, redo, remember, resume, settled,
  shown, state, undo, write } from "./state.js";
import { $, button, h, labelled, language, languages, nameOf, notice, problemsOf, speak, t } from "./words.js";

const SAID = { time: "too_long", memory: "too_large", full: "too_many", bug: "a_fault",
  address: "need_address", stopped: "stopped", offline: "offline" };
const { DOCUMENTS } = papers;

function failed(problem) {
  if (problem.reason === "problems") {
    const found = problemsOf(problem.problems);
    notice("");
    $("notice").replaceChildren(...found);
    if (!$("markdown").hidden) $("faults").replaceChildren(...problemsOf(problem.problems));
    return;
  }
  if (!SAID[problem.reason]) throw problem;
  const waits = ["offline", "full"].includes(problem.reason);
  notice(t(SAID[problem.reason]), "error", waits && state.markdown
    ? button(t("try_again"), goOn, "small") : "");
}

const goOn = () => resume().then(() => notice("")).catch(failed);

// -- bringing a list

function view(name) {
  $("start").hidden = name !== "start";
  $("work").hidden = $("tools").hidden = $("title").hidden = name !== "work";
  document.body.dataset.view = name;
}

/** Says what is done and how much of it, with a button to stop it. */
async function during(text, work) {
  const bar = h("progress", { max: 1, "aria-label": text });
  notice(text, "busy", bar, " ", button(t("stop"), stop, "small"));
  const timer = setInterval(() => share().then((done) => {
    if (done > (bar.getAttribute("value") ?? 0)) bar.setAttribute("value", done);
  }).catch(() => {}), 300);
  try {
    const made = await work();
    notice("");
    return made;
  } catch (problem) {
    failed(problem);
    return null;
  } finally {
    clearInterval(timer);
  }
}

const read = (name, data, way = "", fresh = true) => during(t("reading", { name }), async () => {
  const given = await upload("read", name, data, way);
  const isText = typeof data === "string";
  if (isText) given.name = given.titled || given.name;
  await open(given, { name, way, text: isText ? data : null }, fresh);
  if (!isText) await keepFile("original", data);
});

async function open(given, original, fresh = true) {
  outline.newOriginal();
  await begin(given, original, fresh);
  await seen();
  if (fresh) $("title").focus();
}

async function seen() {
  view("work");
  tab("list", "questions");
  await papers.choose(papers.current);
}

async function brought(file) {
  if (file) await read(file.name, new Uint8Array(await file.arrayBuffer()));
}

/** What was pasted, with its lists and tables where it comes from a program that has such. */
function pasted(event) {
  const html = event.clipboardData?.getData("text/html");
  pasted.html = /<(li|h[1-6]|table|ol|ul)\b/i.test(html ?? "") ? html : "";
  pasted.plain = event.clipboardData?.getData("text/plain") ?? "";
}

function start() {
  $("lead").textContent = t(["127.0.0.1", "localhost", "[::1]"].includes(location.hostname)
    ? "bring_text" : "bring_text_far");
  $("text").placeholder = t("paste_example");
  const kept = recalled();
  $("goon").hidden = !kept?.markdown;
  $("goon").textContent = t("go_on", { title: kept?.title || kept?.name || "" });
}

function listen() {
  $("text").addEventListener("paste", pasted);
  $("paste").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = $("text").value;
    const same = pasted.html && text.trim() === pasted.plain.replace(/\r\n?/g, "\n").trim();
    const name = t("questions_tab");
    if (text.trim()) read(`${name}.${same ? "html" : "md"}`, same ? pasted.html : text);
  });
  $("file").addEventListener("change", () => { brought($("file").files[0]); $("file").value = ""; });
  $("sample").addEventListener("click", () =>
    during(t("begin_sample"), async () => open(await call("sample"), null)));
  $("goon").addEventListener("click", back);
  addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    brought(event.dataTransfer.files[0]);
  });
  document.addEventListener("reread", (event) => reread(event.detail));
  $("new").addEventListener("click", () => { start(); view("start"); $("text").value = ""; $("text").focus(); });
  $("save").addEventListener("click", () => deliver(() => call("save", {}, again)));
  $("take").addEventListener("click", taking);
  $("undo").addEventListener("click", () => undo().catch(failed));
  $("redo").addEventListener("click", () => redo().catch(failed));
  addEventListener("keydown", (event) => {
    const asked = (event.ctrlKey || event.metaKey) && event.key.toLowerCase();
    const isSource = event.target === $("source") || event.target === $("text");
    if ($("work").hidden || isSource || !["z", "y"].includes(asked)) return;
    event.preventDefault();
    document.activeElement.blur?.();
    (asked === "y" || event.shiftKey ? redo : undo)().catch(failed);
  });
  let waiting = 0;
  const written = () => {
    clearTimeout(waiting);
    if ($("source").value === state.markdown) return;
    $("faults").replaceChildren();
    write($("source").value).catch(failed);
    remember();
  };
  $("source").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(written, 250); });
  $("source").addEventListener("change", written);
  $("lang").addEventListener("change", async () => {
    localStorage.setItem("studio-language", $("lang").value);
    await say($("lang").value);
  });
  for (const [list, names] of [["list", ["questions", "look", "markdown"]], ["papers", DOCUMENTS]]) {
    for (const name of names) $(`tab-${name}`).addEventListener("click", () => tab(list, name));
    document.querySelector(`#${list} [role=tablist]`).addEventListener("keydown", (event) => turn(event, list, names));
  }
  $("see-list").addEventListener("click", () => see("list"));
  $("see-papers").addEventListener("click", () => see("papers"));
  addEventListener("hashchange", () => { setToken(location.hash.slice(1)); goOn(); });
}

async function back() {
  try {
    await recall();
    await seen();
    $("title").focus();
  } catch (problem) {
    if (state.markdown) view("work");
    failed(problem);
  }
}

async function reread(way) {
  const { name, text } = state.original;
  const kept = text ?? localStorage.getItem("workshop-papers-studio/original");
  if (kept === null) return;
  const data = text ?? Uint8Array.from(atob(kept), (each) => each.charCodeAt(0));
  await read(name, data, way, false);
  $("way").value = state.original.way ?? "";
}

// -- tabs

function tab(list, name) {
  if (list === "papers") { papers.choose(name); return; }
  for (const each of ["questions", "look", "markdown"]) {
    $(each).hidden = each !== name;
    $(`tab-${each}`).setAttribute("aria-selected", String(each === name));
    $(`tab-${each}`).tabIndex = each === name ? 0 : -1;
  }
  drawShown();
}

function turn(event, list, names) {
  const forward = document.documentElement.dir === "rtl" ? -1 : 1;
  const by = { ArrowRight: forward, ArrowLeft: -forward }[event.key];
  if (!by) return;
  event.preventDefault();
  const here = names.findIndex((each) => `tab-${each}` === document.activeElement.id);
  const next = names[(here + by + names.length) % names.length];
  tab(list, next);
  $(`tab-${next}`).focus();
}

function see(name) {
  $("work").dataset.see = name;
  $("see-list").setAttribute("aria-pressed", String(name === "list"));
  $("see-papers").setAttribute("aria-pressed", String(name === "papers"));
  if (name === "papers") papers.follow();
}

function drawShown() {
  if (!shown.set) return;
  $("title").textContent = shown.set.title;
  $("title").dir = "auto";
  document.title = `${shown.set.title} – ${t("studio")}`;
  const steps = history();
  $("undo").disabled = !steps.undo;
  $("redo").disabled = !steps.redo;
  shown.colors.forEach(({ surface }, at) => document.body.style.setProperty(`--a${at}`, surface));
  if (!$("questions").hidden) outline.draw();
  if (!$("look").hidden) look.draw();
  if ($("source") !== document.activeElement) $("source").value = state.markdown;
  if (!$("markdown").hidden) $("faults").replaceChildren(...problemsOf(shown.problems));
}

// -- taking them

async function deliver(making, print = false) {
  const made = await during(t("making"), () => settled().then(making));
  if (!made) return;
  const { name, blob } = made;
  const url = URL.createObjectURL(print ? new Blob([blob], { type: "application/pdf" }) : blob);
  const link = h("a", print ? { href: url, target: "_blank", rel: "noopener" } : { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function taking() {
  const box = $("taking");
  const take = (documents, print) => deliver(() => call("take", { documents }, again), print);
  const chosen = () => DOCUMENTS.filter((name) => $(`with-${name}`).checked);
  box.replaceChildren(
    h("h2", { id: "taking-name" }, t("take")),
    h("p", { class: "lead" }, shown.fit ? t("fit", shown.fit) : ""),
    h("ul", { class: "documents" }, DOCUMENTS.map((name) => h("li", {},
      h("input", { type: "checkbox", id: `with-${name}`, checked: shown.set.documents.includes(name),
        onchange: (event) => look.choose(name, event.target.checked) }),
      h("label", { for: `with-${name}` }, h("strong", {}, papers.documentName(name)),
        h("span", { class: "muted" }, t(`${name.replace("-", "_")}_about`))),
      button(t("download"), () => take([name]), "", { id: `get-${name}`,
        "aria-label": labelled(t("download"), papers.documentName(name)) })))),
    h("div", { class: "row" },
      button(t("download_all"), () => take(chosen()), "main", { id: "get-all" }),
      button(t("print_workbook"), () => take(["workbook"], true), "", { id: "print" }),
      button(t("save_list"), () => $("save").click(), "quiet")));
  box.prepend($("notice"));  // outside it could be neither read nor stopped
  box.onclose = () => $("start").before($("notice"));
  box.onclick = (event) => { if (event.target === box) box.close(); };
  box.showModal();
}

// -- the beginning

async function say(lang) {
  await speak(lang);
  $("lang").replaceChildren(...languages.map((each) =>
    h("option", { value: each, selected: each === language }, nameOf(each))));
  start();
  drawShown();
}

for (const each of [outline, papers, look]) each.connect(failed, papers.reveal);
outline.listen();
onShown(() => { papers.follow(); drawShown(); });
listen();
view("start");
try {
  await say(localStorage.getItem("studio-language") ?? navigator.language);
} catch {
  notice("The studio does not answer. Start it again.", "error");
}
if (!hasToken()) notice(t("need_address"), "error");
document.documentElement.dataset.ready = "true";
