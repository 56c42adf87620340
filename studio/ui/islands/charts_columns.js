// Counts side by side: how many videos took one iteration, two, three … Those within the goal are in the accent's colour.
//
//   columns(words, {title, note, csv, counts, goal, names}) → <figure>     counts: [[value, how often]], ascending

import { chart, drawn, label, whole } from "./charts.js";

const HEIGHT = 196;
const FOOT = 26;
const HEAD = 24;
const MOST = 8;

/** See above. names: [of the values, of how often]. */
export function columns(words, { title, note, csv, counts, goal, names }) {
  const rows = unbroken(counts);
  return chart({ words, title, note, csv, height: HEIGHT, table: { columns: names, rows: counts.map(([value, n]) => [String(value), whole(n)]) }, draw });

  function draw(svg, width) {
    const most = Math.max(...rows.map(({ n }) => n));
    const slot = width / rows.length;
    const wide = Math.min(56, slot * 0.6);
    const ground = HEIGHT - FOOT;
    svg.append(drawn("rect", { class: "ground", x: 0, y: ground, width, height: 1 }));
    rows.forEach(({ name, n, value }, i) => {
      const middle = (i + 0.5) * slot;
      const tall = Math.max(n ? 2 : 0, (ground - HEAD) * (n / most));
      const round = Math.min(6, tall);
      const [left, y] = [middle - wide / 2, ground - tall];
      const d = `M${left} ${ground}v${round - tall}q0 ${-round} ${round} ${-round}h${wide - 2 * round}q${round} 0 ${round} ${round}v${tall - round}z`;
      if (n) svg.append(drawn("path", { class: value <= goal ? "finals" : "all", d }), label(middle, y - 8, whole(n), "value"));
      svg.append(label(middle, HEIGHT - 7, name));
    });
  }
}

/** From 1 on without a gap; what is beyond MOST is in one column. */
function unbroken(counts) {
  const last = Math.min(MOST, Math.max(4, ...counts.map(([value]) => value)));
  const known = new Map(counts);
  const rows = Array.from({ length: last }, (_, i) => ({ value: i + 1, name: String(i + 1), n: known.get(i + 1) ?? 0 }));
  const beyond = counts.filter(([value]) => value > last).reduce((sum, [, n]) => sum + n, 0);
  if (beyond) Object.assign(rows.at(-1), { name: `${last}+`, n: rows.at(-1).n + beyond });
  return rows;
}
