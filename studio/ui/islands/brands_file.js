// One file of a brand – a logo, a font –: chosen or dropped, checked by the studio before it is kept, shown, exchanged, taken away.
//
//   fileField(words, {id, icon, add, change, remove, accept, refuse(file), send(file), drop()}) → {node, show(there)}
//     add, change, remove: what the three say to a screen reader.  refuse(file) → why it is not even sent, "" when it is.
//     send(file), drop() → Promises that reject with the studio's own sentence.  show({preview, title, note} or null)

import { h, icon } from "./dom.js";

/** See above. */
export function fileField(words, { id, icon: glyph, add, change, remove, accept, refuse, send, drop }) {
  const input = h("input", { type: "file", id, accept, "aria-describedby": `${id}-fault` });
  const fault = h("p", { id: `${id}-fault`, class: "fault", role: "alert", hidden: true });
  const checking = h("p", { class: "checking", role: "status", hidden: true });
  const empty = h("label", { class: "drop", for: id }, icon(glyph), h("span", {}, h("b", {}, words.choose), " ", words.drop));
  const there = h("div", { class: "there", hidden: true });
  const node = h("div", { class: "file" }, h("div", { class: "file-box" }, input, empty, there, checking), fault);
  let shown = null;

  input.addEventListener("change", () => { if (input.files[0]) take(input.files[0]); input.value = ""; });
  node.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    node.classList.add("dropping");
  });
  node.addEventListener("dragleave", (event) => { if (!node.contains(event.relatedTarget)) node.classList.remove("dropping"); });
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    node.classList.remove("dropping");
    if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
  });

  function complain(sentence) {
    fault.hidden = !sentence;
    fault.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    node.classList.toggle("wrong", Boolean(sentence));
  }

  function busy(text) {
    checking.hidden = !text;
    checking.textContent = text;
    input.disabled = Boolean(text);
    node.setAttribute("aria-busy", String(Boolean(text)));
  }

  async function take(file) {
    const why = refuse(file);
    complain(why);
    if (why) return;
    busy(words.sending.replace("{name}", file.name));
    try {
      await send(file);
    } catch (error) {
      complain(error.status ? error.message || words.actionFailed : words.sendFailed.replace("{name}", file.name));
    }
    busy("");
    input.focus({ preventScroll: true });
  }

  async function away() {
    complain("");
    busy(words.saving);
    try {
      await drop();
    } catch (error) {
      complain(error.status ? error.message || words.actionFailed : words.offline);
    }
    busy("");
    input.focus({ preventScroll: true });
  }

  /** See above. */
  function show(kept) {
    shown = kept;
    empty.hidden = Boolean(shown);
    there.hidden = !shown;
    input.setAttribute("aria-label", shown ? change : add);
    if (!shown) return;
    there.replaceChildren(shown.preview,
      h("div", { class: "there-text" }, h("b", {}, shown.title), shown.note ? h("small", {}, shown.note) : null),
      h("label", { class: "secondary change", for: id, "aria-hidden": "true" }, words.change),
      h("button", { type: "button", class: "clear", "aria-label": shown.remove ?? remove, onclick: away }, icon("close")));
  }

  show(null);
  return { node, show };
}
