// A question of the Editor with a form in it.
//
//   editorDialog(root, title, words, content, go(), yes) → <dialog>, shown   content: nodes; yes: the button's word. What `go` throws is said in
//   the dialog, else it closes. Without `go` it only tells.

import { h, icon } from "./dom.js";

let opened = 0;

/** See above. */
export function editorDialog(root, title, words, content, go, yes) {
  const id = `editor-dialog-${(opened += 1)}`;
  const fault = h("p", { class: "trouble", role: "alert", hidden: true });
  const sure = go ? h("button", { type: "submit", class: "primary" }, yes) : null;
  const form = h("form", { class: "dialog-body", method: "dialog", onsubmit: async (event) => {
    event.preventDefault();
    if (!go) return;
    sure.disabled = true;
    fault.hidden = true;
    try {
      await go();
      dialog.close();
    } catch (error) {
      fault.replaceChildren(icon("alert"), h("span", {}, error.message || words.offline));
      fault.hidden = false;
      sure.disabled = false;
    }
  } }, h("h2", { id }, title), ...content, fault, h("div", { class: "dialog-foot" }, h("button", { type: "button", class: "secondary", onclick: () => dialog.close() }, words.keep), sure));
  const before = root.activeElement;
  const dialog = h("dialog", { class: "dialog wide", "aria-labelledby": id, onclose: () => { dialog.remove(); before?.focus?.({ preventScroll: true }); } }, form);
  root.append(dialog);
  dialog.showModal();
  return dialog;
}
