// What guests said about a finished ad and decided, for its owner: each remark at its moment, to be ticked off, answered or taken away.
//
//   reviewOf(ad, words, seek) → an element, empty while nothing was said.  words: page.words of studio/words/generate.py; seek(seconds).

import { api } from "./api.js";
import { ago, duration, fill, h, icon } from "./dom.js";
import { go } from "./router.js";

/** See above. */
export function reviewOf(ad, words, seek) {
  const here = `/api/generations/${ad.id}`;
  const node = h("section", { class: "review", "aria-labelledby": "review-title" });
  const fault = h("p", { class: "trouble", role: "alert", hidden: true });
  const answer = answering(); // one for good: what is being typed outlives news
  load();
  return node;

  async function load() {
    try {
      draw(await api(`${here}/review`));
    } catch { /* the film is what matters here */ }
  }

  function draw({ remarks, decisions }) {
    if (!remarks.length && !decisions.length) return node.replaceChildren();
    const open = remarks.filter((remark) => !remark.done && !remark.by_owner).length;
    node.replaceChildren(
      h("div", { class: "review-head" }, h("h2", { id: "review-title" }, words.reviewTitle), open ? h("span", { class: "small" }, fill(open === 1 ? words.reviewOpenOne : words.reviewOpen, { n: open })) : null),
      h("ul", { class: "decisions" }, decisions.map((one) => h("li", { class: one.decision }, icon(one.decision === "approved" ? "check" : "edit"),
        h("span", {}, fill(one.decision === "approved" ? words.reviewApproved : words.reviewChanges, { name: one.author, ago: ago(one.created_at) }), one.note ? ` “${one.note}”` : ""),
        one.version ? version(one.version) : null))),
      h("ol", { class: "remarks" }, remarks.map(row)),
      answer, fault);
  }

  function row(remark) {
    const tick = h("input", { type: "checkbox", checked: remark.done, "aria-label": words.reviewDone, onchange: () => change(`/remarks/${remark.id}`, { method: "PUT", body: { done: tick.checked } }) });
    return h("li", { class: remark.done ? "done" : "" },
      remark.by_owner ? h("span", { class: "seen" }, icon("person")) : h("label", { class: "seen" }, tick),
      h("div", {},
        h("div", { class: "remark-head" }, h("strong", {}, remark.author), h("span", { class: "small" }, [remark.link !== remark.author ? remark.link : "", ago(remark.created_at)].filter(Boolean).join(" · ")),
          remark.version ? version(remark.version) : null),
        h("p", {}, remark.text)),
      remark.at_s === null || remark.version ? null : h("button", { type: "button", class: "quiet", "aria-label": fill(words.reviewSeek, { time: duration(remark.at_s) }), onclick: () => seek(remark.at_s) }, duration(remark.at_s)),
      h("button", { type: "button", class: "quiet icon-only", "aria-label": words.reviewRemove, onclick: () => change(`/remarks/${remark.id}`, { method: "DELETE" }) }, icon("close")));
  }

  function version(id) {
    return h("button", { type: "button", class: "link small", onclick: () => go(`#/ad/${id}`) }, words.reviewVersion);
  }

  function answering() {
    const text = h("input", { id: "review-answer", type: "text", maxlength: 2000, "aria-label": words.reviewAnswer, placeholder: words.reviewAnswer });
    return h("form", { class: "answer", onsubmit: async (event) => {
      event.preventDefault();
      if (text.value.trim() && (await change("/remarks", { body: { text: text.value } }))) text.value = "";
    } }, text, h("button", { type: "submit", class: "secondary" }, words.reviewSend));
  }

  async function change(path, asked) {
    fault.hidden = true;
    try {
      await api(`${here}${path}`, asked);
      await load();
      return true;
    } catch (error) {
      fault.replaceChildren(icon("alert"), h("span", {}, error.message && error.status ? error.message : words.actionFailed));
      fault.hidden = false;
      return false;
    }
  }
}
