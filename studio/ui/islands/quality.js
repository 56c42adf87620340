// How good a finished ad measured: four tiles, then what was found, each with its moment in the film and what to do about it.
//
//   qualityOf(ad, words, seek) → an element, filled once the figures are there.  seek(seconds) moves the player.
//
// A measure that is VBench's own says so; one that stands in for it says that; they are never added up or averaged.

import { api } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { matchingOf } from "./matching.js";

/** Measures that have a sign of their own. */
const MEASURES = { delta_c: "ΔE", delta_e: "ΔE", delta_l: "ΔL*" };

/** See above. words: page.words of studio/words/generate.py. */
export function qualityOf(ad, words, seek) {
  const node = h("section", { class: "quality", "aria-label": words.quality });
  api(`/api/generations/${ad.id}/quality`).then((told) => node.replaceChildren(...drawn(told)), () => node.replaceChildren());

  function drawn(told) {
    if (!told.measured_at) return [];
    return [
      h("h2", {}, words.quality),
      h("dl", { class: "tiles" }, tiles(told)),
      findings(told),
      matchingOf(ad, told, words),
      told.troubles.length ? h("div", { class: "notes" }, h("ul", {}, told.troubles.map((sentence) => h("li", {}, sentence)))) : null,
      explained(told),
    ].filter(Boolean);
  }

  function tiles({ scores, seams, preflight }) {
    const meant = seams.filter((seam) => !seam.planned);
    const worst = Math.max(...meant.map((seam) => seam.delta_c));
    return [
      scored(words.qSmooth, best(scores, "motion_smoothness", "interp_residual_dis_v1")),
      scored(words.qSteady, best(scores, "temporal_flickering")),
      tile(words.qCuts, meant.length ? `ΔE ${worst.toFixed(1)}` : "–", meant.length ? words.qCutsHow : words.qCutsNone),
      preflight ? tile(fill(words.qReady, { platform: preflight.title }), preflight.ready ? words.qYes : words.qNo, fill(words.qRules, { n: preflight.passed.length, all: preflight.passed.length + new Set(preflight.findings.map((f) => f.rule)).size + preflight.unknown.length })) : null,
    ];
  }

  /** The exact measure of the whole film where there is one, else what stands in for it. */
  function best(scores, ...metrics) {
    const whole = metrics.map((metric) => scores.find((score) => score.scene === 0 && score.metric === metric && score.kind !== "unavailable"));
    return whole.find((score) => score?.kind === "exact") ?? whole.find(Boolean);
  }

  function scored(name, score) {
    if (!score) return tile(name, "–", words.qUnavailable);
    return tile(name, figure(score.value), kind(score), score.name);
  }

  function kind(score) {
    return score.kind === "exact" ? words.qExact : words.qProxy;
  }

  function tile(name, value, more, title = null) {
    return h("div", { title }, h("dt", {}, name), h("dd", {}, value, h("small", {}, more)));
  }

  function findings({ degenerate, findings: seen, preflight }) {
    const rows = [
      ...degenerate.map((bad) => row(null, null, bad.sentence, "", "")),
      ...seen.map((f) => row(f.scene, f.time_s, f.sentence, `${MEASURES[f.measure] ?? f.measure.replaceAll("_", " ")} ${figure(f.value)}, ${fill(words.qLimit, { limit: figure(f.limit) })}`, f.fix)),
      ...(preflight?.findings ?? []).map((f) => row(f.scene, f.time_s, f.sentence, f.measured, f.fix)),
    ];
    return rows.length ? h("ul", { class: "found", "aria-label": words.qFound }, rows) : h("p", { class: "small fine" }, icon("check"), h("span", {}, words.qNothing));
  }

  function row(scene, time, sentence, measure, fix) {
    const where = time === null ? h("span", { class: "when" }, words.qWhole) : h("button", { type: "button", class: "when", title: words.qSeek, onclick: () => seek(time) }, scene ? fill(words.qAt, { scene, time: clock(time) }) : clock(time));
    return h("li", {}, where, h("div", {}, h("p", {}, sentence), measure ? h("p", { class: "small" }, measure) : null, fix ? h("p", { class: "fix" }, fix) : null));
  }

  function explained({ scores, took_s, preflight }) {
    const whole = scores.filter((score) => score.scene === 0);
    const rows = whole.map((score) => h("tr", {}, h("th", { scope: "row" }, score.name), h("td", {}, score.value === null ? "–" : figure(score.value)), h("td", {}, score.kind === "unavailable" ? score.reason : kind(score))));
    return h("details", {},
      h("summary", {}, icon("chevron"), h("span", {}, words.qWhat)),
      h("div", { class: "details" },
        [words.qWhatSmooth, words.qWhatSteady, words.qWhatCuts, words.qWhatKinds].map((text) => h("p", { class: "small" }, text)),
        h("div", { class: "scores", tabindex: "0", role: "group", "aria-label": words.qAll }, h("table", {}, h("tbody", {}, rows))),
        h("p", { class: "small" }, fill(words.qTook, { s: took_s ?? "–" }), preflight ? ` ${fill(words.qLookedUp, { month: preflight.looked_up })}` : "")));
  }

  return node;
}

/** Enough digits to tell two ads apart, and no more. */
function figure(value) {
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(3);
}

/** 0:04.2 */
function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, "0")}`;
}
