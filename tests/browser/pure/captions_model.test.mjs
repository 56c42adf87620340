// Captions on the page (studio/ui/islands/captions_model.js), held against the engine: what may be nudged where, and what stays chosen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { phraseBeside, phraseOf, phraseTo, phrases, retimed, roomFrom, wordsOf } = await import(`${process.env.ISLANDS}/captions_model.js`);
const nudges = JSON.parse(readFileSync(process.env.NUDGES, "utf8"));

test("a phrase may be nudged as far as the engine lets it, and no further", () => {
  for (const { before, phrase, action, after } of nudges) {
    const one = phraseOf(before, phrase);
    const { from, to } = wordsOf(before, one);
    const fits = action.start >= from && action.start + action.frames <= to && action.frames >= one.n;
    assert.equal(fits, Boolean(after), JSON.stringify([one, from, to, action]));
  }
  assert.ok(nudges.some((one) => one.after) && nudges.some((one) => !one.after));
});

test("the words of a phrase are the line's own, with their marks", () => {
  const [{ before }] = nudges;
  assert.deepEqual(phrases(before).map((one) => one.text), ["Hours pass by.", "Turn it once.", "Cold water, gold light", "and a long slow evening.", "Keep yours."]);
  assert.deepEqual(phrases(before).map((one) => one.typed), [false, false, false, false, true], "a title says it while it is said");
  const words = phrases(nudges.at(-1).before);
  assert.ok(words.every((one, i) => i === 0 || one.start >= words[i - 1].start));
});

const line = (start, n_frames, words, pages) => ({ start, n_frames, words, pages });
const page = (first, n, start, n_frames, hidden = false) => ({ first, n, start, n_frames, hidden, words: [], rows: [] });
const film = {
  fps: 24, n_frames: 200,
  cues: [
    line(10, 60, [["A ", 0, 10], ["b ", 10, 10], ["c.", 24, 10]], [page(0, 2, 10, 24, true), page(2, 1, 34, 36)]),
    line(100, 40, [["D.", 0, 20]], [page(0, 1, 100, 40)]),
  ],
};

test("what is chosen stays chosen when its words change, and goes with its line", () => {
  assert.equal(phraseOf(film, "cue-0-2").text, "c.");
  assert.equal(phraseOf(film, "cue-0-1").id, "cue-0-0");
  assert.equal(phraseOf(film, "cue-0-9").id, "cue-0-2");
  for (const id of ["cue-2-0", "s1", "", undefined]) assert.equal(phraseOf(film, id), null);
  assert.equal(phraseOf({ pieces: [] }, "cue-0-0"), null);
  assert.equal(phraseBeside(film, "cue-0-2", 1).id, "cue-1-0");
  assert.equal(phraseBeside(film, "cue-0-0", -1), null);
});

test("a phrase reaches from the words before it to those after it, its own line's or another's", () => {
  assert.deepEqual(wordsOf(film, phraseOf(film, "cue-0-2")), { start: 34, n_frames: 10, from: 30, to: 100 });
  assert.deepEqual(wordsOf(film, phraseOf(film, "cue-1-0")), { start: 100, n_frames: 20, from: 70, to: 200 });
});

test("an end of a phrase is dragged as far as the words beside it, and leaves time to read", () => {
  const [one, last] = ["cue-0-2", "cue-1-0"].map((id) => phraseOf(film, id));
  assert.deepEqual(phraseTo(film, one, "head", 32), { start: 32, n_frames: 12 });
  assert.deepEqual(phraseTo(film, one, "head", 5), { start: 30, n_frames: 14 });
  assert.deepEqual(phraseTo(film, one, "head", 60), { start: 41, n_frames: 3 });
  assert.deepEqual(phraseTo(film, one, "tail", 52), { start: 34, n_frames: 18 });
  assert.deepEqual(phraseTo(film, one, "tail", 150), { start: 34, n_frames: 66 });
  assert.deepEqual(phraseTo(film, one, "tail", 0), { start: 34, n_frames: 3 });
  assert.deepEqual(phraseTo(film, one, "move", 300), { start: 90, n_frames: 10 });
  assert.deepEqual(phraseTo(film, last, "tail", 900), { start: 100, n_frames: 100 });
  const quick = { ...film, cues: [line(10, 9, [["A ", 0, 1], ["b", 1, 1]], [page(0, 2, 10, 9)])] };
  assert.deepEqual(phraseTo(quick, phraseOf(quick, "cue-0-0"), "tail", 0), { start: 10, n_frames: 2 }, "no shorter than it was");
});

test("what a drag shows of a phrase and those beside it is what the engine makes of it", () => {
  const seen = (edit) => phrases(edit).map(({ id, start, n_frames, hidden, typed }) => ({ id, start, n_frames, hidden, typed }));
  let compared = 0;
  let beside = 0;
  for (const { before, phrase, action, after } of nudges) {
    if (!after) continue;
    const drawn = seen(retimed(before, phraseOf(before, phrase), { start: action.start, n_frames: action.frames }));
    const made = seen(after);
    if (made.map((one) => one.id).join() !== drawn.map((one) => one.id).join()) continue; // other words stand together then
    assert.deepEqual(drawn, made, JSON.stringify([phrase, action]));
    compared += 1;
    beside += seen(before).some((one, i) => one.id !== phrase && one.n_frames !== made[i].n_frames);
  }
  assert.ok(compared > 20 && beside > 5, `${compared} and ${beside} of ${nudges.length}`);
  const hidden = retimed(film, phraseOf(film, "cue-0-2"), { start: 40, n_frames: 20 });
  assert.deepEqual(wordsOf(hidden, phraseOf(hidden, "cue-0-2")), { start: 40, n_frames: 20, from: 30, to: 100 });
  assert.deepEqual(seen(hidden).map(({ start, n_frames }) => [start, n_frames]), [[10, 20], [40, 46], [100, 40]]);
});

test("another caption comes at the playhead, or as soon as there is half a second", () => {
  assert.deepEqual(roomFrom(film, 75), { start: 75, frames: 25 });
  assert.deepEqual(roomFrom(film, 0), { start: 70, frames: 30 });
  assert.deepEqual(roomFrom(film, 95), { start: 140, frames: 48 });
  assert.equal(roomFrom(film, 195), null);
  assert.deepEqual(roomFrom({ fps: 24, n_frames: 50, cues: [] }, 10.7), { start: 10, frames: 40 });
});
