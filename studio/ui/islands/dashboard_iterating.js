// What iterating came to: agreement with the program, iterations a final version took, the ranking score week by week, models, videos.
//
//   iterating(words, told, {csv, link}) → <section>     told: GET /api/dashboard; csv(chart), link(group id) → addresses

import { figure, percent, several, tableOf, whole } from "./charts.js";
import { spark } from "./charts_attempts.js";
import { columns } from "./charts_columns.js";
import { interval, whisker } from "./charts_interval.js";
import { weeks } from "./charts_lines.js";
import { date, fill, h, icon, money } from "./dom.js";

const GOAL = 3; // iterations, PRD §23.4
const SHOWN = 6; // videos, before more are asked for

/** See above. */
export function iterating(words, told, { csv, link }) {
  return h("section", { class: "part", "aria-labelledby": "iterating" },
    h("header", {}, h("h2", { id: "iterating" }, words.iterating), h("p", { class: "small" }, words.iteratingHow), legend(words)),
    h("div", { class: "pair" }, agreement(words, told.agreement, csv), takes(words, told.iterations_per_final, csv)),
    trend(words, told, csv),
    told.by_model.length ? models(words, told.by_model, csv) : null,
    told.videos.length ? videos(words, told.videos, link, csv) : null);
}

/** Which colour is what. how: what else has to be known to read the drawings. */
export function legend(words, how = null) {
  return h("p", { class: "legend" }, h("span", { class: "of-all" }, words.attempts), h("span", { class: "of-finals" }, words.finalVersions), how);
}

function agreement(words, share, csv) {
  if (!share.n) return unknown(words.agreeTitle, words.agreeNone);
  const [low, high] = share.interval;
  const goal = percent(share.goal);
  const verdict = low >= share.goal ? words.agreeReached : high < share.goal ? words.agreeMissed : share.rate >= share.goal ? words.agreeAbove : words.agreeBelow;
  return interval(words, {
    title: words.agreeTitle,
    note: [h("span", { class: "verdict" }, fill(verdict, { goal, n: whole(share.n) })), " ", fill(words.agreeCounts, { agreed: whole(share.agreed), n: whole(share.n) })],
    csv: csv("agreement"),
    share,
    goal: share.goal,
    goalName: fill(words.goal, { goal }),
    table: { columns: [words.choices, words.same, words.rate, words.interval], rows: [[whole(share.n), whole(share.agreed), `${percent(share.rate)} %`, `${percent(low)} – ${percent(high)} %`]] },
  });
}

function takes(words, { median, counts }, csv) {
  if (!counts.length) return unknown(words.takesTitle, words.takesNone);
  return columns(words, {
    title: words.takesTitle,
    note: fill(words.takesGoal, { median }),
    csv: csv("iterations"),
    counts: counts.map(({ iterations, groups }) => [iterations, groups]),
    goal: GOAL,
    names: [words.iterationsHead, words.videos],
  });
}

function trend(words, { trend: rows, rising }, csv) {
  const foot = h("p", { class: "foot rising" }, rising.n ? fill(words.rising, {
    met: whole(rising.met), n: whole(rising.n), rate: percent(rising.rate), low: percent(rising.interval[0]), high: percent(rising.interval[1]),
    change: `${rising.mean_change < 0 ? "−" : "+"}${Math.abs(rising.mean_change).toFixed(3)}`,
  }) : words.risingNone);
  const scored = rows.filter((row) => row.overall !== null);
  if (scored.length < 2) return unknown(words.trendTitle, scored.length ? words.trendOne : words.trendNone, foot);
  return weeks(words, { title: words.trendTitle, foot, csv: csv("trend"), trend: rows });
}

function models(words, rows, csv) {
  const most = Math.max(0.01, ...rows.map((row) => row.approved.interval?.[1] ?? 0));
  const table = tableOf(words.modelsTitle, {
    columns: [words.modelName, words.attempts, words.approved, words.score, words.scoreFinals, words.perSecond],
    rows: rows.map((row) => [
      row.model || words.unnamed,
      whole(row.attempts),
      h("span", { class: "share" }, whisker(row.approved, most), h("span", {}, `${percent(row.approved.rate)} %`)),
      row.overall === null ? "–" : figure(row.overall),
      row.overall_finals === null ? "–" : figure(row.overall_finals),
      row.seconds ? (row.spent ? money(row.spent / row.seconds) : words.free) : "–",
    ]),
  });
  return h("div", { class: "chart wide models" }, h("header", {}, h("h3", {}, words.modelsTitle), download(words, words.modelsTitle, csv("models"))), h("div", { class: "rows", tabindex: "0", role: "region", "aria-label": words.modelsTitle }, table));
}

function videos(words, rows, link, csv) {
  const items = rows.map((video) => line(words, video, link));
  const more = h("button", { type: "button", class: "secondary more", onclick: () => {
    for (const item of items) item.hidden = false;
    more.remove();
    items[SHOWN].querySelector("a").focus({ preventScroll: true });
  } }, fill(words.videosMore, { n: rows.length }));
  for (const item of items.slice(SHOWN)) item.hidden = true;
  return h("div", { class: "chart wide" }, h("header", {}, h("h3", {}, words.videosTitle), download(words, words.videosTitle, csv("videos"))), h("p", { class: "note" }, words.videosHow),
    h("ul", { class: "videos" }, items), rows.length > SHOWN ? more : null);
}

/** What is told in rows already can be taken along. */
function download(words, title, href) {
  return h("a", { class: "quiet dots", href, download: true, "aria-label": `${words.csv}: ${title}` }, icon("download"));
}

function line(words, video, link) {
  return h("li", {}, h("a", { href: link(video.id), "aria-label": fill(words.videoOpen, { title: video.title }) },
    spark(video.trend),
    h("span", { class: "name" }, h("b", {}, video.title), h("small", {}, [date(video.created_at), video.tag].filter(Boolean).join(" · "))),
    h("span", { class: "told" }, h("span", {}, video.final ? fill(words.videoFinal, { label: video.final }) : words.videoNoFinal), h("small", {}, several(words.countedTakes, video.attempts))),
    icon("arrow")));
}

/** A chart that has nothing to draw yet says what would give it something. */
function unknown(title, sentence, foot = null) {
  return h("div", { class: "chart wait" }, h("header", {}, h("h3", {}, title)), h("p", { class: "note" }, sentence), foot);
}
