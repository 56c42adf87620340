// Up to four lines that can be written over the copywriter's: hooks, or calls to action.
//
//   lines(words, {name, title, how, one, add, most, chars, start}) → {node, value() → texts, propose(texts)}
//     start: how many there are at first.  "" stands for the copywriter's own; what it proposes is shown where a field is empty.

import { fill, h, icon } from "./dom.js";

/** See above. A change bubbles as `input`. */
export function lines(words, { name, title, how, one, add, most, chars, start }) {
  let proposed = [];
  const list = h("ol", { class: "lines" });
  const more = h("button", { type: "button", class: "quiet add", onclick: () => { grow(); list.lastChild.querySelector("input").focus(); told(); } }, icon("plus"), h("span", {}, add));
  const node = h("fieldset", { class: "block" }, h("legend", {}, title), h("p", { class: "small" }, how), list, more);

  function grow() {
    const input = h("input", { type: "text", maxlength: chars, autocomplete: "off" });
    const shut = h("button", { type: "button", class: "clear", onclick: () => { item.remove(); told(); (list.querySelector("input") ?? more).focus(); } }, icon("close"));
    const item = h("li", {}, h("b", { "aria-hidden": "true" }), input, shut);
    list.append(item);
    number();
  }

  function number() {
    const items = [...list.children];
    items.forEach((item, i) => {
      const letter = String.fromCharCode(65 + i);
      const label = fill(one, { letter });
      item.firstChild.textContent = letter;
      const input = item.querySelector("input");
      input.id = `${name}-${letter}`;
      input.setAttribute("aria-label", label);
      item.lastChild.setAttribute("aria-label", fill(words.remove, { what: label }));
      item.lastChild.hidden = items.length === 1;
    });
    more.hidden = items.length >= most;
    hint();
  }

  /** The copywriter's lines go to the empty fields in their order, past those that are written by hand. */
  function hint() {
    const own = value().filter(Boolean).map((line) => line.toLowerCase());
    const left = proposed.filter((line) => !own.includes(line.toLowerCase()));
    for (const input of list.querySelectorAll("input")) input.placeholder = input.value.trim() ? "" : left.shift() ?? "";
  }

  function told() {
    number();
    node.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function value() {
    return [...list.querySelectorAll("input")].map((input) => input.value.trim());
  }

  node.addEventListener("input", hint);
  for (let i = 0; i < start; i += 1) grow();
  return { node, value, propose: (texts) => { proposed = texts; hint(); } };
}

/** Some of a few: chips that can be switched on and off; the last one on stays. choices: [{value, text, glyph?, title?}]. */
export function several(name, title, choices, chosen) {
  const inputs = choices.map(({ value }) => h("input", { type: "checkbox", name, value, checked: chosen.includes(value) }));
  const node = h("fieldset", { class: "block" }, h("legend", {}, title), h("div", { class: "several" },
    choices.map(({ text, glyph, title: hint }, i) => h("label", { title: hint }, inputs[i], h("span", {}, glyph ?? null, text)))));
  const value = () => inputs.filter((input) => input.checked).map((input) => input.value);
  node.addEventListener("change", (event) => { if (!value().length) event.target.checked = true; });
  return { node, value, set: (wanted) => { for (const input of inputs) input.checked = wanted.includes(input.value); } };
}
