// The ranking score week by week: attempts and final versions as lines, and at the foot how many attempts each week had. A week without
// attempts is a gap, not a zero.
//
//   weeks(words, {title, note, foot, csv, trend}) → <figure>     trend: of GET /api/dashboard, oldest first, two weeks or more

import { chart, drawn, figure, label, ticks, whole } from "./charts.js";

const HEIGHT = 260;
const HEAD = 16;
const FOOT = 26;
const VOLUME = 34; // the strip with the numbers of attempts
const LEFT = 44;
const RIGHT = 16;
const WEEK_MS = 7 * 86_400_000;
const SERIES = [["overall", "attempts-line"], ["overall_finals", "finals-line"]];

/** See above. */
export function weeks(words, { title, note, foot, csv, trend }) {
  const rows = trend.map((row) => [date(row.week), whole(row.attempts), scored(row.overall), whole(row.finals), scored(row.overall_finals)]);
  const columns = [words.week, words.attempts, words.score, words.finalVersions, words.scoreFinals];
  return chart({ words, title, note, foot, csv, height: HEIGHT, table: { columns, rows }, draw, wide: true });

  function draw(svg, width) {
    const first = Date.parse(trend[0].week);
    const n = Math.round((Date.parse(trend.at(-1).week) - first) / WEEK_MS);
    const place = (row) => Math.round((Date.parse(row.week) - first) / WEEK_MS);
    const x = (i) => LEFT + ((i + 0.5) / (n + 1)) * (width - LEFT - RIGHT);
    const values = trend.flatMap((row) => SERIES.map(([key]) => row[key])).filter((value) => value !== null);
    const pad = Math.max(0.01, (Math.max(...values) - Math.min(...values)) * 0.12);
    const [lo, hi] = [Math.max(0, Math.min(...values) - pad), Math.min(1, Math.max(...values) + pad)];
    const [top, bottom] = [HEAD, HEIGHT - FOOT - VOLUME - 10];
    const y = (value) => bottom - ((value - lo) / (hi - lo)) * (bottom - top);
    for (const value of ticks(lo, hi, 4)) {
      svg.append(drawn("rect", { class: "grid", x: LEFT, y: y(value), width: width - LEFT - RIGHT, height: 1 }), label(LEFT - 10, y(value) + 4, Number(value.toFixed(3)), "", "end"));
    }
    const most = Math.max(...trend.map((row) => row.attempts));
    const wide = Math.max(2, Math.min(18, ((width - LEFT - RIGHT) / (n + 1)) * 0.55));
    for (const row of trend) {
      const tall = Math.max(1.5, (row.attempts / most) * (VOLUME - 6));
      svg.append(drawn("rect", { class: "all", x: x(place(row)) - wide / 2, y: HEIGHT - FOOT - tall, width: wide, height: tall, rx: 1.5 }));
    }
    svg.append(drawn("rect", { class: "ground", x: LEFT, y: HEIGHT - FOOT, width: width - LEFT - RIGHT, height: 1 }));
    const every = Math.max(1, Math.ceil(((n + 1) * 64) / (width - LEFT - RIGHT)));
    for (let i = 0; i <= n; i += every) svg.append(label(x(i), HEIGHT - 8, date(new Date(first + i * WEEK_MS).toISOString(), i === 0)));
    for (const [key, kind] of SERIES) line(svg, trend.filter((row) => row[key] !== null).map((row) => [place(row), x(place(row)), y(row[key])]), kind);
  }
}

/** points: [[week, x, y]]; only neighbouring weeks are joined. */
function line(svg, points, kind) {
  const d = points.map(([week, x, y], i) => `${i && points[i - 1][0] === week - 1 ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  svg.append(drawn("path", { class: `line ${kind}`, d }));
  const small = points.length > 40 ? 0 : 3.5;
  if (small) svg.append(...points.map(([, x, y]) => drawn("circle", { class: `point ${kind}`, cx: x, cy: y, r: small })));
}

function scored(value) {
  return value === null ? "–" : figure(value);
}

/** "2 Nov", with the year where it helps. */
function date(iso, year = false) {
  return new Date(iso).toLocaleString("en-GB", { day: "numeric", month: "short", timeZone: "UTC", ...(year ? { year: "2-digit" } : {}) });
}
