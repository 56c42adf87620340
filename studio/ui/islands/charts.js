// What every chart shares: a card with its title, the drawing at its real size, the same numbers as a table, and the way to CSV.
//
//   chart({words, title, level, note, foot, csv, height, table: {columns, rows}, draw, wide}) → <figure>
//     draw(svg, width)  fills the drawing, `height` px high; called again at every change of width
//     table             what is drawn, as text: for those who cannot see it, and for everybody who asks for it in the menu
//   drawn(tag, attributes, ...children) → an SVG element
//   ticks(lo, hi, n) → about n round numbers from lo to hi          figure(value) → enough digits to tell two apart
//   whole(n) → "8,148"          percent(share) → "82"          several([one, many], n) → "1 ad", "8,148 ads"

import { fill, h, icon } from "./dom.js";
import { menu } from "./menu.js";

const SVG = "http://www.w3.org/2000/svg";
const STEPS = [1, 2, 2.5, 5, 10];
let made = 0;

/** See above. */
export function chart({ words, title, level = 3, note = null, foot = null, csv = null, height, table, draw, wide = false }) {
  const id = `chart-${(made += 1)}`;
  const svg = drawn("svg", { "aria-hidden": "true", class: "drawing" });
  svg.style.height = `${height}px`;
  const box = h("div", { class: "sr rows" }, tableOf(title, table));
  const figure = h("figure", { class: wide ? "chart wide" : "chart", "aria-labelledby": id },
    h("figcaption", {}, h(`h${level}`, { id }, title), options()),
    note ? h("p", { class: "note" }, note) : null, svg, box, foot);
  let drawnAt = 0;
  new ResizeObserver(([{ contentRect }]) => {
    const width = Math.round(contentRect.width);
    if (!width || width === drawnAt) return;
    drawnAt = width;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.replaceChildren();
    draw(svg, width);
  }).observe(svg);

  function options() {
    const opener = h("button", { type: "button", class: "quiet dots", "aria-label": fill(words.more, { chart: title }) }, icon("more"));
    return h("div", { class: "options" }, opener, menu(opener, () => [
      { label: svg.hasAttribute("hidden") ? words.asChart : words.asTable, icon: "sliders", run: turn },
      ...(csv ? [{ label: words.csv, icon: "download", href: csv, download: true }] : []),
    ]));
  }

  function turn() {
    const asTable = svg.toggleAttribute("hidden");
    box.classList.toggle("sr", !asTable);
    if (asTable) for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", title]]) box.setAttribute(name, value);
    else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
  }

  return figure;
}

/** A table with a caption for screen readers. table: {columns: [text], rows: [[text]]}; the first of each row names it. */
export function tableOf(caption, { columns, rows }) {
  return h("table", {}, h("caption", { class: "sr" }, caption),
    h("thead", {}, h("tr", {}, columns.map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, rows.map(([name, ...cells]) => h("tr", {}, h("th", { scope: "row" }, name), cells.map((cell) => h("td", {}, cell))))));
}

/** See above. */
export function drawn(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** A text in a drawing; anchor: start, middle or end. */
export function label(x, y, text, kind = "", anchor = "middle") {
  return drawn("text", { x, y, class: kind, "text-anchor": anchor }, String(text));
}

/** See above. */
export function ticks(lo, hi, n) {
  const raw = (hi - lo) / n;
  if (!(raw > 0)) return [lo];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * STEPS.find((one) => power * one >= raw * (1 - 1e-9));
  const found = [];
  for (let i = Math.ceil(lo / step - 1e-9); i * step <= hi + step * 1e-9; i += 1) found.push(Number((i * step).toPrecision(10)));
  return found;
}

/** See above. */
export function figure(value) {
  const size = Math.abs(value);
  if (size >= 100) return whole(value);
  return size >= 10 ? value.toFixed(1) : value.toFixed(3);
}

/** See above. */
export function whole(n) {
  return Math.round(n).toLocaleString("en-US");
}

/** See above. */
export function several([one, many], n) {
  return fill(n === 1 ? one : many, { n: whole(n) });
}

/** See above. */
export function percent(share) {
  return String(Math.round(share * 100));
}
