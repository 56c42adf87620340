// A better prompt, offered: the original beside the improved one, what differs, and why. Nothing changes until it is accepted.

import { api } from "./api.js";
import { asBody } from "./brief.js";
import { fill, h, icon, money } from "./dom.js";
import { wordsDiff } from "./words_diff.js";

/** page: what studio/words/generate.py says. brief(): what is asked now; accept(text): the prompt is to be `text`;
 *  complain(sentence), tell(sentence): say something beside the prompt; done(): the offer is closed and the prompt as it was;
 *  look(brief, signal) → Promise of {original, improved, changes: [{before, after, reason}], writer, notes, cost}: who improves it. */
export function improvement(page, { brief, accept, complain, tell, done, look = improved }) {
  const { words, limits } = page;
  const heading = h("h2", { tabindex: "-1", id: "improved" }, words.improvedTitle);
  const node = h("section", { class: "improve", hidden: true, "aria-labelledby": "improved", onkeydown: (event) => { if (event.key === "Escape") reject(); } });
  const label = h("span", {}, words.improve);
  const opener = h("button", { type: "button", class: "quiet improve-open", onclick: ask }, icon("wand"), label);
  let aborter = null;

  async function ask() {
    if (opener.getAttribute("aria-busy") === "true") return;
    const asked = brief();
    const length = [...asked.prompt].length;
    if (length < limits.promptMin) return complain(fill(words.tooShort, { min: limits.promptMin }));
    if (length > limits.promptMax) return complain(fill(words.tooLong, { max: limits.promptMax }));
    complain("");
    tell("");
    busy(true);
    aborter = new AbortController();
    const mine = aborter;
    try {
      const offer = await look(asked, mine.signal);
      if (offer.improved.trim() === offer.original.trim()) tell([words.nothingToImprove, ...offer.notes].join(" "));
      else show(offer);
    } catch (error) {
      if (!mine.signal.aborted) complain(error.message && error.status ? error.message : words.offline);
    } finally {
      busy(false);
    }
  }

  function busy(on) {
    opener.setAttribute("aria-busy", String(on));
    label.textContent = on ? words.improving : words.improve;
  }

  function show(offer) {
    const { before, after } = wordsDiff(offer.original, offer.improved);
    const better = h("p", { class: "text" }, after.map((piece) => marked(piece, "new", "ins")));
    const use = h("button", { type: "button", class: "primary", onclick: () => take(edited?.value ?? offer.improved) }, icon("check"), h("span", {}, words.accept));
    const edit = h("button", { type: "button", class: "secondary", onclick: change }, icon("edit"), h("span", {}, words.editImproved));
    let edited = null;

    function change() {
      edited = h("textarea", { class: "text", rows: 5, "aria-label": words.editLabel, maxlength: limits.promptMax }, offer.improved);
      better.replaceWith(edited);
      edit.hidden = true;
      edited.focus();
    }

    node.replaceChildren(
      h("header", {}, heading, h("p", { class: "small" }, fill(words.improvedBy, { writer: offer.writer, cost: offer.cost ? money(offer.cost) : words.free }))),
      h("div", { class: "sides" },
        h("div", { class: "side" }, h("h3", {}, words.original), h("p", { class: "text" }, before.map((piece) => marked(piece, "gone", "del")))),
        h("div", { class: "side better" }, h("h3", {}, words.improved), better)),
      offer.changes.length ? h("div", { class: "reasons" }, h("h3", {}, words.why), h("ul", {}, offer.changes.map(reason))) : "",
      ...offer.notes.map((note) => h("p", { class: "small" }, note)),
      h("div", { class: "choices" }, use, edit, h("button", { type: "button", class: "quiet", onclick: reject }, words.reject)));
    node.hidden = false;
    heading.focus({ preventScroll: true });
    const tall = node.offsetHeight > window.innerHeight - 160; // between the bars
    node.scrollIntoView({ block: tall ? "start" : "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  function marked({ text, kind }, changed, tag) {
    return kind === changed ? h(tag, {}, text) : document.createTextNode(text);
  }

  function reason({ before, after, reason: why }) {
    const words = [before ? h("del", {}, before) : null, before && after ? " → " : null, after ? h("ins", {}, after) : null];
    return h("li", {}, h("span", { class: "change" }, words), h("span", {}, why));
  }

  function take(text) {
    close();
    accept(text.trim());
  }

  function reject() {
    close();
    done();
  }

  function close() {
    aborter?.abort();
    node.hidden = true;
    node.replaceChildren();
  }

  return { node, opener, close };
}

function improved(asked, signal) {
  return api("/api/prompts/improve", { body: asBody(asked), signal });
}
