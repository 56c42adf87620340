// On a phone: what is chosen, and what lies beside the stage, as a sheet over the timeline. On a desk both stand beside the stage, and the bar
// that opens them is not seen.
//
//   sheets(words) → {bar, dress(editor), open(name), named(text)}   name: "inspector", "side" or "" (none); editor: carries it as data-sheet

import { h, icon } from "./dom.js";

/** See above. */
export function sheets(words) {
  let editor = null;
  const chosen = h("span", {});
  const button = (name, glyph, ...inner) => h("button", { type: "button", class: "secondary", "aria-expanded": "false", onclick: () => open(editor.dataset.sheet === name ? "" : name) }, icon(glyph), ...inner);
  const buttons = { inspector: button("inspector", "sliders", chosen), side: button("side", "clock", h("span", {}, words.sheetSide)) };
  const bar = h("div", { class: "sheet-bar" }, buttons.inspector, buttons.side);

  function open(name) {
    editor.dataset.sheet = name;
    for (const [one, opener] of Object.entries(buttons)) opener.setAttribute("aria-expanded", String(one === name));
  }

  return {
    bar, open,
    dress: (node) => {
      editor = node;
      open("");
      editor.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !editor.dataset.sheet || event.defaultPrevented) return;
        event.preventDefault(); // the sheet is closed, and what was chosen stays
        const opener = buttons[editor.dataset.sheet];
        open("");
        opener.focus();
      });
    },
    named: (text) => { chosen.textContent = text; },
  };
}
