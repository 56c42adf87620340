// Keys in the Editor: whose a key is, and the sheet on which all of them stand.
//
//   claimed(event) → whether what has the focus has a use of its own for this key
//   keysDialog(root, words)

import { h } from "./dom.js";
import { editorDialog } from "./editor_dialog.js";

const TYPING = "input:not([type=range], [type=radio], [type=checkbox]), textarea, select";
const PRESSED = "button, a, summary, label, input, [role=tab]";
const MOVED = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
const APPLE = /Mac|iPhone|iPad/.test(navigator.platform);

/** See above. */
export function claimed(event) {
  const [at] = event.composedPath();
  if (!(at instanceof Element)) return false;
  if (at.matches(TYPING)) return true;
  if (event.key === " ") return Boolean(at.closest(PRESSED));
  if (MOVED.includes(event.key) && at.matches("input")) return true;
  return ["ArrowUp", "ArrowDown"].includes(event.key) && Boolean(at.closest(".panel-body, .toolbar"));
}

/** See above. */
export function keysDialog(root, words) {
  const name = (key) => (key === "mod" ? (APPLE ? "⌘" : words.keyNames.ctrl) : key === "alt" && APPLE ? "⌥" : words.keyNames[key] ?? key);
  const keys = (text) => text.split(" ").map((one) => (one === "/" || one === "–" ? h("span", {}, one) : h("kbd", {}, name(one))));
  const group = ({ title, rows }) => h("section", {}, h("h3", {}, title), h("dl", {}, rows.map(([which, what]) => h("div", {}, h("dt", {}, what), h("dd", {}, keys(which))))));
  const dialog = editorDialog(root, words.keysTitle, { ...words, keep: words.keysClose }, [h("div", { class: "keys", tabindex: "0", role: "group", "aria-label": words.keysTitle }, h("div", {}, words.keySheet.map(group)))], null);
  dialog.querySelector(".dialog-foot button").focus();
  dialog.classList.add("widest");
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  return dialog;
}
