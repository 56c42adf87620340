// What must not happen in a film: what models are known to add, each to be kept out or not, and words of one's own.

import { h } from "./dom.js";
import { row } from "./fields.js";

/** → {node, value(), set(text)}; recommended: the words in order; text: comma-separated, null for all that is recommended. */
export function negatives(name, words, recommended) {
  const own = h("input", { type: "text", id: name, maxlength: 300, placeholder: words.negativePlaceholder, autocomplete: "off", "aria-label": words.negativeOwn });
  const chips = recommended.map((text) => h("button", { type: "button", class: "chip", "aria-pressed": "true", onclick: flip }, text));
  const node = row(words.negative, [h("div", { class: "chips out" }, chips), own, h("p", { class: "small" }, words.negativeHint)], { group: true });

  function flip({ currentTarget: chip }) {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    chip.dispatchEvent(new Event("input", { bubbles: true }));
  }

  return {
    node,
    value: () => [...chips.filter((chip) => chip.getAttribute("aria-pressed") === "true").map((chip) => chip.textContent), ...parts(own.value)].join(", "),
    set: (text) => {
      const wanted = text === null ? recommended : parts(text);
      chips.forEach((chip) => chip.setAttribute("aria-pressed", String(wanted.includes(chip.textContent))));
      own.value = wanted.filter((part) => !recommended.includes(part)).join(", ");
    },
  };
}

function parts(text) {
  return text.split(",").map((part) => part.trim()).filter(Boolean);
}
