// Captions as arithmetic: which words stand together, when, and how far they can be nudged. Pure; knows no page.
//
//   edit: as in timeline_model.js; its cues are lines, a phrase is what of a line is seen at once (or is hidden at once,
//   or stands there as a title: "typed").

/** [{id, cue, first, n, start, n_frames, text, hidden, typed}] in order; none while captions are off. */
export function phrases(edit) {
  return (edit.cues ?? []).flatMap((line, cue) => line.pages.map(({ first, n, start, n_frames, hidden, typed }) => ({
    id: `cue-${cue}-${first}`, cue, first, n, start, n_frames, hidden, typed, text: line.words.slice(first, first + n).map(([text]) => text).join("").trim(),
  })));
}

/** The phrase of this id; where its words were changed, the one of its line that holds its place. null where its line is gone, or for another id. */
export function phraseOf(edit, id) {
  const [, cue, first] = /^cue-(\d+)-(\d+)$/.exec(id)?.map(Number) ?? [];
  return phrases(edit).filter((one) => one.cue === cue).findLast((one, i) => one.first <= first || i === 0) ?? null;
}

/** The phrase before (by -1) or after (1) the one of this id; null where there is none. */
export function phraseBeside(edit, id, by) {
  const all = phrases(edit);
  return all[all.findIndex((one) => one.id === id) + by] ?? null;
}

/** When a phrase's words are said: {start, n_frames}, and from when to when they may be: {from, to}, between the words before and after them. */
export function wordsOf(edit, { cue, first, n }) {
  const line = edit.cues[cue];
  const at = (i, end = false) => line.start + line.words[i][1] + (end ? line.words[i][2] : 0);
  const [before, after] = [edit.cues[cue - 1], edit.cues[cue + 1]];
  return {
    start: at(first),
    n_frames: at(first + n - 1, true) - at(first),
    from: first ? at(first - 1, true) : before ? before.start + before.n_frames : 0,
    to: first + n < line.words.length ? at(first + n) : after?.start ?? edit.n_frames,
  };
}

/** Where another caption fits at a frame or as soon after it as there is room for half a second: {start, frames}, two seconds at most; null for
 *  nowhere. */
export function roomFrom(edit, frame) {
  let start = Math.max(0, Math.floor(frame));
  for (const line of [...(edit.cues ?? []), { start: edit.n_frames, n_frames: 0 }]) {
    if (line.start + line.n_frames <= start && line.start < edit.n_frames) continue;
    if (line.start - start >= edit.fps / 2) return { start, frames: Math.min(2 * edit.fps, line.start - start) };
    start = Math.max(start, line.start + line.n_frames);
  }
  return null;
}
