// Everything behind "More options". All of it may stay automatic; value() is what was chosen, in the words of POST /api/generate.

import { modelName } from "./card.js";
import { fill, h, icon } from "./dom.js";
import { listed, row, segmented, shape, toggle } from "./fields.js";
import { palette } from "./palette.js";
import { photoField } from "./photo.js";

/** page: what studio/words/generate.py says. changed(): called after every change. */
export function optionsPanel(page, changed) {
  const { words, limits } = page;
  const auto = { value: "", text: words.auto };
  const length = segmented("length", words.length, [auto, ...page.durations.map((n) => ({ value: String(n), text: fill(words.seconds, { n }) }))]);
  const format = segmented("format", words.format, [auto, ...page.aspects.map((a) => ({ value: a.value, text: a.value, glyph: shape(a) }))]);
  const story = segmented("story", words.story, [auto, ...titled(page.frameworks)], hints(page.frameworks, words.storyAuto));
  const style = segmented("style", words.style, [auto, ...titled(page.styles)], hints(page.styles, words.styleAuto));
  const grade = segmented("grade", words.grade, [auto, ...page.grades.map((one) => ({ value: one.value, text: one.title, glyph: graded(one) }))], hints(page.grades, words.gradeAuto));
  grade.node.querySelector(".segments").classList.add("grades");
  const brand = h("input", { id: "brand", type: "text", maxlength: limits.brandMax, placeholder: words.brandPlaceholder, autocomplete: "off" });
  const features = h("textarea", { id: "features", class: "plain", rows: limits.featuresMax, "aria-describedby": "features-hint" });
  const rating = h("input", { id: "rating", type: "text", maxlength: limits.ratingMax, placeholder: words.ratingPlaceholder, autocomplete: "off", "aria-describedby": "rating-hint" });
  const colors = palette(page);
  const photo = photoField(page, changed);
  const seed = h("input", { id: "seed", type: "number", min: 0, max: limits.seedMax, step: 1, value: 0, inputmode: "numeric", "aria-describedby": "seed-hint" });
  const coherence = page.coherence.map(({ value, title, hint }) => ({ name: value, title, ...toggle(value, title, hint) }));
  const voiceField = h("div", { class: "voices" });
  const captions = segmented("captions", words.captions, titled(page.captions), hints(page.captions, words.captionsOff));
  const models = h("div", { class: "models" });
  const kinds = new Map(); // kind → its list, where there is a choice
  let voice = null; // its list, once it is known who can speak
  let wantedVoice = "";
  const loraField = h("div", {});
  const loraWeight = h("input", { id: "lora-weight", type: "number", min: 0, max: 2, step: 0.05, value: 1, inputmode: "decimal" });
  let lora = null; // its list, where there are any
  let wantedLora = "";
  let wanted = {}; // models of the brief, until the capability card has offered what there is
  let offered = false;

  const finer = h("details", { class: "finer" },
    h("summary", {}, icon("chevron"), h("span", {}, words.finer)),
    h("div", { class: "fields" }, models, loraField,
      row(words.coherence, h("div", { class: "switches" }, coherence.map((one) => one.node)), { group: true }),
      row(words.seed, [seed, h("p", { id: "seed-hint", class: "small" }, words.seedHint)], { id: "seed" })));
  const node = h("div", { id: "options", class: "options", hidden: true, oninput: changed },
    h("div", { class: "fields" },
      length.node, format.node, story.node, style.node, grade.node, row(words.brand, brand, { id: "brand" }), colors.node, photo.node,
      row(words.features, [features, h("p", { id: "features-hint", class: "small" }, words.featuresHint)], { id: "features" }),
      row(words.rating, [rating, h("p", { id: "rating-hint", class: "small" }, words.ratingHint)], { id: "rating" }), voiceField, captions.node),
    finer);

  /** The models there are to choose from, and the switches that cannot be used. capabilities: GET /api/capabilities. */
  function offer(capabilities) {
    for (const { value: kind, title } of page.kinds) {
      const rows = capabilities.models?.[kind] ?? [];
      if (rows.filter((one) => one.ready).length < 2) continue;
      kinds.set(kind, listed(`model-${kind}`, title, [
        { value: "", text: words.modelAuto, hint: words.modelAutoHint, off: "" },
        ...rows.map((one) => ({ value: one.id, text: modelName(one.title), hint: one.price === "free" ? words.modelFree : one.price, off: one.ready ? "" : one.why_not })),
      ]));
    }
    offerVoices(capabilities.voices ?? []);
    offerLoras(capabilities.loras ?? []);
    offered = true;
    models.replaceChildren(...[...kinds.values()].map((list) => list.node));
    for (const one of coherence) {
      const standing = capabilities.coherence?.find(({ name }) => name === one.name);
      if (standing && !standing.ready) one.disable(standing.why_not);
    }
    chooseModels();
    changed();
  }

  /** Nobody, whoever is at hand, or a voice by name. What cannot be chosen says why; when nobody can speak, one line says it for all. */
  function offerVoices(voices) {
    const ready = voices.filter((one) => one.ready);
    const shown = ready.length ? ready : voices.slice(0, 1);
    voice = listed("voice", words.voice, [
      { value: "", text: words.voiceOff, hint: words.voiceOffHint, off: "" },
      ...shown.map((one) => ({
        value: one.name,
        text: one.name === "auto" ? words.voiceAuto : one.title,
        hint: fill(one.name === "auto" ? words.voiceAutoHint : words.voiceHint, { model: one.model, price: one.price }),
        off: one.ready ? "" : one.why_not || words.voiceNobody,
      })),
    ]);
    if (ready.length) voice.node.lastChild.append(h("p", { class: "small" }, words.voiceNote));
    voiceField.replaceChildren(voice.node);
    voice.set(wantedVoice);
  }

  function chooseModels() {
    for (const [kind, list] of kinds) list.set(wanted[kind]);
  }

  function chosenModels() {
    if (!offered) return wanted;
    return Object.fromEntries([...kinds].map(([kind, list]) => [kind, list.value()]).filter(([, id]) => id));
  }

  /** Switches that were turned off; those that cannot be turned are nobody's choice. */
  function letGo() {
    return coherence.filter((one) => !one.value() && !one.disabled());
  }

  /** The LoRAs there are; nothing is shown where there are none. */
  function offerLoras(loras) {
    if (!loras.length) return;
    lora = listed("lora", words.lora, [
      { value: "", text: words.loraOff, hint: words.loraOffHint, off: "" },
      ...loras.map((one) => ({ value: one.name, text: one.title, hint: one.hint, off: one.ready ? "" : one.why_not })),
    ]);
    loraField.replaceChildren(lora.node, row(words.loraWeight, loraWeight, { id: "lora-weight" }));
    lora.set(wantedLora);
  }

  function value() {
    const off = letGo().map((one) => [one.name, false]);
    return {
      duration: length.value() ? Number(length.value()) : null,
      aspect_ratio: format.value() || null,
      framework: story.value() || null,
      style: style.value() || null,
      grade: grade.value() || null,
      brand: brand.value.trim(),
      brand_colors: colors.value(),
      seed: Math.min(limits.seedMax, Math.max(0, Math.trunc(Number(seed.value) || 0))),
      voice: (voice ? voice.value() : wantedVoice) || null,
      captions: captions.value() || null,
      models: chosenModels(),
      coherence: Object.fromEntries(off),
      ...chosenLora(),
      product_image_id: photo.value()?.id ?? null,
      rating: rating.value.trim(),
      features: pointed(),
    };
  }

  /** The lines that say something, as long and as many as may be shown. */
  function pointed() {
    const lines = features.value.split("\n").map((line) => line.trim().slice(0, limits.featureChars)).filter(Boolean);
    return lines.slice(0, limits.featuresMax);
  }

  function chosenLora() {
    const name = lora ? lora.value() : wantedLora;
    const weight = Number(loraWeight.value);
    return name ? { lora: name, lora_weight: Number.isFinite(weight) ? Math.min(2, Math.max(0, weight)) : 1 } : {};
  }

  /** What was chosen, in a few words each. */
  function summary() {
    const asked = value();
    const named = page.styles.find((one) => one.value === asked.style)?.title;
    const n = asked.brand_colors.length;
    const m = Object.keys(asked.models).length;
    return [
      asked.duration && fill(words.seconds, { n: asked.duration }), asked.aspect_ratio, asked.framework, named, page.grades.find((one) => one.value === asked.grade)?.title, asked.brand,
      n && (n === 1 ? words.colorSummary : fill(words.colorsSummary, { n })),
      asked.product_image_id && words.photo,
      asked.features.length && fill(words.featuresSummary, { n: asked.features.length }), asked.rating && `★ ${asked.rating}`,
      asked.captions && fill(words.captionsSummary, { name: page.captions.find((one) => one.value === asked.captions).title.toLowerCase() }),
      asked.voice && fill(words.voiceSummary, { name: asked.voice === "auto" ? words.voiceAuto : asked.voice }),
      m && (m === 1 ? words.modelSummary : fill(words.modelsSummary, { n: m })),
      asked.lora && fill(words.loraSummary, { name: asked.lora }),
      ...letGo().map(({ title }) => fill(words.coherenceSummary, { title })),
      asked.seed && `${words.seed} ${asked.seed}`,
    ].filter(Boolean);
  }

  /** Choose what `asked` asks for; photo: the upload behind its product_image_id, as far as it is known. */
  function choose(asked, kept = null) {
    length.set(asked.duration);
    format.set(asked.aspect_ratio);
    story.set(asked.framework);
    style.set(asked.style);
    grade.set(asked.grade);
    brand.value = asked.brand ?? "";
    features.value = (asked.features ?? []).join("\n");
    rating.value = asked.rating ?? "";
    colors.set(asked.brand_colors);
    seed.value = asked.seed ?? 0;
    wantedVoice = asked.voice && asked.voice !== "off" ? asked.voice : "";
    voice?.set(wantedVoice);
    captions.set(asked.captions === "off" ? "" : asked.captions);
    wantedLora = asked.lora ?? "";
    lora?.set(wantedLora);
    loraWeight.value = asked.lora_weight ?? 1;
    wanted = asked.models ?? {};
    chooseModels();
    for (const one of coherence) one.set(asked.coherence?.[one.name]);
    photo.set(asked.product_image_id ? { id: asked.product_image_id, name: "", url: "", ...kept } : null);
  }

  return { node, offer, value, summary, choose, photo: photo.value, takePhoto: photo.take, sending: photo.sending };
}

/** A grade's colours: as they are above, as it makes them below. */
function graded({ swatches }) {
  return h("i", { class: "graded", "aria-hidden": "true" }, [0, 1].flatMap((k) => swatches.map((pair) => {
    const cell = h("b", {});
    cell.style.background = pair[k];
    return cell;
  })));
}

function titled(choices) {
  return choices.map(({ value, title }) => ({ value, text: title }));
}

function hints(choices, whenAuto) {
  return (value) => choices.find((one) => one.value === value)?.hint ?? whenAuto;
}
