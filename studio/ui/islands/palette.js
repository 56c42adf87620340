// Up to three brand colours, in the brief's order: the next one is offered when the one before it is chosen.

import { fill, h, icon } from "./dom.js";
import { row } from "./fields.js";

const FIRST = ["#0A192F", "#D4AF37", "#F5F1E8"];

/** page: what studio/words/generate.py says. value(): "#RRGGBB", in order. Changes bubble as `input`. */
export function palette(page) {
  const { words } = page;
  const swatches = page.colors.map(swatch);
  const node = row(words.colors, h("div", { class: "swatches" }, swatches.map(({ node: box }) => box)), { group: true });

  function offer() {
    swatches.forEach((one, i) => { one.node.hidden = i > 0 && !swatches[i - 1].value(); });
  }

  function swatch(name, i) {
    let chosen = false;
    const spoken = words[name].toLowerCase();
    const input = h("input", { type: "color", value: FIRST[i].toLowerCase(), "aria-label": fill(words.addColor, { name: spoken }) });
    const text = h("span", {}, words[name]);
    const clear = h("button", { type: "button", class: "clear", hidden: true, "aria-label": fill(words.clearColor, { name: spoken }), onclick: remove }, icon("close"));
    const box = h("div", { class: "swatch", "data-name": name }, h("label", {}, input, h("i", {}), text), clear);
    input.addEventListener("input", () => show(true));

    function show(on) {
      chosen = on;
      clear.hidden = !on;
      box.classList.toggle("chosen", on);
      box.style.setProperty("--colour", on ? input.value : "transparent");
      text.textContent = on ? input.value.toUpperCase() : words[name];
      offer();
    }

    /** The colours after it move up, so that there is never a gap. */
    function remove() {
      set(value().filter((_, n) => n !== i));
      node.dispatchEvent(new Event("input", { bubbles: true }));
      input.focus();
    }

    return {
      node: box,
      value: () => (chosen ? input.value.toUpperCase() : ""),
      set: (colour) => {
        if (colour) input.value = colour.toLowerCase();
        show(Boolean(colour));
      },
    };
  }

  function value() {
    return swatches.map((one) => one.value()).filter(Boolean);
  }

  function set(colours) {
    swatches.forEach((one, i) => one.set(colours?.[i] ?? ""));
  }

  offer();
  return { node, value, set };
}
