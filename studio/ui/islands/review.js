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
  const head = h("div", { class: "review-head" });
  const decided = h("ul", { class: "decisions" });
  const said = h("ol", { class: "remarks" });
  const answer = answering();
  const whole = [head, decided, said, answer, fault]; // put in once: a field that is moved loses a click that is under way
  let asked = 0;
  load();
  return node;

  async function load() {
    const mine = (asked += 1);
    try {
      const now = await api(`${here}/review`);
      if (mine === asked) draw(now); // an answer that was overtaken knows less
    } catch { /* the film is what matters here */ }
  }

  function draw({ remarks, decisions }) {
    if (!remarks.length && !decisions.length) return node.replaceChildren();
    const open = remarks.filter((remark) => !remark.done && !remark.by_owner).length;
    head.replaceChildren(...[
      h("h2", { id: "review-title" }, words.reviewTitle),
      open ? h("span", { class: "small" }, fill(open === 1 ? words.reviewOpenOne : words.reviewOpen, { n: open })) : null,
    ].filter(Boolean));
    decided.replaceChildren(...decisions.map((one) => h("li", { class: one.decision }, icon(one.decision === "approved" ? "check" : "edit"),
      h("span", {}, fill(one.decision === "approved" ? words.reviewApproved : words.reviewChanges, { name: one.author, ago: ago(one.created_at) }), one.note ? ` “${one.note}”` : ""),
      one.version ? version(one.version) : null)));
    said.replaceChildren(...remarks.map(row));
    if (!node.contains(answer)) node.replaceChildren(...whole);
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

  async function change(path, request) {
    fault.hidden = true;
    try {
      await api(`${here}${path}`, request);
      await load();
      return true;
    } catch (error) {
      fault.replaceChildren(icon("alert"), h("span", {}, error.message && error.status ? error.message : words.actionFailed));
      fault.hidden = false;
      return false;
    }
  }
}
