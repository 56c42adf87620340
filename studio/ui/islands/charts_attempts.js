// One video: every attempt as a mark over its iteration, the line through those that count, the final version ringed. And the same in
// little for a list.
//
//   attempts(words, {title, note, csv, video}) → <figure>     video: GET /api/dashboard/groups/<id>
//   spark(trend) → <svg>                                       trend: [{iteration, overall, final}] of GET /api/dashboard

import { chart, drawn, figure, label, ticks } from "./charts.js";
import { fill } from "./dom.js";

const HEIGHT = 300;
const HEAD = 26;
const FOOT = 32;
const LEFT = 44;
const RIGHT = 16;

/** See above. */
export function attempts(words, { title, note, foot, csv, video }) {
  const said = (one) => [one.final && words.final, one.user && words.user, one.system && words.system].filter(Boolean).join(", ");
  const rows = video.attempts.map((one) => [one.label, one.model || words.unnamed, one.overall === null ? "–" : figure(one.overall), said(one) || "–"]);
  return chart({ words, title, note, foot, csv, height: HEIGHT, wide: true, level: 2, table: { columns: [words.attempt, words.modelName, words.score, words.marks], rows }, draw });

  function draw(svg, width) {
    const known = video.attempts.filter((one) => one.overall !== null);
    const numbers = [...new Set(video.attempts.map((one) => one.iteration))];
    const slot = (width - LEFT - RIGHT) / numbers.length;
    const values = known.map((one) => one.overall);
    const pad = values.length ? Math.max(0.02, (Math.max(...values) - Math.min(...values)) * 0.18) : 0;
    const [lo, hi] = values.length ? [Math.max(0, Math.min(...values) - pad), Math.min(1, Math.max(...values) + pad)] : [0, 1];
    const y = (value) => HEIGHT - FOOT - ((value - lo) / (hi - lo)) * (HEIGHT - FOOT - HEAD);
    const x = (one) => {
      const beside = video.attempts.filter((other) => other.iteration === one.iteration);
      const step = Math.min(44, slot / (beside.length + 1));
      return LEFT + (numbers.indexOf(one.iteration) + 0.5) * slot + (beside.indexOf(one) - (beside.length - 1) / 2) * step;
    };
    for (const value of ticks(lo, hi, 4)) {
      svg.append(drawn("rect", { class: "grid", x: LEFT, y: y(value), width: width - LEFT - RIGHT, height: 1 }), label(LEFT - 10, y(value) + 4, Number(value.toFixed(3)), "", "end"));
    }
    svg.append(drawn("rect", { class: "ground", x: LEFT, y: HEIGHT - FOOT, width: width - LEFT - RIGHT, height: 1 }));
    numbers.forEach((number, i) => svg.append(label(LEFT + (i + 0.5) * slot, HEIGHT - 10, slot < 76 ? number : fill(words.iteration, { n: number }))));
    const way = video.trend.map(({ attempt_id: id }) => known.find((one) => one.id === id)).filter(Boolean);
    svg.append(drawn("path", { class: "line finals-line", d: way.map((one, i) => `${i ? "L" : "M"}${x(one)} ${y(one.overall)}`).join("") }));
    for (const one of known) {
      const counts = way.includes(one);
      if (one.final) svg.append(drawn("circle", { class: "ring", cx: x(one), cy: y(one.overall), r: 11 }));
      if (one.system) svg.append(drawn("path", { class: "program", d: `M${x(one) - 5} ${HEIGHT - FOOT + 1}h10l-5 -6z` }));
      svg.append(drawn("circle", { class: one.user || one.final ? "dot" : counts ? "dot hollow" : "dot plain", cx: x(one), cy: y(one.overall), r: counts ? 6 : 5 }));
      if (slot > 60) svg.append(label(x(one), y(one.overall) - (one.final ? 17 : 12), one.label, one.final ? "value strong" : "value"));
    }
  }
}

/** See above. */
export function spark(trend) {
  const [width, height, edge] = [132, 36, 6];
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "spark", "aria-hidden": "true" });
  const known = trend.filter((step) => step.overall !== null);
  if (!known.length) return svg;
  const values = known.map((step) => step.overall);
  const [lo, hi] = [Math.min(...values), Math.max(...values)];
  const last = Math.max(1, trend.length - 1);
  const x = (step) => edge + (trend.indexOf(step) / last) * (width - 2 * edge);
  const y = (step) => (hi - lo < 1e-9 ? height / 2 : height - edge - ((step.overall - lo) / (hi - lo)) * (height - 2 * edge));
  svg.append(drawn("path", { class: "line attempts-line", d: known.map((step, i) => `${i ? "L" : "M"}${x(step)} ${y(step)}`).join("") }));
  for (const step of known) svg.append(drawn("circle", { class: step.final ? "dot" : "point attempts-line", cx: x(step), cy: y(step), r: step.final ? 5 : 2.5 }));
  return svg;
}
