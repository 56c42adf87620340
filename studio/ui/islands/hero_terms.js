// The camera department beside a prompt: one button a matter (lens, light, …), behind each a tray of terms, every one drawn and with a
// reason. Nothing has to be chosen; the subject stays in the prompt.
//
//   cameraHelpers(words, matters, {name, format, open, onchange}) → {node, value(), set(choices), format(), setFormat(aspect), close()}
//     words: studio/words/hero.py.  matters: of GET /api/hero-frames/options.  name: apart from others in the page
//     format: its aspects when the format is chosen here as well.  open: what leaving a matter alone is called
//     value() → {matter: id or own words} of what was chosen
//   termTitle(matters, matter, id) → how a choice is called

import { h, icon } from "./dom.js";
import { shape } from "./fields.js";

const ORDER = ["lens", "light", "composition", "mood", "film_stock", "camera"]; // as people think of a picture

/** See above. */
export function cameraHelpers(words, matters, { name, format = [], open = words.open, onchange = () => {} }) {
  const chosen = new Map(); // matter → id
  const tray = h("div", { id: `${name}-tray`, class: "tray", hidden: true });
  const order = [...matters].sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));
  const all = [...order.map(helper), ...(format.length ? [formatHelper()] : [])];
  const node = h("div", { class: "helpers", role: "group", "aria-label": words.helpers, onkeydown: keys }, h("div", { class: "helper-row" }, all.map((one) => one.button)), tray);
  let shown = null;

  function helper({ id, title, terms }) {
    return entry(id, title, [{ id: "", title: open, why: words.openWhy }, ...terms], (term) => glyph(id, term.id));
  }

  function formatHelper() {
    return entry("format", words.format, [{ id: "", title: words.formatAuto, why: words.formatAutoWhy }, ...format.map((aspect) => ({ id: aspect, title: aspect, why: words.formats[aspect] ?? "" }))],
      (one) => (one.id ? h("i", { class: "glyph" }, shape(sides(one.id))) : glyph("format", "")));
  }

  function entry(id, title, terms, picture) {
    const said = h("b", {});
    const button = h("button", { type: "button", class: "helper", "aria-expanded": "false", "aria-controls": tray.id, onclick: () => flip(one) }, h("span", {}, title), said, icon("chevron"));
    const one = { id, title, terms, picture, button, said };
    return one;
  }

  function flip(one) {
    if (shown === one) return close();
    close();
    shown = one;
    one.button.setAttribute("aria-expanded", "true");
    const now = chosen.get(one.id) ?? "";
    const known = one.terms.some((term) => term.id === now);
    tray.replaceChildren(h("fieldset", {}, h("legend", { class: "sr" }, one.title), one.terms.map((term, i) => h("label", { class: "term" },
      h("input", { type: "radio", name: `${name}-${one.id}`, value: term.id, checked: known ? term.id === now : i === 0, onchange: () => choose(one, term.id) }),
      one.picture(term), h("span", {}, term.title, h("small", {}, term.why))))));
    tray.hidden = false;
    tray.querySelector(":checked")?.scrollIntoView({ block: "nearest" });
  }

  function choose(one, id) {
    if (id) chosen.set(one.id, id);
    else chosen.delete(one.id);
    tell(one);
    onchange();
  }

  function tell(one) {
    const id = chosen.get(one.id) ?? "";
    one.said.textContent = id ? one.terms.find((term) => term.id === id)?.title ?? id : "";
    one.button.classList.toggle("some", Boolean(id));
  }

  function close() {
    if (!shown) return;
    shown.button.setAttribute("aria-expanded", "false");
    shown = null;
    tray.hidden = true;
    tray.replaceChildren();
  }

  function keys(event) {
    if (event.key !== "Escape" || !shown) return;
    event.stopPropagation();
    const { button } = shown;
    close();
    button.focus({ preventScroll: true });
  }

  return {
    node,
    value: () => Object.fromEntries([...chosen].filter(([id]) => id !== "format")),
    format: () => chosen.get("format") ?? null,
    setFormat: (aspect) => { const one = all.find(({ id }) => id === "format"); if (aspect) chosen.set("format", aspect); else chosen.delete("format"); if (one) tell(one); },
    set: (choices) => {
      const aspect = chosen.get("format");
      chosen.clear();
      if (aspect) chosen.set("format", aspect);
      for (const [id, value] of Object.entries(choices ?? {})) if (value) chosen.set(id, value);
      all.forEach(tell);
      close();
    },
    close,
  };
}

/** See above. */
export function termTitle(matters, matter, id) {
  return matters.find((one) => one.id === matter)?.terms.find((term) => term.id === id)?.title ?? id;
}

/** "9:16" → {width, height}. */
export function sides(aspect) {
  const [width, height] = String(aspect).split(":").map(Number);
  return { width: width || 1, height: height || 1 };
}

/** What a term does, drawn by hero_terms.css; nothing where it has no drawing. */
function glyph(matter, id) {
  return h("i", { class: "glyph", "data-term": `${matter}-${id}`, "data-matter": matter, "aria-hidden": "true" });
}
