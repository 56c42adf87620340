// A share and how sure it is, on a scale of 0 to 100 %: the dot is the share, the band its 95 % interval, the line the goal.
//
//   interval(words, {title, note, csv, share, goal, goalName, table}) → <figure>     share: {rate, interval: [low, high]}
//   whisker(share, most) → <svg> of the same in a table's cell, on a scale of 0 to `most`

import { chart, drawn, label } from "./charts.js";

const HEIGHT = 132;
const MIDDLE = 78;
const EDGE = 18; // room for the ends of the scale
const SCALE = [0, 25, 50, 75, 100];

/** See above. */
export function interval(words, { title, note, csv, share, goal, goalName, table }) {
  return chart({ words, title, note, csv, height: HEIGHT, table, draw });

  function draw(svg, width) {
    const x = (part) => EDGE + part * (width - 2 * EDGE);
    const [low, high] = share.interval;
    svg.append(drawn("rect", { class: "rail", x: x(0), y: MIDDLE - 3, width: x(1) - x(0), height: 6, rx: 3 }));
    for (const at of SCALE) svg.append(drawn("rect", { class: "ground", x: x(at / 100) - 0.5, y: MIDDLE + 14, width: 1, height: 5 }), label(x(at / 100), MIDDLE + 36, at));
    svg.append(
      drawn("rect", { class: "band", x: x(low), y: MIDDLE - 12, width: Math.max(2, x(high) - x(low)), height: 24, rx: 6 }),
      drawn("path", { class: "goal", d: `M${x(goal)} ${MIDDLE - 26}V${MIDDLE + 16}` }),
      label(x(goal), MIDDLE - 34, goalName, "value"),
      drawn("circle", { class: "dot", cx: x(share.rate), cy: MIDDLE, r: 7 }),
    );
  }
}

/** See above. */
export function whisker(share, most) {
  const [width, height, edge] = [120, 20, 6];
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "whisker", "aria-hidden": "true" });
  const x = (part) => edge + Math.min(1, part / most) * (width - 2 * edge);
  svg.append(drawn("rect", { class: "rail", x: x(0), y: 9, width: x(most) - x(0), height: 2, rx: 1 }));
  if (share.interval) {
    const [low, high] = share.interval;
    svg.append(drawn("rect", { class: "band", x: x(low), y: 6, width: Math.max(2, x(high) - x(low)), height: 8, rx: 4 }), drawn("circle", { class: "dot", cx: x(share.rate), cy: 10, r: 4 }));
  }
  return svg;
}
