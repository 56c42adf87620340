// The brief of a set of hero frames: the picture in words, the camera department beside it, the cinematographer's offer, and what is
// rarely needed behind one button. What is written is kept as a draft until it is ordered.

import { api } from "./api.js";
import { modelName } from "./card.js";
import { fill, h, icon, money } from "./dom.js";
import { listed, row, segmented } from "./fields.js";
import { cameraHelpers, termTitle } from "./hero_terms.js";
import { improvement } from "./improve.js";
import { photoField } from "./photo.js";
import { priceLine } from "./price_line.js";
import { teamChoice } from "./team_choice.js";

const PICTURES = ["product", "reference", "control"];

/** page: studio.words.hero.page().  options: GET /api/hero-frames/options.  submit(body): order it. */
export function heroBrief(page, options, { submit }) {
  const { words, limits } = page;
  const [least, most] = options.counts;
  let draft = null; // where the draft is kept, once it is known whose it is
  let original = ""; // as the person wrote it, while the cinematographer's words are in the box

  const prompt = h("textarea", { id: "prompt", rows: 3, placeholder: words.promptPlaceholder, "aria-describedby": "counter trouble", autocomplete: "off", spellcheck: "true" });
  const counter = h("span", { id: "counter", class: "counter" });
  const trouble = h("p", { id: "trouble", class: "trouble", role: "alert", hidden: true });
  const notice = h("p", { class: "notice", role: "status", hidden: true });
  const helpers = cameraHelpers(words, options.matters, { name: "camera", format: options.aspects, onchange: react });
  const director = improvement({ words, limits }, { brief: asked, accept: direct, complain, tell, done: () => prompt.focus(), look: directed });
  const team = teamChoice(page.ordering, "hero", { changed: react });
  const price = priceLine(words, "/api/hero-frames/estimate", () => fill(words.priceFor, { n: count.value(), aspect: helpers.format() ?? words.formatAuto.toLowerCase() }));

  const count = segmented("count", words.count, Array.from({ length: most - least + 1 }, (_, i) => ({ value: String(least + i), text: String(least + i) })));
  count.node.classList.add("short");
  const negative = h("input", { id: "negative", type: "text", maxlength: limits.negativeMax, placeholder: words.negativePlaceholder, autocomplete: "off" });
  const pictures = PICTURES.map((kind) => ({ kind, ...photoField({ words: { ...words, ...words.pictures[kind] }, limits }, react, `picture-${kind}`) }));
  const models = listed("model", words.model, [{ value: "", text: words.modelAuto, hint: words.modelAutoHint, off: "" }, ...options.models.map((one) => ({
    value: one.id, text: modelName(one.title), hint: [one.price_usd === null ? words.modelUnpriced : one.price_usd ? fill(words.modelPrice, { cost: money(one.price_usd) }) : words.modelFree, ...one.can].join(" · "), off: one.why_not ?? "",
  }))]);
  const seed = h("input", { id: "seed", type: "number", min: 0, max: limits.seedMax, step: 1, inputmode: "numeric", placeholder: words.seedAuto });
  const more = h("div", { id: "more", class: "options", hidden: true, oninput: react },
    h("div", { class: "fields" }, count.node, row(words.negative, negative, { id: "negative" }), pictures.map((one) => one.node), models.node,
      row(words.seed, [seed, h("p", { class: "small" }, words.seedHint)], { id: "seed" })));

  const summary = h("span", { class: "summary" });
  const opener = h("button", { type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": "more", onclick: () => open(more.hidden) }, icon("sliders"), h("span", { class: "opener" }, words.more), summary);
  const go = h("button", { type: "submit", class: "primary", "aria-keyshortcuts": "Control+Enter Meta+Enter" }, h("span", {}), icon("arrow"));
  const form = h("form", { class: "composer", novalidate: true, onsubmit: (event) => { event.preventDefault(); send(); } },
    h("label", { for: "prompt", class: "sr" }, words.promptLabel), prompt,
    h("div", { class: "tools" }, director.opener, team.node, counter),
    h("div", { class: "camera" }, helpers.node),
    h("div", { class: "foot" }, opener, go), more);
  const heading = h("h1", { tabindex: "-1" }, words.title);
  const examples = page.examples.map((text) => h("li", {}, h("button", { type: "button", class: "chip", onclick: () => { prompt.value = text; original = ""; typed(); prompt.focus(); } }, text)));
  const node = h("section", { class: "view brief" },
    h("div", { class: "intro" }, heading, h("p", { class: "lead" }, words.lead)),
    notice, form, trouble, director.node,
    h("div", { class: "beneath" }, price.node),
    h("div", { class: "examples" }, h("p", { id: "hero-examples", class: "small" }, words.examples), h("ul", { "aria-labelledby": "hero-examples" }, examples)));

  prompt.addEventListener("input", () => { if (!prompt.value.trim()) original = ""; typed(); });
  prompt.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); } });
  new ResizeObserver(grow).observe(prompt);

  function directed(brief, signal) {
    return api("/api/hero-frames/direct", { body: { prompt: brief.prompt, choices: brief.choices, aspect_ratio: brief.aspect_ratio ?? null }, signal }).then((reply) => ({
      ...reply, improved: reply.directed,
      changes: reply.changes.map((one) => ({ ...one, reason: `${words.matters[one.matter] ?? matterTitle(one.matter)}: ${one.reason}` })),
    }));
  }

  function matterTitle(id) {
    return options.matters.find((one) => one.id === id)?.title ?? id;
  }

  function grow() {
    if (!prompt.offsetParent) return;
    prompt.style.height = "auto";
    prompt.style.height = `${prompt.scrollHeight}px`;
  }

  function typed() {
    const n = [...prompt.value.trim()].length;
    counter.textContent = `${n} / ${limits.promptMax}`;
    counter.setAttribute("aria-label", fill(words.counter, { n, max: limits.promptMax }));
    counter.classList.toggle("over", n > limits.promptMax);
    grow();
    complain("");
    react();
  }

  /** After every change, by hand or not. */
  function react() {
    const now = asked();
    go.firstChild.textContent = fill(words.make, { n: now.count });
    summarise(now);
    price.ask(usable(now) ? now : null);
    draft?.keep({ brief: now, pictures: Object.fromEntries(pictures.map((one) => [one.kind, one.value()])) });
  }

  function usable({ prompt: text }) {
    const n = [...text].length;
    return n >= limits.promptMin && n <= limits.promptMax;
  }

  function open(on) {
    more.hidden = !on;
    opener.setAttribute("aria-expanded", String(on));
  }

  function summarise(now) {
    const chosen = [
      now.negative_prompt && words.negativeSummary, ...PICTURES.filter((kind) => now[`${kind}_image_id`]).map((kind) => words.pictures[kind].photo),
      now.model && modelName(options.models.find((one) => one.id === now.model)?.title ?? now.model), now.seed !== undefined && `${words.seed} ${now.seed}`,
    ].filter(Boolean);
    summary.textContent = chosen.join(" · ");
    opener.classList.toggle("some", chosen.length > 0);
  }

  /** The body of POST /api/hero-frames; what was left to the studio is left out. */
  function asked() {
    const text = prompt.value.trim();
    const sown = seed.value.trim();
    const body = {
      team: team.value(), count: Number(count.value()), choices: helpers.value(), aspect_ratio: helpers.format(), negative_prompt: negative.value.trim(), model: models.value(),
      original_prompt: original && original !== text ? original : "", ...Object.fromEntries(pictures.map((one) => [`${one.kind}_image_id`, one.value()?.id])),
      ...(sown ? { seed: Math.min(limits.seedMax, Math.max(0, Math.trunc(Number(sown) || 0))) } : {}),
    };
    return { prompt: text, ...Object.fromEntries(Object.entries(body).filter(([, value]) => value !== "" && value !== null && value !== undefined)) };
  }

  function send() {
    if (go.disabled) return;
    const n = [...prompt.value.trim()].length;
    if (n < limits.promptMin) return complain(fill(words.tooShort, { min: limits.promptMin }));
    if (n > limits.promptMax) return complain(fill(words.tooLong, { max: limits.promptMax }));
    if (pictures.some((one) => one.sending())) return complain(words.photoWait);
    complain("");
    tell("");
    submit(asked());
  }

  /** The cinematographer's words take the place of those typed, which one press brings back until the frames are ordered. */
  function direct(text) {
    original ||= prompt.value.trim();
    prompt.value = text;
    typed();
    offerBack();
    go.focus();
  }

  function offerBack() {
    tell(words.accepted, h("button", { type: "button", class: "link", onclick: () => { prompt.value = original; original = ""; typed(); tell(""); prompt.focus(); } }, words.revert));
  }

  function complain(sentence) {
    trouble.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    trouble.hidden = !sentence;
    prompt.setAttribute("aria-invalid", String(Boolean(sentence)));
    form.classList.toggle("troubled", Boolean(sentence));
    if (sentence) prompt.focus();
  }

  function tell(sentence, action = null) {
    notice.replaceChildren(...[h("span", {}, sentence), action].filter(Boolean));
    notice.hidden = !sentence;
  }

  /** Put `body` (or a set of frames) into the box; kept: the uploads behind its picture ids, by kind, as far as they are known. */
  function choose(body, kept = {}) {
    director.close();
    tell("");
    prompt.value = body.prompt ?? "";
    original = body.original_prompt && body.original_prompt !== body.prompt ? body.original_prompt : "";
    count.set(body.count ?? least);
    helpers.setFormat(body.aspect_ratio);
    helpers.set(body.choices);
    negative.value = body.negative_prompt ?? "";
    models.set(body.model ?? "");
    seed.value = body.seed ?? "";
    team.set(body.team ?? body.team_id);
    for (const one of pictures) one.set(body[`${one.kind}_image_id`] ? { id: body[`${one.kind}_image_id`], name: "", url: "", ...kept[one.kind] } : null);
    if (original) offerBack();
    typed();
  }

  choose({});
  return {
    node, heading, complain, choose, grow,
    focus: () => prompt.focus(),
    title: (matter, id) => termTitle(options.matters, matter, id),
    busy: (on) => { go.disabled = on; if (on) go.firstChild.textContent = words.starting; else react(); },
    /** From now on what is written is kept in `kept` (draft.js); what was kept there comes back. */
    keepIn: (kept) => {
      const found = kept.read();
      if (found?.brief && !prompt.value) choose(found.brief, found.pictures);
      draft = kept;
      react();
    },
    clear: () => { choose({}); open(false); draft?.drop(); },
  };
}
