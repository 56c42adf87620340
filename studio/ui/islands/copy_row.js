// An address to be passed on: a field that selects itself, and a button that copies it.
//
//   copyRow({label, copy, copied}, address, ...more) → element. label: of the field; copy, copied: what the button says before and after;
//   more: what else stands in the row.

import { h, icon } from "./dom.js";

const SAID_MS = 2000;

/** The row; see above. */
export function copyRow({ label, copy, copied }, address, ...more) {
  const field = h("input", { type: "text", readonly: true, value: address, "aria-label": label, onfocus: () => field.select() });
  const said = h("span", { "aria-live": "polite" }, copy);
  return h("div", { class: "link-row" }, field, h("button", { type: "button", class: "primary", onclick: take }, icon("copy"), said), ...more);

  async function take() {
    try {
      await navigator.clipboard.writeText(address);
    } catch { // not a secure context, or not allowed: the old way
      field.select();
      document.execCommand("copy");
    }
    said.textContent = copied;
    setTimeout(() => { said.textContent = copy; }, SAID_MS);
  }
}
