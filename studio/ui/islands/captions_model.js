// Captions as arithmetic: which words stand together, when, how far they can be nudged and stretched, and how that is seen. Pure; knows no page.
//
//   edit: as in timeline_model.js; its cues are lines, a phrase is what of a line is seen at once (or is hidden at once,
//   or stands there as a title: "typed").

const PAUSE = 20; // frames, as pipelines/word_captions/pages.py has them: over a longer one a phrase does not wait for the next …
const STAYS = 8; // … but stays so long
const FEWEST = 3; // frames that a word wants

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

/** When a phrase's words would be said, {start, n_frames}, with an end of them ("head", "tail") or all of them ("move") dragged to a frame: as far as
 *  the words beside them leave room, and no shorter than can be read, or than they were. */
export function phraseTo(edit, phrase, how, frame) {
  const { start, n_frames: n, from, to } = wordsOf(edit, phrase);
  const least = Math.min(n, FEWEST * phrase.n);
  const between = (low, high) => Math.max(low, Math.min(high, frame));
  if (how === "move") return { start: between(from, to - n), n_frames: n };
  if (how === "tail") return { start, n_frames: between(start + least, to) - start };
  const at = between(from, start + n - least);
  return { start: at, n_frames: start + n - at };
}

/** The edit with a phrase's words said then: for drawing while somebody drags. The line begins with its first word and stays as long after its last
 *  one as it did, and what is seen before and after the phrase follows. */
export function retimed(edit, { cue, first, n }, { start, n_frames: frames }) {
  const line = edit.cues[cue];
  const was = wordsOf(edit, { cue, first, n });
  const moved = (at) => start + Math.round(((at - was.start) * frames) / was.n_frames);
  const said = line.words.map(([text, at, long], i) => {
    const ends = [line.start + at, line.start + at + long];
    return [text, ...(i < first || i >= first + n ? ends : ends.map(moved))];
  });
  const [begins, last] = [first ? line.start : start, said.at(-1)[2]];
  const stays = line.n_frames - line.words.at(-1)[1] - line.words.at(-1)[2];
  const end = Math.max(last, Math.min(last + stays, edit.cues[cue + 1]?.start ?? edit.n_frames));
  const now = { ...line, start: begins, n_frames: end - begins, words: said.map(([text, from, to]) => [text, from - begins, to - from]), pages: lasting(line.pages, said, begins, end) };
  return { ...edit, cues: edit.cues.map((one, i) => (i === cue ? now : one)) };
}

/** The pages of a line from `begins` to `ends` whose words are said at other times, [text, from, to] each. */
function lasting(pages, said, begins, ends) {
  const seen = pages.filter((one) => !one.hidden && !one.typed);
  return pages.map((page) => {
    const [from, to] = [said[page.first][1], said[page.first + page.n - 1][2]];
    const i = seen.indexOf(page);
    if (i < 0) return { ...page, start: from, n_frames: to - from };
    const after = seen[i + 1] ? said[seen[i + 1].first][1] : ends;
    const hidden = pages.find((one) => one.hidden && one.first === page.first + page.n);
    const end = Math.min(!seen[i + 1] || after - to <= PAUSE ? after : to + STAYS, hidden ? said[hidden.first][1] : Infinity);
    const start = !i && from - begins <= 2 ? begins : from;
    return { ...page, start, n_frames: end - start };
  });
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
