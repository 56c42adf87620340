// Results of ads, on the Variants page (#/variants?results, ?results=<id>): files that platforms gave, and what one of them says.
//
//   resultsPanel(root, words, {say(text)}) → {node, show(id)}
//     root: the shadow root, with base.css and variants.css.  words: studio.words.results.WORDS with `offline`.  id: "" for the newest

import { api } from "./api.js";
import { confirmDialog } from "./dialog.js";
import { ago, date, fill, h, icon } from "./dom.js";
import { go } from "./router.js";
import { setFindings } from "./results_findings.js";

const MOST_BYTES = 5_000_000;

/** See above. */
export function resultsPanel(root, words, { say }) {
  const input = h("input", { type: "file", id: "results-file", accept: ".csv,.tsv,.txt,text/csv", class: "sr", onchange: () => { if (input.files[0]) bring(input.files[0]); input.value = ""; } });
  const drop = h("label", { class: "results-drop", for: "results-file" }, icon("upload"), h("span", {}, h("b", {}, words.bring), h("small", {}, words.bringHow)));
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const files = h("ul", { class: "results-files", "aria-label": words.files });
  const told = h("div", { class: "results-told" });
  const node = h("section", { class: "results" },
    h("header", { class: "set-head" }, h("div", {}, h("a", { class: "quiet back", href: "#/variants" }, icon("back"), h("span", {}, words.back)), h("h1", { tabindex: "-1" }, words.title), h("p", { class: "lead" }, words.lead))),
    h("div", { class: "results-desk" }, h("div", { class: "results-side" }, input, drop, trouble, files), told));
  let rows = [];
  let shown = "";
  let turn = 0;

  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.dataset.over = "true"; });
  drop.addEventListener("dragleave", () => { delete drop.dataset.over; });
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    delete drop.dataset.over;
    const [file] = event.dataTransfer.files;
    if (file) bring(file);
  });

  async function show(id) {
    const mine = (turn += 1);
    shown = id;
    fault("");
    try {
      rows = (await api("/api/results")).results;
      if (mine !== turn) return;
      list();
      shown = id || rows[0]?.id || "";
      if (!shown) return lesson();
      draw(await api(`/api/results/${shown}`), mine);
    } catch (error) {
      if (mine !== turn) return;
      told.replaceChildren();
      fault(error.status === 404 ? words.gone : error.status ? error.message : words.offline);
    }
  }

  async function count(kind) {
    const mine = (turn += 1);
    try {
      draw(await api(`/api/results/${shown}?counted=${kind}`), mine);
      told.querySelector(`input[value="${kind}"]`)?.focus({ preventScroll: true });
    } catch (error) {
      fault(error.status ? error.message : words.offline);
    }
  }

  async function bring(file) {
    fault("");
    if (file.size > MOST_BYTES) return fault(fill(words.tooLarge, { name: file.name }));
    say(fill(words.bringing, { name: file.name }));
    drop.setAttribute("aria-busy", "true");
    try {
      const found = await api(`/api/results?name=${encodeURIComponent(file.name)}`, { form: new Blob([file], { type: "text/csv" }) });
      say(fill(words.brought, { name: file.name, known: found.n_known, n: found.n_rows }));
      const where = `#/variants?results=${found.id}`;
      if (location.hash === where) show(found.id);
      else go(where, { replace: true });
    } catch (error) {
      fault(error.status ? error.message : words.offline);
    }
    drop.removeAttribute("aria-busy");
  }

  async function remove(row) {
    const sure = await confirmDialog(root, { title: words.removeTitle, text: fill(words.removeText, { name: row.file_name }), confirm: words.removeYes, cancel: words.removeNo, danger: true });
    if (!sure) return;
    try {
      await api(`/api/results/${row.id}`, { method: "DELETE" });
      say(words.removed);
      if (row.id === shown) go("#/variants?results", { replace: true });
      show(row.id === shown ? "" : shown);
    } catch (error) {
      fault(error.status ? error.message : words.offline);
    }
  }

  function list() {
    files.hidden = !rows.length;
    files.replaceChildren(...rows.map((row) => h("li", {},
      h("a", { href: `#/variants?results=${row.id}` }, h("b", {}, row.file_name),
        h("small", {}, words.platforms[row.platform], " · ", fill(words.file, { known: row.n_known, n: row.n_rows }), " · ", h("time", { datetime: row.created_at, title: date(row.created_at, { time: true }) }, ago(row.created_at)))),
      h("button", { type: "button", class: "quiet", "aria-label": fill(words.remove, { name: row.file_name }), onclick: () => remove(row) }, icon("trash")))));
  }

  function draw(found, mine) {
    if (mine !== turn) return;
    rows.forEach((row, i) => { files.children[i].firstChild.toggleAttribute("aria-current", row.id === found.id); });
    const kinds = found.countable.map((kind) => h("label", {}, h("input", { type: "radio", name: "counted", value: kind, checked: kind === found.counted, onchange: () => count(kind) }), h("span", {}, words.kinds[kind])));
    const sets = [...new Set(found.findings.map(({ set }) => set))];
    told.replaceChildren(
      h("header", { class: "results-head" }, h("h2", {}, found.file_name), kinds.length > 1 ? h("fieldset", { class: "segments", "aria-label": words.counted }, kinds) : ""),
      ...(sets.length ? sets.map((set) => setFindings(words, found, set)) : [h("div", { class: "hollow" }, h("b", {}, words.noneKnown), h("span", {}, words.noneKnownText))]),
      sets.length ? h("p", { class: "small" }, words.observed) : "", problems(found), columns(found));
  }

  function problems({ problems: rows }) {
    if (!rows.length) return "";
    return h("details", {}, h("summary", {}, icon("chevron"), h("span", {}, rows.length === 1 ? words.problems[0] : fill(words.problems[1], { n: rows.length }))),
      h("ul", { class: "results-problems" }, rows.map(({ line, why }) => h("li", {}, h("b", {}, fill(words.line, { n: line })), " ", why))));
  }

  function columns({ columns: read }) {
    return h("details", {}, h("summary", {}, icon("chevron"), h("span", {}, words.columns)),
      h("dl", { class: "results-columns" }, Object.entries(read).map(([ours, theirs]) => h("div", {}, h("dt", {}, ours), h("dd", {}, theirs)))));
  }

  function lesson() {
    told.replaceChildren(h("div", { class: "results-lesson" }, h("h2", {}, words.emptyTitle), h("ol", {}, words.steps.map(([title, text]) => h("li", {}, h("b", {}, title), h("span", {}, text))))));
  }

  function fault(sentence) {
    trouble.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    trouble.hidden = !sentence;
  }

  return { node, show };
}
