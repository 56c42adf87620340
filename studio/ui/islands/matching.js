// Matching the scenes of a finished ad: asked for where something was found, and what came of it – before and after, both to be watched.
//
//   matchingOf(ad, told, words) → an element, empty while there is nothing to say.  told: the ad's quality, as the API tells it.
//
// The version it becomes is an ad of its own, with a page of its own (#/ad/<id>), on which this shows what was changed.

import { api } from "./api.js";
import { h, icon } from "./dom.js";
import { go } from "./router.js";

const ACTIONS = new Set(["match_color", "level_exposure", "transition"]);
const SIGNS = { delta_c: "ΔE", delta_l: "ΔL*" };

/** See above. words: page.words of studio/words/generate.py. */
export function matchingOf(ad, told, words) {
  const node = h("section", { class: "matching", "aria-label": words.mTitle });
  const wanted = told.findings.some((finding) => ACTIONS.has(finding.action));
  api(`/api/generations/${ad.id}/enhancement`).then((reply) => node.replaceChildren(...drawn(reply).filter(Boolean)), () => node.replaceChildren());

  function drawn(reply) {
    if (reply.version_id === ad.id) return result(reply);
    const other = reply.status === "completed" ? link(reply.version_id, words.mWatch) : reply.version_id && reply.status !== "failed" ? link(reply.version_id, words.mFollow) : null;
    if (reply.may && reply.status !== "completed") return [h("p", { class: "small" }, reply.status === "failed" && reply.trouble ? reply.trouble : words.mOffer), h("div", { class: "row" }, asking(), other), fault];
    if (other) return [h("p", { class: "small" }, reply.verdict || words.mUnderWay), h("div", { class: "row" }, other)];
    return wanted || !reply.why_not ? [] : [h("p", { class: "small fine" }, icon("check"), h("span", {}, reply.why_not))];
  }

  const fault = h("p", { class: "trouble", role: "alert", hidden: true });

  function asking() {
    const button = h("button", { type: "button", class: "secondary", onclick: ask }, icon("wand"), h("span", {}, words.mAsk));
    async function ask() {
      button.disabled = true;
      try {
        const { generation_id: id } = await api(`/api/generations/${ad.id}/enhance`, { method: "POST" });
        go(`#/ad/${id}`);
      } catch (error) {
        fault.replaceChildren(icon("alert"), h("span", {}, error.message || words.offline));
        fault.hidden = false;
        button.disabled = false;
      }
    }
    return button;
  }

  function link(id, label) {
    return h("a", { class: "secondary", href: `#/ad/${id}` }, icon("play"), h("span", {}, label));
  }

  function result(reply) {
    return [
      h("h2", {}, words.mTitle),
      h("p", {}, reply.verdict),
      h("ul", { class: "changed" }, [...reply.changes.map((change) => change.sentence), ...reply.left].map((sentence) => h("li", {}, sentence))),
      reply.measures.length ? table(reply.measures) : null,
      reply.version_of ? h("div", { class: "row" }, link(reply.version_of, words.mFirst)) : null,
    ];
  }

  function table(measures) {
    const cell = (one, value) => h("td", {}, value === null ? "–" : `${SIGNS[one.measure] ? `${SIGNS[one.measure]} ` : ""}${value.toFixed(SIGNS[one.measure] || Math.abs(value) >= 10 ? 1 : 3)}`);
    const rows = measures.map((one) => h("tr", {}, h("th", { scope: "row", title: one.name }, words.mNames[one.measure] ?? one.name), cell(one, one.before), cell(one, one.after), h("td", { class: "small" }, words.mDirections[one.direction])));
    return h("div", { class: "scores", tabindex: "0", role: "group", "aria-label": words.mScores },
      h("table", {},
        h("thead", {}, h("tr", {}, [words.mMeasure, words.mBefore, words.mAfter, words.mBetter].map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, rows)));
  }

  return node;
}
