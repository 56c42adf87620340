// How one measure is spread: a histogram of all values, below its axis one of the final versions' (each as high as it can be: what is
// compared is their shape and place), both means, and which way is better. One measure, one axis.
//
//   spread(words, measure, {csv, all}) → <figure>     measure: a distribution of GET /api/dashboard; all: what its values are of

import { chart, drawn, figure, label, several, ticks, whole } from "./charts.js";
import { fill, h } from "./dom.js";

const UP = 92;
const DOWN = 46;
const FOOT = 24;
const HEAD = 4;
const FEW = 8;

/** See above. */
export function spread(words, measure, { csv, all }) {
  const title = words.measures[measure.metric] ?? measure.metric;
  const ground = HEAD + UP;
  const height = ground + (measure.n_finals ? DOWN + 6 : 8) + FOOT;
  return chart({
    words,
    title,
    level: 4,
    csv,
    height,
    note: [h("code", {}, measure.name), h("span", { class: "means" }, means())],
    foot: h("p", { class: "foot" }, h("span", {}, range()), h("span", { class: "way" }, words[measure.direction])),
    table: {
      columns: [words.binHead, all, ...(measure.n_finals ? [words.finalVersions] : [])],
      rows: measure.bins.map((bin) => [`${short(bin.lo)} – ${short(bin.hi)}`, whole(bin.attempts), ...(measure.n_finals ? [whole(bin.finals)] : [])]),
    },
    draw,
  });

  function means() {
    const parts = [h("b", {}, fill(words.mean, { value: figure(measure.mean) }))];
    if (measure.mean_finals !== null) parts.push(h("b", { class: "of-finals" }, fill(words.meanFinals, { value: figure(measure.mean_finals) })));
    return parts;
  }

  function range() {
    if (measure.n < FEW) return several(words.tooFew, measure.n);
    if (measure.low !== null && measure.high !== null) return fill(words.rangeBoth, { low: measure.low, high: measure.high });
    return measure.low !== null ? fill(words.rangeLow, { low: measure.low }) : words.rangeNone;
  }

  function draw(svg, width) {
    const { bins } = measure;
    const [lo, hi] = [bins[0].lo, bins.at(-1).hi];
    const [most, mostFinals] = ["attempts", "finals"].map((name) => Math.max(...bins.map((bin) => bin[name])));
    const x = (value) => (hi > lo ? ((value - lo) / (hi - lo)) * width : width / 2);
    const gap = Math.min(2, width / bins.length / 6);
    for (const bin of bins) {
      const left = bins.length > 1 ? x(bin.lo) + gap / 2 : width * 0.3;
      const wide = bins.length > 1 ? Math.max(1, x(bin.hi) - x(bin.lo) - gap) : width * 0.4;
      const tall = Math.max(1.5, UP * (bin.attempts / most));
      const deep = Math.max(1.5, DOWN * (bin.finals / Math.max(1, mostFinals)));
      const rx = Math.min(2, wide / 4);
      if (bin.attempts) svg.append(drawn("rect", { class: "all", x: left, y: ground - tall, width: wide, height: tall, rx }));
      if (bin.finals) svg.append(drawn("rect", { class: "finals", x: left, y: ground + 2, width: wide, height: deep, rx }));
    }
    svg.append(drawn("rect", { class: "ground", x: 0, y: ground, width, height: 1 }));
    if (bins.length > 1 && measure.n >= FEW) {
      svg.append(drawn("rect", { class: "mean", x: x(measure.mean) - 1, y: ground - UP, width: 2, height: UP }));
      if (measure.mean_finals !== null) svg.append(drawn("rect", { class: "mean", x: x(measure.mean_finals) - 1, y: ground + 2, width: 2, height: DOWN }));
    }
    const at = bins.length > 1 ? ticks(lo, hi, Math.max(2, Math.floor(width / 72))) : [measure.mean];
    for (const value of at) {
      const anchor = x(value) < 16 ? "start" : x(value) > width - 16 ? "end" : "middle";
      svg.append(label(x(value), height - 6, short(value), "", anchor));
    }
  }
}

/** A round number without needless digits. */
function short(value) {
  return Math.abs(value) >= 1000 ? whole(value) : String(Number(value.toPrecision(4)));
}
