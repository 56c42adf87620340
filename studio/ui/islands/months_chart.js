// What was spent, month by month: bars drawn in SVG, and the same numbers as a table for those who do not see them.

import { h, money } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const MOST = 12;
const LEAST = 6;
const SLOT = 58; // px a month needs for its number
const STEPS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const HEIGHT = 190;
const FOOT = 26;
const HEAD = 24;

/** words: studio/words/profile.py. months: [{year, month, cost, calls}] in any order. → element */
export function monthsChart(words, months) {
  const rows = unbroken(months);
  const svg = drawn("svg", { "aria-hidden": "true", class: "chart" });
  const table = h("table", {},
    h("caption", {}, words.months),
    h("thead", {}, h("tr", {}, [words.month, words.spent, words.calls].map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, h("th", { scope: "row" }, long(row)), h("td", {}, money(row.cost)), h("td", {}, String(row.calls))))));
  const figure = h("figure", { class: "months" }, svg, h("div", { class: "sr" }, table));
  new ResizeObserver(([{ contentRect }]) => { if (contentRect.width) draw(svg, rows, contentRect.width); }).observe(figure);
  return figure;
}

/** As many of the last months as there is room for, at their real size, so that the numbers stay readable. */
function draw(svg, rows, width) {
  const shown = rows.slice(-Math.max(3, Math.floor(width / SLOT)));
  const top = ceiling(Math.max(0.01, ...shown.map((row) => row.cost)));
  const slot = width / shown.length;
  const wide = Math.min(44, slot * 0.56);
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  svg.replaceChildren(
    drawn("rect", { class: "ground", x: 0, y: HEIGHT - FOOT, width, height: 1 }),
    ...shown.flatMap((row, i) => {
      const middle = (i + 0.5) * slot;
      const tall = Math.max(row.cost > 0 ? 2 : 0, (HEIGHT - HEAD - FOOT) * (row.cost / top));
      const y = HEIGHT - FOOT - tall;
      const round = Math.min(6, tall);
      const left = middle - wide / 2;
      const column = `M${left} ${y + tall}v${round - tall}q0 ${-round} ${round} ${-round}h${wide - 2 * round}q${round} 0 ${round} ${round}v${tall - round}z`;
      return [
        ...(row.cost > 0 ? [drawn("path", { class: "column", d: column }), drawn("text", { class: "value", x: middle, y: y - 8 }, short(row.cost))] : []),
        drawn("text", { class: "month", x: middle, y: HEIGHT - 7 }, name(row, i === 0 || row.month === 1)),
      ];
    }));
}

/** The last months without a gap, oldest first: a month without spending is a month too. */
function unbroken(months) {
  const at = ({ year, month }) => year * 12 + month - 1;
  const known = new Map(months.map((row) => [at(row), row]));
  const now = new Date();
  const last = Math.max(at({ year: now.getUTCFullYear(), month: now.getUTCMonth() + 1 }), ...known.keys());
  const first = Math.max(last - MOST + 1, Math.min(last - LEAST + 1, ...known.keys()));
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const number = first + i;
    return known.get(number) ?? { year: Math.floor(number / 12), month: (number % 12) + 1, cost: 0, calls: 0 };
  });
}

/** The next round number. */
function ceiling(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return power * STEPS.find((step) => power * step >= most);
}

function name(row, withYear) {
  const month = new Date(Date.UTC(row.year, row.month - 1)).toLocaleString("en-GB", { month: "short", timeZone: "UTC" });
  return withYear ? `${month} ${String(row.year).slice(2)}` : month;
}

function long(row) {
  return new Date(Date.UTC(row.year, row.month - 1)).toLocaleString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
}

function short(cost) {
  return cost >= 100 ? `$${Math.round(cost)}` : money(cost);
}

function drawn(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
