// The kinds of field the options are made of. Each is {node, value(), set(value)}; a change of any of them bubbles as `input`.

import { h } from "./dom.js";

/** A labelled row: fieldset with legend when `group`, else a label for the control `id`. */
export function row(label, content, { id = "", group = false } = {}) {
  return group
    ? h("fieldset", { class: "row" }, h("legend", {}, label), h("div", {}, content))
    : h("div", { class: "row" }, h("label", { for: id }, label), h("div", {}, content));
}

/** One of a few, side by side. choices: [{value, text, glyph?}], the first is the default; explain(value) → a sentence. */
export function segmented(name, label, choices, explain) {
  const note = explain ? h("p", { class: "small", "aria-live": "polite" }, explain(choices[0].value)) : null;
  const inputs = choices.map(({ value }, i) => h("input", { type: "radio", name, value, checked: i === 0 }));
  const labels = choices.map(({ text, glyph }, i) => h("label", {}, inputs[i], h("span", {}, glyph ?? null, text)));
  const node = row(label, [h("div", { class: "segments" }, labels), note], { group: true });
  const value = () => inputs.find((input) => input.checked).value;
  const told = () => { if (note) note.textContent = explain(value()); };
  node.addEventListener("input", told);
  return {
    node,
    value,
    set: (wanted) => {
      (inputs.find((input) => input.value === String(wanted ?? "")) ?? inputs[0]).checked = true;
      told();
    },
  };
}

/** One of several that need a line each. choices: [{value, text, hint, off}]; off: why it cannot be chosen, "" when it can. */
export function listed(name, label, choices) {
  const inputs = choices.map(({ value, off }, i) => h("input", {
    type: "radio", name, value, checked: i === 0, disabled: Boolean(off), "aria-describedby": `${name}-${i}`,
  }));
  const items = choices.map(({ text, hint, off }, i) => h("label", { class: off ? "pick off" : "pick" },
    inputs[i], h("i", { class: "dot" }), h("span", {}, text, h("small", { id: `${name}-${i}` }, off || hint))));
  return {
    node: row(label, h("div", { class: "picks" }, items), { group: true }),
    value: () => inputs.find((input) => input.checked).value,
    set: (wanted) => {
      const found = inputs.find((input) => input.value === String(wanted ?? ""));
      (found && !found.disabled ? found : inputs[0]).checked = true;
    },
  };
}

/** On or off, on by default. off: why it cannot be switched, "" when it can. */
export function toggle(name, title, hint, off = "") {
  const input = h("input", { type: "checkbox", role: "switch", id: `switch-${name}`, name, checked: true, "aria-describedby": `switch-${name}-hint` });
  const small = h("small", { id: `switch-${name}-hint` }, off || hint);
  const node = h("label", { class: "switch", for: `switch-${name}` }, h("span", {}, title, small), input, h("i", { class: "track" }));
  const disable = (why) => {
    input.disabled = Boolean(why);
    if (why) input.checked = false;
    small.textContent = why || hint;
  };
  disable(off);
  return { node, value: () => input.checked, set: (on) => { if (!input.disabled) input.checked = on !== false; }, disable, disabled: () => input.disabled };
}

/** The outline of a picture's shape, 16 px at its longer side. */
export function shape({ width, height }) {
  const long = 16 / Math.max(width, height);
  const glyph = h("i", { class: "shape" });
  glyph.style.width = `${width * long}px`;
  glyph.style.height = `${height * long}px`;
  return glyph;
}
