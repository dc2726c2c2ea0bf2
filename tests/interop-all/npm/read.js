// read.js READER < file > csl.json: what a reader from npm makes of a file, as CSL-JSON.
"use strict";
const fs = require("fs");
const text = fs.readFileSync(0, "utf8");
const reader = process.argv[2];

function write(value) { process.stdout.write(JSON.stringify(value)); }

// citation.js, with the plugin for one format.
function citationJs(plugin, type) {
  require(plugin);
  const { plugins } = require("@citation-js/core");
  write(plugins.input.chain(text, { forceType: type, generateGraph: false, strict: false }));
}

// Better BibTeX's parser.
async function betterBibtex() {
  const bibtex = await import("@retorquere/bibtex-parser");
  const entries = text.replace(/@preamble[^]*$/i, ""); // TeX at the end of the file, for TeX
  const library = bibtex.parse(entries, { sentenceCase: false, caseProtection: "as-needed", english: false });
  const problems = [].concat(library.errors || []).map((e) => String(e.error || e.message || e))
    .filter((e) => !e.startsWith("unhandled macro")); // of a formula; it stays there as it is
  const person = (p) => p.lastName !== undefined || p.firstName !== undefined
    ? { family: [p.prefix, p.lastName].filter(Boolean).join(" "), given: p.firstName || "", suffix: p.suffix || "" }
    : { literal: p.name };
  const items = library.entries.map((entry) => {
    const f = entry.fields;
    const date = f.date ? String(f.date).split("-") : [f.year, f.month, f.day];
    const months = { jan: 1, feb: 2, mar: 3, apr: 4, may: 5, jun: 6, jul: 7, aug: 8, sep: 9, oct: 10, nov: 11, dec: 12 };
    const parts = date.map((d) => d === undefined ? undefined : months[String(d).slice(0, 3).toLowerCase()] || parseInt(d, 10)).filter(Boolean);
    return {
      id: entry.key, title: f.title, author: (f.author || []).map(person), editor: (f.editor || []).map(person),
      issued: { "date-parts": [parts] }, page: f.pages || f.eid, DOI: f.doi,
      "container-title": f.journal || f.journaltitle || f.booktitle,
    };
  });
  if (problems.length) { process.stderr.write(problems.slice(0, 5).join("\n") + "\n"); process.exit(3); }
  write(items);
}

function hayagriva() {
  const document = require("js-yaml").load(text);
  // braces keep the case, unless the text is verbatim
  const plain = (t) => t && t.value ? plain(t.value) : t;
  const cased = (t) => typeof t === "string" ? t.replace(/[{}]/g, "") : plain(t);
  const list = (p) => p || [];
  const person = (p) => p["given-name"] || p.prefix || p.suffix
    ? { family: [p.prefix, p.name].filter(Boolean).join(" "), given: p["given-name"] || "", suffix: p.suffix || "" }
    : { literal: p.name };
  write(Object.entries(document).map(([key, e]) => {
    const date = e.date instanceof Date ? e.date.toISOString().slice(0, 10) : String(e.date || "");
    const parent = e.parent && !Array.isArray(e.parent) ? e.parent : {};
    return {
      id: key, title: cased(e.title), author: list(e.author).map(person), editor: list(e.editor || parent.editor).map(person),
      issued: { "date-parts": [date ? date.split("-").map(Number) : []] }, page: e["page-range"],
      DOI: (e["serial-number"] || {}).doi, "container-title": cased(parent.title),
    };
  }));
}

// The schema of CSL-JSON; prints the errors.
function schema() {
  const Ajv = require("ajv");
  const ajv = new Ajv({ strict: false, allErrors: false, logger: false });
  const rules = JSON.parse(fs.readFileSync(process.argv[3], "utf8"));
  const validate = ajv.compile(rules);
  if (validate(JSON.parse(text))) return;
  process.stdout.write(JSON.stringify(validate.errors.slice(0, 5)));
  process.exit(1);
}

// Typst itself: a document that cites everything must compile.
function typst() {
  const { NodeCompiler } = require("@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu");
  const compiler = NodeCompiler.create({ workspace: process.cwd() });
  fs.writeFileSync("refs.yml", text);
  fs.writeFileSync("main.typ", '#bibliography("refs.yml", full: true, style: "ieee")\n');
  const result = compiler.compile({ mainFilePath: "main.typ" });
  const error = typeof result.takeError === "function" && result.takeError();
  if (error) {
    process.stdout.write(JSON.stringify(compiler.fetchDiagnostics(error)).slice(0, 800));
    process.exit(1);
  }
  process.stdout.write(String(result.hasError ? result.hasError() : "compiled"));
}

const readers = {
  "citationjs-ris": () => citationJs("@citation-js/plugin-ris", "@ris/file"),
  "citationjs-csl": () => { require("@citation-js/plugin-csl"); const { plugins } = require("@citation-js/core"); write(plugins.input.chain(text, { generateGraph: false })); },
  "citationjs-bibtex": () => citationJs("@citation-js/plugin-bibtex", "@bibtex/text"),
  "citationjs-biblatex": () => citationJs("@citation-js/plugin-bibtex", "@biblatex/text"),
  "better-bibtex": betterBibtex, hayagriva, schema, typst,
};
readers[reader]();
