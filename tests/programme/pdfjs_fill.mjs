// Fill a form and save it, as Firefox does: node pdfjs_fill.mjs FOLDER FORM SAVED '{"field": value}'
// FOLDER has node_modules/pdfjs-dist. A value is a text, or the name of the state to be chosen.
// Prints the values of the saved file.
import fs from "fs";
import path from "path";
import { pathToFileURL } from "url";

const [folder, form, saved, values] = process.argv.slice(2);
const library = path.resolve(folder, "node_modules/pdfjs-dist");
const pdfjs = await import(pathToFileURL(path.join(library, "legacy/build/pdf.mjs")));
const open = (file) =>
  pdfjs.getDocument({
    data: new Uint8Array(fs.readFileSync(file)),
    standardFontDataUrl: `${library}/standard_fonts/`,
    cMapUrl: `${library}/cmaps/`,
    verbosity: 0,
  }).promise;

const wanted = JSON.parse(values);
const document = await open(form);
const fields = await document.getFieldObjects();
for (const [name, value] of Object.entries(wanted)) {
  for (const field of fields[name].filter((each) => each.type)) {
    const chosen = field.type === "text" ? value : field.exportValues === value;
    document.annotationStorage.setValue(field.id, { value: chosen });
  }
}
fs.writeFileSync(saved, await document.saveDocument());
const again = await (await open(saved)).getFieldObjects();
const said = Object.keys(wanted).map((name) => [name, again[name].find((each) => each.type).value]);
console.log(JSON.stringify(Object.fromEntries(said)));
