// One video on the Quality page: every attempt and its score, which way iterating took it, which attempt its final version is, and what
// that score is made of – parts from VBench's own measures apart from parts from stand-ins.
//
//   videoPage(words, video) → element     video: GET /api/dashboard/groups/<id>

import { chart, drawn, figure, label, tableOf } from "./charts.js";
import { attempts } from "./charts_attempts.js";
import { date, fill, h, icon } from "./dom.js";

const ROW = 34;
const NAME = 128;
const VALUE = 44;

/** See above. */
export function videoPage(words, video) {
  const csv = `/api/dashboard.csv?chart=video&group=${video.id}`;
  const byId = new Map(video.attempts.map((one) => [one.id, one]));
  const way = video.trend.map(({ attempt_id: id }) => byId.get(id));
  const final = byId.get(video.final_attempt_id);
  return h("article", { class: "video" },
    h("a", { class: "quiet back", href: "#/quality" }, icon("arrow"), h("span", {}, words.back)),
    h("header", { class: "head" }, h("div", {}, h("h1", { tabindex: "-1" }, video.title), h("p", { class: "small" }, [date(video.created_at), video.tag].filter(Boolean).join(" · "))),
      h("a", { class: "secondary", href: `#/workspace/${video.id}` }, words.workspace)),
    video.attempts.length ? h("div", { class: "content" }, sheet()) : h("p", { class: "none" }, words.videoNone));

  function sheet() {
    return [
      h("p", { class: "lead" }, told()),
      attempts(words, { title: words.attemptsTitle, note: words.attemptsHow, csv, video, foot: h("p", { class: "legend marks" },
        h("span", { class: "is-final" }, words.final), h("span", { class: "is-user" }, words.user), h("span", { class: "is-system" }, words.system), h("span", { class: "is-plain" }, words.other)) }),
      parts(final ?? way.at(-1), way[0]),
      measures(),
    ];
  }

  function told() {
    if (!final) return words.finalNone;
    const said = fill(words.finalSaid, { label: final.label, n: final.iteration, all: video.iterations });
    const first = way[0];
    if (!first || first === final || first.overall === null || final.overall === null) return said;
    const change = final.overall - first.overall;
    return `${said} ${fill(change >= 0 ? words.better : words.worse, { change: Math.abs(change).toFixed(3) })}`;
  }

  function parts(last, first) {
    if (!last) return null;
    const before = first && first !== last ? new Map(first.parts.map((part) => [part.name, part])) : new Map();
    const how = fill(words.partsHow, { last: last.label, first: before.size ? fill(words.partsFirst, { label: first.label }) : "" });
    if (!last.parts.length) return h("div", { class: "chart wide wait" }, h("header", {}, h("h2", {}, words.partsTitle)), h("p", { class: "note" }, words.noParts));
    const groups = [[words.partsExact, true], [words.partsProxy, false]].map(([title, exact]) => [title, last.parts.filter((part) => part.measure.startsWith("vbench.") === exact)]);
    return h("section", { class: "part", "aria-labelledby": "parts" }, h("header", {}, h("h2", { id: "parts" }, words.partsTitle), h("p", { class: "small" }, how)),
      h("div", { class: "pair" }, groups.filter(([, found]) => found.length).map(([title, found]) => bars(title, found, before))));
  }

  function bars(title, found, before) {
    const height = found.length * ROW + 22;
    return chart({
      words, title, csv, height,
      table: { columns: [words.partName, words.goodness], rows: found.map((part) => [`${part.name} (${part.measure})`, figure(part.goodness)]) },
      draw: (svg, width) => {
        const x = (part) => NAME + part * Math.max(40, width - NAME - VALUE);
        for (const at of [0, 0.5, 1]) svg.append(drawn("rect", { class: "grid", x: x(at), y: 0, width: 1, height: height - 22 }), label(x(at), height - 6, at));
        found.forEach((part, i) => {
          const y = i * ROW + 8;
          svg.append(label(0, y + 13, part.name, "value", "start"), drawn("rect", { class: "rail", x: x(0), y: y + 4, width: x(1) - x(0), height: 10, rx: 5 }),
            drawn("rect", { class: "finals", x: x(0), y: y + 4, width: Math.max(3, x(part.goodness) - x(0)), height: 10, rx: 5 }), label(width, y + 13, part.goodness.toFixed(2), "value", "end"));
          const was = before.get(part.name);
          if (was) svg.append(drawn("rect", { class: "was", x: x(was.goodness) - 1, y: y - 1, width: 2, height: 20, rx: 1 }));
        });
      },
    });
  }

  function measures() {
    const names = [...new Map(video.attempts.flatMap((one) => one.values.filter((value) => value.value !== null)).map((value) => [value.name, value])).values()];
    if (!names.length) return null;
    names.sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name));
    const cell = (one, name) => one.values.find((value) => value.name === name)?.value ?? null;
    return h("details", { class: "missing" }, h("summary", {}, icon("chevron"), h("span", {}, words.allMeasures)),
      h("div", { class: "rows", tabindex: "0", role: "region", "aria-label": words.allMeasures }, tableOf(words.allMeasures, {
        columns: [words.measure, ...video.attempts.map((one) => one.label)],
        rows: names.map(({ name }) => [h("code", {}, name), ...video.attempts.map((one) => (cell(one, name) === null ? "–" : figure(cell(one, name))))]),
      })));
  }
}
