// One more iteration: what is asked of the films, from what was asked before, with suggestions beside it, what it changes and what it
// costs. Nothing that was made is touched.
//
//   changePanel(page, options, {suggest(group, attempt, said, signal), order(body) → Promise, draft}) → {node, show({group, iteration, attempt}), busy}
//     draft: of draft.js, with what is being written

import { fill, h, icon } from "./dom.js";
import { mountMotion } from "./motion.js";
import { priceLine } from "./price_line.js";
import { advicePanel } from "./workspace_advice.js";
import { fieldNames } from "./workspace_fields.js";

const PROMPTS = new Set(["motion_prompt", "negative_prompt"]);

/** See above. */
export function changePanel(page, options, { suggest, order, draft }) {
  const { words, motion: motionWords } = page;
  const names = fieldNames(words, options);
  const advice = advicePanel(words, { suggest: (said, signal) => suggest(now.group, now.attempt, said, signal), names: () => names, measures: page.measures, take: (change) => apply(change, change.after), untake: (change) => apply(change, change.before) });
  const heading = h("h2", {});
  const other = h("button", { type: "button", class: "link rebase", hidden: true, onclick: () => restart(now.iteration) }, fill(words.rebase, { n: 1 }));
  const frame = h("a", { class: "hero-link" });
  const place = h("div", { class: "builder" });
  const note = h("input", { type: "text", id: "take-note", maxlength: 500, placeholder: words.notePlaceholder, oninput: changed });
  const differs = h("ul", { class: "differs" });
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const price = priceLine(page.price, "/api/image-to-video/estimate", () => fill(words.priceFilms, { n: builder.value().auto_attempts, seconds: builder.value().duration }));
  const make = h("button", { type: "button", class: "primary", onclick: submit }, icon("again"), h("span", {}, words.change));
  const node = h("div", { class: "panel-body change-form", role: "tabpanel", "aria-label": words.change },
    h("header", {}, heading, other), advice.node,
    h("section", { class: "asked" }, h("h2", {}, words.askedTitle), frame, place, h("div", { class: "field" }, h("label", { for: "take-note" }, words.note), note)),
    h("div", { class: "go" }, h("div", { class: "differing" }, h("h3", {}, words.differsTitle), differs), price.node, trouble, make));
  const builder = mountMotion(place, { words: motionWords, options, value: {}, onchange: changed });
  let now = null;
  let base = null; // {number, value, asked}: what the form is compared with, and how it was asked

  function show(given) {
    const first = !now || now.group.id !== given.group.id;
    now = given;
    if (first) {
      base = null;
      advice.forget();
      const kept = draft()?.read();
      const of = kept && given.group.iterations.find((one) => one.number === kept.base);
      if (of) restart(of, kept);
    }
    if (!base || (base.number !== given.iteration.number && !changes().length && !note.value)) restart(given.iteration);
    const { hero_frame: hero } = given.group;
    const id = given.iteration.hero_frame_id ?? hero?.id;
    frame.hidden = !id;
    frame.href = `#/hero/${id}`;
    frame.replaceChildren(...(hero?.thumbnail_url ? [h("img", { src: hero.thumbnail_url, alt: "", width: 44, height: 44 })] : []), h("span", {}, h("b", {}, words.editHero), h("small", {}, words.editHeroHow)), icon("arrow"));
    describe();
    if (node.isConnected && given.attempt.video_url && given.iteration.status === "completed") advice.show(`${given.attempt.id} ${given.attempt.overall}`);
  }

  /** The form asks for what `iteration` asked for, or for what a draft says. */
  function restart(iteration, kept = null) {
    builder.set(asked(iteration));
    base = { number: iteration.number, value: builder.value(), asked: asked(iteration) };
    if (kept) builder.set(kept.value);
    note.value = kept?.note ?? "";
    changed();
  }

  function asked(iteration) {
    return {
      motion_prompt: iteration.motion_prompt, negative_prompt: iteration.negative_prompt, auto_attempts: iteration.attempts.length || options.attempts.default, duration: iteration.seconds,
      motion: iteration.motion, model: iteration.model || null, auto_select: now.group.auto_select, ...(iteration.seed === null || iteration.seed === undefined ? {} : { seed: iteration.seed }),
    };
  }

  function flat(value) {
    const { camera, direction, speed, intensity, fps } = value.motion;
    return { motion_prompt: value.motion_prompt, negative_prompt: value.negative_prompt, camera, direction, speed, intensity, fps, duration: value.duration, auto_attempts: value.auto_attempts, model: value.model, seed: value.seed ?? null };
  }

  function changes() {
    const [before, after] = [flat(base.value), flat(builder.value())];
    return Object.keys(after).filter((field) => before[field] !== after[field]).map((field) => ({ field, before: before[field], after: after[field] }));
  }

  /** One field to `to`. Of a prompt only the words that a suggestion brings or takes are touched; what was typed meanwhile stays. */
  function apply(change, to) {
    const value = builder.value();
    const next = { ...value, motion: { ...value.motion, template: null } };
    const { field } = change;
    if (PROMPTS.has(field)) {
      const from = to === change.after ? change.before : change.after;
      next[field] = value[field] === (from ?? "") ? to ?? "" : parts(value[field]).filter((part) => parts(to).includes(part) || !parts(from).includes(part)).concat(parts(to).filter((part) => !parts(value[field]).includes(part))).join(", ");
    } else if (field in next.motion) {
      next.motion[field] = to;
      if (field === "speed") next.motion.slow_motion = to === "slow_motion";
    } else next[field] = to;
    builder.set(next);
    changed();
  }

  function changed() {
    if (!base || !now) return;
    const value = builder.value();
    describe();
    price.ask(body());
    if (changes().length || note.value) draft()?.keep({ base: base.number, value, note: note.value });
    else draft()?.drop();
  }

  function describe() {
    const found = changes();
    const n = builder.value().auto_attempts;
    heading.textContent = fill(words.againFrom, { n: base.number });
    other.hidden = base.number === now.iteration.number;
    other.textContent = fill(words.rebase, { n: now.iteration.number });
    differs.replaceChildren(...(found.length ? found.map((change) => h("li", {}, names.change(change))) : [h("li", { class: "small" }, base.value.seed === undefined ? words.differsNot : words.differsSame)]));
    make.lastChild.textContent = fill(n === 1 ? words.makeOne : words.make, { n, number: now.group.iterations.length + 1 });
    make.disabled = make.dataset.busy === "true" || !heroFrame();
    if (!heroFrame()) fault(words.noHero);
  }

  function heroFrame() {
    return now.iteration.hero_frame_id ?? now.group.hero_frame?.id ?? null;
  }

  function body() {
    if (!heroFrame()) return null;
    const value = builder.value();
    const motion = { ...value.motion };
    // What nobody touched is asked as it was, even where the form has no word for it.
    for (const field of Object.keys(motion)) if (motion[field] === base.value.motion[field] && field in base.asked.motion) motion[field] = base.asked.motion[field];
    return { hero_frame_id: heroFrame(), group_id: now.group.id, ...value, motion };
  }

  async function submit() {
    make.dataset.busy = "true";
    make.disabled = true;
    fault("");
    try {
      const sent = body();
      const { iteration } = await order({ ...sent, note: note.value.trim() });
      draft()?.drop();
      note.value = "";
      base = { number: iteration, value: builder.value(), asked: sent };
    } catch (error) {
      fault(error.status ? error.message || words.actionFailed : words.offline);
    }
    make.dataset.busy = "false";
    describe();
  }

  function fault(sentence) {
    trouble.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    trouble.hidden = !sentence;
  }

  return { node, show, names };
}

function parts(text) {
  return String(text ?? "").split(",").map((part) => part.trim()).filter(Boolean);
}
