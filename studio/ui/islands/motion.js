// What the camera does with a still: template, move, pace, words, what to keep out, model, length, attempts. One form, wherever it is
// put: in the Hero Frames tab, or inline where takes are compared.
//
//   mountMotion(root, {words, options, value = {}, onchange}) → {value(), set(value)}
//     root: an element in a shadow root that has base.css, composer.css and motion.css; it is filled
//     words: studio/words/motion.py.  options: GET /api/image-to-video/options
//     value: the body of POST /api/image-to-video without what it is made of (hero_frame_id, group_id, note); what is left out is chosen
//     onchange(value): after every change by hand

import { modelName } from "./card.js";
import { fill, h, icon, money } from "./dom.js";
import { listed, row, segmented, toggle } from "./fields.js";
import { cameraMoves } from "./motion_moves.js";
import { negatives } from "./motion_negatives.js";

const LENGTHS = [2, 4, 5, 6, 8, 10, 12, 15];
const SEED_MAX = 2 ** 32 - 1;
let mounted = 0;

/** See above. */
export function mountMotion(root, { words, options, value: first = {}, onchange = () => {} }) {
  const id = (name) => `motion-${mounted}-${name}`; // several may stand in one page
  mounted += 1;
  const strengths = options.intensities.map((one) => one.id);
  let template = "";

  const moves = cameraMoves(id("camera"), words.camera, options.cameras);
  const speed = segmented(id("speed"), words.speed, choices(options.speeds), (wanted) => options.speeds.find((one) => one.id === wanted).what);
  const intensity = segmented(id("intensity"), words.intensity, choices(options.intensities));
  const direction = segmented(id("direction"), words.direction, choices(options.directions));
  const fps = segmented(id("fps"), words.fps, options.fps.map((n) => ({ value: String(n), text: String(n) })));
  const prompt = h("textarea", { id: id("prompt"), class: "box", rows: 2, maxlength: 500, placeholder: words.promptPlaceholder });
  const keepOut = negatives(id("negative"), words, options.negatives);
  const models = listed(id("model"), words.model, options.models.map(modelChoice));
  const lengths = h("div", {});
  const attempts = segmented(id("attempts"), words.attempts,
    range(options.attempts.min, options.attempts.max).map((n) => ({ value: String(n), text: String(n) })), (n) => (n === "1" ? words.attemptsOne : fill(words.attemptsMany, { n })));
  attempts.node.classList.add("short");
  const auto = toggle(id("auto"), words.autoSelect, words.autoSelectHint);
  const seed = h("input", { id: id("seed"), type: "number", min: 0, max: SEED_MAX, step: 1, inputmode: "numeric", placeholder: words.seedAuto });
  let length = null;
  let lengthOf = ""; // the model whose lengths are shown

  const templates = options.templates.map((one) => h("button", {
    type: "button", class: "chip", "aria-pressed": "false", title: one.what, onclick: () => follow(one),
  }, one.title));
  root.replaceChildren(h("div", { class: "motion", oninput: changed },
    row(words.templates, h("div", { class: "chips" }, templates), { group: true }),
    moves.node,
    direction.node, speed.node, intensity.node,
    row(words.prompt, [prompt, h("p", { class: "small" }, words.promptHint)], { id: id("prompt") }),
    keepOut.node, lengths, attempts.node,
    row(words.choose, h("div", { class: "switches" }, auto.node), { group: true }),
    h("details", { class: "finer" },
      h("summary", {}, icon("chevron"), h("span", {}, words.finer)),
      h("div", { class: "fields" }, models.node, fps.node, row(words.seed, [seed, h("p", { class: "small" }, words.seedHint)], { id: id("seed") })))));

  /** After every change by hand; what a template said and is no more is not that template. */
  function changed(event) {
    if (event && template && !event.target.closest?.(".finer")) { template = ""; press(); }
    settle();
    onchange(value());
  }

  function settle() {
    direction.node.hidden = !moves.directed();
    intensity.node.hidden = moves.value() === "static";
    offerLengths();
  }

  function offerLengths(wanted = length ? length.value() : "") {
    const model = options.models.find((one) => one.id === models.value()) ?? options.models[0];
    const span = String(model?.seconds ?? "");
    if (length && span === lengthOf) return;
    lengthOf = span;
    const [low, high] = model?.seconds ?? [LENGTHS[0], LENGTHS.at(-1)];
    const fitting = LENGTHS.filter((n) => n >= low && n <= high);
    length = segmented(id("length"), words.length, (fitting.length ? fitting : [low]).map((n) => ({ value: String(n), text: fill(words.seconds, { n }) })));
    length.set(nearest(fitting.length ? fitting : [low], Number(wanted) || 5));
    length.node.classList.add("short");
    lengths.replaceChildren(length.node);
  }

  function follow(one) {
    template = one.id;
    choose(one.motion);
    if (one.motion.motion_prompt) prompt.value = one.motion.motion_prompt;
    if (one.motion.negative_prompt) keepOut.set(one.motion.negative_prompt);
    press();
    changed();
  }

  function press() {
    templates.forEach((chip, i) => chip.setAttribute("aria-pressed", String(options.templates[i].id === template)));
  }

  /** The motion's own fields; what is left out stays. */
  function choose(motion) {
    if (motion.camera) moves.set(motion.camera);
    if (motion.slow_motion || motion.speed) speed.set(motion.slow_motion ? "slow_motion" : motion.speed);
    if (motion.intensity !== undefined && motion.intensity !== null) intensity.set(nearest(strengths, motion.intensity));
    if (motion.direction) direction.set(motion.direction);
    if (motion.fps) fps.set(motion.fps);
    settle();
  }

  /** Choose what `next` asks for; what it leaves out is as at the beginning. */
  function set(next) {
    const motion = next.motion ?? {};
    template = motion.template ?? "";
    models.set(next.model ?? options.default_model);
    lengthOf = "";
    offerLengths(next.duration ?? 5);
    moves.set(motion.camera ?? "push_in");
    intensity.set(nearest(strengths, motion.intensity ?? 0.5));
    speed.set(options.speeds[0].id);
    choose(motion);
    prompt.value = next.motion_prompt ?? "";
    keepOut.set(next.negative_prompt ?? null);
    attempts.set(next.auto_attempts ?? options.attempts.default);
    auto.set(next.auto_select ?? true);
    seed.value = next.seed ?? "";
    press();
  }

  function value() {
    const asked = seed.value.trim();
    return {
      motion_prompt: prompt.value.trim(),
      negative_prompt: keepOut.value(),
      auto_attempts: Number(attempts.value()),
      duration: Number(length.value()),
      motion: {
        camera: moves.value(),
        speed: speed.value(),
        slow_motion: speed.value() === "slow_motion",
        fps: Number(fps.value()),
        intensity: Number(intensity.value()),
        direction: moves.directed() ? direction.value() : null,
        template: template || null,
      },
      model: models.value() || null,
      auto_select: auto.value(),
      ...(asked ? { seed: Math.min(SEED_MAX, Math.max(0, Math.trunc(Number(asked) || 0))) } : {}),
    };
  }

  function modelChoice(model) {
    const price = model.price_usd ? fill(words.price, { cost: money(model.price_usd), per: model.per }) : words.free;
    return { value: model.id, text: modelName(model.title), hint: [price, ...(model.can ?? [])].join(" · "), off: model.why_not ?? "" };
  }

  set(first);
  return { value, set };
}

function choices(list) {
  return list.map(({ id, title }) => ({ value: String(id), text: title }));
}

function nearest(numbers, wanted) {
  return numbers.reduce((best, one) => (Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best), numbers[0]);
}

function range(low, high) {
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}
