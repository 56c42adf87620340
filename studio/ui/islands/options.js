// The options behind "Options": length, format, story, brand, colours, seed. Everything may stay automatic.

import { fill, h, icon } from "./dom.js";

const FIRST_COLOURS = { ground: "#0A192F", accent: "#D4AF37" };

/** page: what studio/words.py says. changed(): called after every change. */
export function optionsPanel(page, changed) {
  const { words, limits } = page;

  const length = segmented("length", words.length, [["", words.auto], ...page.durations.map((n) => [String(n), fill(words.seconds, { n })])]);
  const format = segmented("format", words.format, [["", words.auto], ...page.aspects.map((a) => [a.value, a.value, shape(a)])]);
  const hints = { "": words.storyAuto, ...Object.fromEntries(page.frameworks.map((f) => [f.value, f.hint])) };
  const story = segmented("story", words.story, [["", words.auto], ...page.frameworks.map((f) => [f.value, f.value])], (value) => hints[value]);
  const brand = h("input", { id: "brand", type: "text", maxlength: limits.brandMax, placeholder: words.brandPlaceholder, autocomplete: "off" });
  const seed = h("input", {
    id: "seed", type: "number", min: 0, max: limits.seedMax, step: 1, value: 0, inputmode: "numeric", "aria-describedby": "seed-hint",
  });
  const ground = swatch("ground");
  const accent = swatch("accent");

  const node = h("div", { id: "options", class: "options", hidden: true, oninput: react },
    length.node, format.node, story.node,
    row("brand", words.brand, brand),
    h("fieldset", { class: "row" }, h("legend", {}, words.colors), h("div", { class: "swatches" }, ground.node, accent.node)),
    row("seed", words.seed, seed, h("p", { id: "seed-hint", class: "small" }, words.seedHint)));

  function react() {
    story.hint();
    accent.node.hidden = !ground.value(); // the ground comes first, so the accent waits for it
    changed();
  }

  function segmented(name, label, choices, explain) {
    const note = explain ? h("p", { class: "small", "aria-live": "polite" }, explain("")) : null;
    const inputs = choices.map(([value]) => h("input", { type: "radio", name, value, checked: value === "" }));
    const labels = choices.map(([, text, glyph], i) => h("label", {}, inputs[i], h("span", {}, glyph ?? null, text)));
    const legend = h("legend", {}, label);
    return {
      node: h("fieldset", { class: "row" }, legend, h("div", {}, h("div", { class: "segments" }, labels), note)),
      value: () => inputs.find((input) => input.checked).value,
      set: (value) => { inputs.find((input) => input.value === String(value ?? "")).checked = true; },
      hint: () => { if (note) note.textContent = explain(inputs.find((input) => input.checked).value); },
    };
  }

  function swatch(name) {
    let chosen = false;
    const input = h("input", { type: "color", value: FIRST_COLOURS[name], "aria-label": fill(words.addColor, { name: words[name].toLowerCase() }) });
    const text = h("span", {}, words[name]);
    const clear = h("button", {
      type: "button", class: "clear", hidden: true, "aria-label": fill(words.clearColor, { name: words[name].toLowerCase() }), onclick: () => set(""),
    }, icon("close"));
    const box = h("div", { class: "swatch", "data-name": name, hidden: name === "accent" }, h("label", {}, input, h("i", {}), text), clear);
    input.addEventListener("input", () => show(true));

    function show(on) {
      chosen = on;
      clear.hidden = !on;
      box.classList.toggle("chosen", on);
      box.style.setProperty("--colour", on ? input.value : "transparent");
      text.textContent = on ? input.value.toUpperCase() : words[name];
    }

    function set(value) {
      if (value) input.value = value.toLowerCase();
      show(Boolean(value));
      if (name === "ground" && !value) accent.set("");
      react();
    }

    return { node: box, set, value: () => (chosen ? input.value.toUpperCase() : "") };
  }

  return {
    node,
    value: () => ({
      duration: length.value() ? Number(length.value()) : null,
      aspect: format.value() || null,
      framework: story.value() || null,
      brand: brand.value.trim(),
      colors: [ground.value(), accent.value()].filter(Boolean),
      seed: Math.min(limits.seedMax, Math.max(0, Math.trunc(Number(seed.value) || 0))),
    }),
    summary: () => [
      length.value() && fill(words.seconds, { n: length.value() }), format.value(), story.value(), brand.value.trim(),
      Number(seed.value) ? `${words.seed} ${seed.value}` : "",
    ].filter(Boolean),
    fill: (asked) => {
      length.set(asked.duration);
      format.set(asked.aspect);
      story.set(asked.framework);
      brand.value = asked.brand;
      seed.value = asked.seed;
      ground.set(asked.colors[0] ?? "");
      accent.set(asked.colors[1] ?? "");
    },
  };
}

function row(id, label, ...content) {
  return h("div", { class: "row" }, h("label", { for: id }, label), h("div", {}, ...content));
}

function shape({ width, height }) {
  const long = 16 / Math.max(width, height);
  const glyph = h("i", { class: "shape" });
  glyph.style.width = `${width * long}px`;
  glyph.style.height = `${height * long}px`;
  return glyph;
}
