// A question that has to be answered before anything else.
//
//   confirmDialog(root, {title, text, confirm, cancel, danger = false}) → Promise of true (confirmed) or false
//     root: the shadow root (or element) it appears in, styled by base.css. Esc, the cancel button and a click beside the
//     dialog answer false. Focus starts on the cancel button when `danger`, and returns to where it was.

import { h } from "./dom.js";

let opened = 0;

/** Ask; see above. */
export function confirmDialog(root, { title, text, confirm, cancel, danger = false }) {
  const id = `dialog-${(opened += 1)}`;
  const no = h("button", { type: "button", class: "secondary", autofocus: danger, onclick: () => dialog.close("no") }, cancel);
  const yes = h("button", { type: "button", class: danger ? "primary danger" : "primary", autofocus: !danger, onclick: () => dialog.close("yes") }, confirm);
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": `${id}-title`, "aria-describedby": `${id}-text` },
    h("div", { class: "dialog-body" },
      h("h2", { id: `${id}-title` }, title),
      h("p", { id: `${id}-text` }, text),
      h("div", { class: "dialog-foot" }, no, yes)));
  const before = root.activeElement ?? document.activeElement;
  root.append(dialog);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close("no"); });
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
      resolve(dialog.returnValue === "yes");
    });
    dialog.showModal();
  });
}
