// Captions in the Editor: what is said at a frame over the stage, and how they are shown, among what can be set of the whole film.
//
//   saying() → {node, show(edit, frame)}     captionFields(told, words, field, {act, add}) → nodes of the inspector
//   phraseFields(told, phrase, words, field, {act, go(phrase)}) → the same for one phrase      adding(store, words) → put one in at the playhead

import { phraseBeside, phrases, roomFrom, wordsOf } from "./captions_model.js";
import { fill, h } from "./dom.js";

/** What stands over the picture: the page of words that is said; the word itself is marked where the style marks it. */
export function saying() {
  const node = h("div", { class: "said", "aria-hidden": "true" });
  let shown = "";

  function show(edit, frame) {
    const page = (edit.cues ?? []).flatMap((one) => one.pages).find((one) => !one.hidden && !one.typed && frame >= one.start && frame < one.start + one.n_frames);
    const now = page ? page.words.findLastIndex(([, start]) => frame - page.start >= start) : -1;
    const raised = edit.captions.some((one) => one.position === "bottom" && frame >= one.start && frame < one.start + one.n_frames);
    const key = page ? JSON.stringify([page.start, page.words, now, edit.captioned, raised, edit.safe]) : "";
    if (key === shown) return;
    shown = key;
    if (!page) return node.replaceChildren();
    const { style, color, accent } = edit.captioned;
    const marked = (i) => style === "highlight" && i === now;
    const line = h("p", { class: `${style} ${light(color) ? "light" : "dark"}` },
      page.words.map(([text], i) => h("span", { class: marked(i) ? "lit" : "" }, text)));
    line.style.setProperty("--lit", accent);
    node.style.bottom = `${(edit.safe[3] + 0.01) * 100}%`;
    node.classList.toggle("raised", raised);
    node.style.top = raised ? `${edit.safe[1] * 100}%` : "";
    node.replaceChildren(line);
  }

  return { node, show };
}

/** How captions are shown, and what each of them says. */
export function captionFields({ edit, choices }, words, field, { act, add }) {
  const { cues = [], captioned, fps } = edit;
  const on = captioned.style !== "off";
  const timing = new Set(cues.map((one) => one.timing));
  return [
    style(captioned, words.captions, choices, words, field, act),
    field.pair("captions", [field.button("plus", words.addCaption, add)], "row-actions"),
    ...(on ? [
      cues.length ? field.note("captions-timed", [...timing].map((one) => words.captionTimed[one]).join(" ")) : null,
      ...cues.map((cue, i) => field.words(`cue-${i}`, fill(words.captionAt, { time: (cue.start / fps).toFixed(1) }), cue.text, (said) => {
        if (said === cue.text) return false;
        act({ action: "edit_caption", cue: i, text: said });
        return true;
      })),
      captioned.without.length ? field.note("captions-without", fill(captioned.without.length > 1 ? words.captionsWithout : words.captionWithout, { n: captioned.without.join(", ") })) : null,
    ] : [field.note("captions-off", words.captionsOff)]),
  ];
}

/** One phrase: its words, when they are said, whether they are seen. */
export function phraseFields({ edit, choices }, phrase, words, field, { act, go }) {
  const { cue, first, n, text, hidden, typed } = phrase;
  const of = { cue, first, words: n };
  const { start, n_frames: length, from, to } = wordsOf(edit, phrase);
  const { timing } = edit.cues[cue];
  const move = (at, frames) => act({ action: "move_caption", ...of, start: at, frames });
  const by = Math.max(1, Math.round(edit.fps / 8));
  const [earlier, later] = [Math.max(from, start - by), Math.min(to - length, start + by)];
  const [before, after] = [-1, 1].map((way) => phraseBeside(edit, phrase.id, way));
  return [
    field.words("phrase", words.phrase, text, (said) => {
      if (!said || said === text) return false;
      act({ action: "edit_caption", ...of, text: said });
      return true;
    }),
    typed ? field.note("phrase-typed", words.phraseTyped) : null,
    field.pair("phrase", [
      field.button(hidden ? "eye" : "eyeShut", hidden ? words.showPhrase : words.hidePhrase, () => act({ action: "hide_caption", ...of, hidden: !hidden }), typed),
      field.button("trash", words.removeText, () => act({ action: "edit_caption", ...of, text: "" }), false, "phrase")]),
    field.pair("phrase-when", [
      field.seconds("c-start", words.phraseFrom, start, edit.fps, (at) => move(at, Math.min(length, to - at)), from, to - n),
      field.seconds("c-length", words.phraseFor, length, edit.fps, (frames) => move(start, frames), n, to - start)]),
    field.pair("phrase-moved", [field.button("back", words.earlier, () => move(earlier, length), earlier >= start, "phrase"), field.button("arrow", words.later, () => move(later, length), later <= start, "phrase")]),
    field.note("phrase-timed", words.captionTimed[timing]),
    field.pair("phrases", [
      field.button("toStart", words.phraseBefore, () => go(before), !before), field.button("toEnd", words.phraseAfter, () => go(after), !after)]),
    style(edit.captioned, words.captionsAll, choices, words, field, act),
  ];
}

/** A caption of its own at the playhead, or as soon after it as there is room; → the phrase that it became, null where there was none. */
export function adding(store, words) {
  return async () => {
    const { state } = store;
    const { edit } = state.told;
    const place = roomFrom(edit, state.playhead) ?? { start: Math.floor(state.playhead), frames: edit.fps };
    if (!(await store.act([{ action: "add_caption", ...place, text: words.newText }]))) return null;
    return phrases(state.told.edit).find((one) => one.start <= place.start + 2 && one.start + one.n_frames > place.start) ?? null;
  };
}

function style({ style: now }, label, choices, words, field, act) {
  return field.choice("captioned", label, choices.caption_styles, now, words.captionStyles, (to) => act({ action: "captions", to }));
}

/** Whether a colour is light enough for a dark ground. */
function light(color) {
  const [r, g, b] = [1, 3, 5].map((k) => parseInt(color.slice(k, k + 2), 16) / 255);
  return 0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2 > 0.18;
}
