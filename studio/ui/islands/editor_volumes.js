// How loud music and effects are: for the whole film, and for stretches of it.
//
//   volumes(store, words, field) → (edit, track) → nodes   field: editor_fields.js; track: "music" or "effects"; none where there is no such sound

import { fill, h, icon } from "./dom.js";
import { loudAt } from "./timeline_model.js";

const USUAL_S = 2;

/** See above. */
export function volumes(store, words, field) {
  const { state } = store;
  const asked = (track, start, end, to) => ({ action: "volume_between", track, start, frames: end - start, to });
  const room = (edit) => Math.min(USUAL_S * edit.fps, edit.n_frames - Math.floor(state.playhead));

  return (edit, track) => {
    if (!edit[track]) return [];
    const whole = field.slider(track, words[track], edit[`${track}_volume`], (to) => store.act([{ action: "volume", track, to }]));
    const spans = edit[`${track}_spans`].filter(([start]) => start < edit.n_frames).map(([start, end, to]) => [start, Math.min(end, edit.n_frames), to]);
    const head = field.keep(`${track} spans head`, () => h("summary", {}, icon("chevron"), h("span", {}, "")));
    const title = fill(words.spans, { track: words[track] });
    if (head.lastElementChild.textContent !== title) head.lastElementChild.textContent = title;
    const node = field.keep(`${track} spans`, () => h("details", { class: "spans" }));
    const more = field.button("plus", words.spanAdd, () => add(edit, track), false, track);
    field.lay(node, [head, ...spans.map((span, i) => row(edit, track, span, i)), field.pair(`${track} add`, [more], "row-actions")]);
    return [whole, node];
  };

  /** A third of what it is there now, for two seconds from the playhead. */
  function add(edit, track) {
    const start = Math.floor(state.playhead);
    const to = Math.round((loudAt(edit, track, start) || 0.3) * 33) / 100;
    return store.act([asked(track, start, start + room(edit), to)]);
  }

  function row(edit, track, [start, end, to], i) {
    const name = `${track}-${i}`;
    const told = fill(words.spanTold, { track: words[track], from: (start / edit.fps).toFixed(2), to: (end / edit.fps).toFixed(2) });
    const again = (...span) => store.act([asked(track, start, end, null), asked(track, ...span)]);
    const node = field.keep(`span ${name}`, () => h("div", { class: "span-row", role: "group" }));
    if (node.getAttribute("aria-label") !== told) node.setAttribute("aria-label", told);
    field.lay(node, [
      field.pair(name, [
        field.seconds(`${name}-from`, words.spanFrom, start, edit.fps, (n) => again(n, end, to), 0, end - 1),
        field.seconds(`${name}-to`, words.spanTo, end, edit.fps, (n) => again(start, n, to), start + 1, edit.n_frames)]),
      field.slider(`${name}-loud`, words.spanLoud, to, (loud) => store.act([asked(track, start, end, loud)])),
      field.pair(`${name} do`, [field.button("close", words.spanRemove, () => store.act([asked(track, start, end, null)]), false, name)], "row-actions"),
    ]);
    return node;
  }
}
