// What one iteration may change, as people call it: names of fields and of their values, and both sides of a change.
//
//   fieldNames(words, options) → {name(field), value(field, value), change({field, before, after}) → element}
//     options: GET /api/image-to-video/options

import { modelName } from "./card.js";
import { fill, h } from "./dom.js";
import { wordsDiff } from "./words_diff.js";

const PROMPTS = new Set(["motion_prompt", "negative_prompt"]);

/** See above. */
export function fieldNames(words, options) {
  const titled = (rows, id) => rows?.find((one) => one.id === id)?.title;

  function value(field, raw) {
    if (raw === null || raw === undefined || raw === "") return words.nothing;
    if (field === "camera") return titled(options.cameras, raw) ?? raw;
    if (field === "speed") return titled(options.speeds, raw) ?? raw;
    if (field === "direction") return titled(options.directions, raw) ?? raw;
    if (field === "model") return modelName(titled(options.models, raw) ?? raw);
    if (field === "intensity") return nearest(options.intensities, raw)?.title ?? String(raw);
    if (field === "duration") return fill(words.seconds, { n: raw });
    if (field === "hero_frame") return words.anotherFrame;
    return String(raw);
  }

  /** Both sides of a change: prompts word by word, anything else as a whole. */
  function change({ field, before, after }) {
    const name = h("b", {}, words.fields[field] ?? field);
    if (field === "hero_frame") return h("span", { class: "changed" }, name, " ", words.anotherFrame);
    if (!PROMPTS.has(field)) return h("span", { class: "changed" }, name, " ", h("del", {}, value(field, before)), h("span", { class: "to", "aria-label": words.becomes }, " → "), h("ins", {}, value(field, after)));
    return h("span", { class: "changed" }, name, " ", ...pieces(String(before ?? ""), String(after ?? "")));
  }

  /** One text in which what went is struck out and what came is marked. */
  function pieces(before, after) {
    const diff = wordsDiff(before, after);
    const gone = diff.before.filter(({ kind }) => kind === "gone");
    const text = ({ text: said }) => said.trim();
    return [...gone.flatMap((one) => [h("del", {}, text(one)), " "]), ...diff.after.map((one) => (one.kind === "new" ? h("ins", {}, one.text) : h("span", {}, one.text)))];
  }

  return { name: (field) => words.fields[field] ?? field, value, change };
}

function nearest(rows, wanted) {
  return rows?.reduce((best, one) => (Math.abs(one.id - wanted) < Math.abs(best.id - wanted) ? one : best), rows[0]);
}
