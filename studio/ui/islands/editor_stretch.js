// A stretch of the film between two moments, marked with I and O: taken out with or without a gap, or made again.
//
//   stretches(store, words, {again(pieceId)}) → {cutOut(ripple), remake()}   both do nothing where nothing is marked
//   stretchFields(store, words, field, its) → nodes for the inspector; field: editor_fields.js, its: stretches(…)

import { fill } from "./dom.js";
import { pieceAt } from "./timeline_model.js";

/** See above. */
export function stretches(store, words, { again }) {
  const { state } = store;

  /** One edit; a gap that it leaves is chosen. → its id, "" where there is none. */
  async function cutOut(ripple) {
    const { range } = state;
    if (!range || !(await store.act([{ action: "cut_out", start: range.from, frames: range.to - range.from, ripple }]))) return "";
    store.choose(null);
    store.seek(range.from);
    if (ripple) return "";
    const { id } = pieceAt(state.told.edit, range.from);
    store.select([id]);
    return id;
  }

  return {
    cutOut,
    remake: async () => {
      const gap = await cutOut(false);
      if (gap) again(gap);
    },
  };
}

/** See above. */
export function stretchFields(store, words, field, its) {
  const { range, told: { edit } } = store.state;
  return [
    field.note("stretch", fill(words.stretchTold, { n: ((range.to - range.from) / edit.fps).toFixed(2) })),
    field.pair("stretch", [
      field.seconds("stretch-from", words.spanFrom, range.from, edit.fps, (n) => store.choose({ ...range, from: n }), 0, range.to - 1),
      field.seconds("stretch-to", words.spanTo, range.to, edit.fps, (n) => store.choose({ ...range, to: n }), range.from + 1, edit.n_frames)]),
    field.pair("stretch do", [
      field.button("again", words.again, its.remake, false, "stretch"), field.button("trash", words.remove, () => its.cutOut(false), false, "stretch"),
      field.button("closeUp", words.close, () => its.cutOut(true), false, "stretch"), field.button("close", words.unmark, () => store.choose(null), false, "stretch")], "row-actions"),
  ];
}
