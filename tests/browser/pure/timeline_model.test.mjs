// The timeline's arithmetic (studio/ui/islands/timeline_model.js): what is worked out here by hand, what holds for any edit, and – from
// cases that test_pure_models.py had the engine work out – that a drag shows what the studio then does.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

const m = await import(`${process.env.ISLANDS}/timeline_model.js`);
const cases = JSON.parse(readFileSync(process.env.CASES, "utf8"));

const PIECES = [
  { id: "a", start: 0, n_frames: 48, media_in: 12, media_frames: 72, room: [12, 12], gap: false, transition_frames: 0, group: "" },
  { id: "b", start: 48, n_frames: 24, media_in: 0, media_frames: 0, room: [0, 0], gap: true, transition_frames: 0, group: "" },
  { id: "c", start: 72, n_frames: 36, media_in: 0, media_frames: 36, room: [0, 0], gap: false, transition_frames: 0, group: "" },
  { id: "d", start: 108, n_frames: 36, media_in: 0, media_frames: 60, room: [0, 24], gap: false, transition_frames: 0, group: "" },
];
const EDIT = { pieces: PIECES, captions: [{ id: "t", start: 10, n_frames: 30 }, { id: "u", start: 30, n_frames: 20 }, { id: "v", start: 60, n_frames: 10 }], n_frames: 144, fps: 24 };

/** Numbers that are the same every time. */
function drawn(seed) {
  let state = seed;
  return (least, most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return least + Math.floor((state / 2 ** 32) * (most - least + 1));
  };
}

/** Any edit that the engine could have. */
function anyEdit(draw) {
  const fades = Array.from({ length: draw(2, 7) }, (_, i) => (i && draw(0, 2) === 0 ? 2 * draw(1, 4) : 0));
  let start = 0;
  const pieces = fades.map((transition_frames, i) => {
    const n_frames = draw(16, 60);
    const [left, right] = [draw(4, 30), draw(4, 30)];
    const piece = { id: `p${i}`, start, n_frames, media: "m", media_in: left, media_frames: left + n_frames + right, room: [left, right], gap: false, transition_frames, group: draw(0, 3) ? "" : "g", transition: transition_frames ? "crossfade" : "cut" };
    start += n_frames;
    return piece;
  });
  return { pieces, captions: Array.from({ length: draw(0, 6) }, (_, i) => ({ id: `t${i}`, start: draw(0, start - 12), n_frames: draw(12, 40) })), n_frames: start, fps: 24 };
}

const places = (edit) => edit.pieces.map(({ start, n_frames, media_in, gap }) => [start, n_frames, gap ? 0 : media_in]);

describe("by hand", () => {
  test("how far ends, cuts and contents can be moved", () => {
    assert.deepEqual([["a", "tail", 99], ["a", "head", 99], ["a", "tail", -99], ["b", "tail", 99], ["c", "head", 9]].map((one) => m.trimRoom(EDIT, ...one)), [12, 12, -47, 99, 0]);
    assert.deepEqual([["d", 99], ["d", -99], ["a", 5], ["c", -99]].map((one) => m.rollRoom(EDIT, ...one)), [0, 0, 0, 0]);
    assert.deepEqual([m.slipRoom(EDIT, "a", 40), m.slipRoom(EDIT, "a", -40), m.slipRoom(EDIT, "d", -1)], [12, -12, 0]);
    const lent = { pieces: [{ ...PIECES[0], room: [0, 9] }, { ...PIECES[3], id: "y", media_in: 20, room: [20, 0], n_frames: 30, transition_frames: 0 }] };
    assert.deepEqual([m.transitionMost(EDIT, "a"), m.transitionMost(EDIT, "c"), m.transitionMost(lent, "y")], [0, 0, 18]);
  });

  test("what a transition borrows is kept", () => {
    const fading = { ...EDIT, pieces: [{ ...PIECES[0], room: [12, 12] }, { ...PIECES[3], start: 48, media_in: 10, room: [10, 14], transition_frames: 8 }], n_frames: 84 };
    assert.deepEqual([m.trimRoom(fading, "a", "tail", 99), m.trimRoom(fading, "d", "head", 99), m.trimRoom(fading, "d", "tail", -99), m.slipRoom(fading, "d", -99)], [8, 6, -32, -6]);
    assert.deepEqual([m.rollRoom(fading, "d", 99), m.rollRoom(fading, "d", -99)], [8, -6]);
  });

  test("what a drag draws", () => {
    assert.deepEqual(m.trimmed(EDIT, "a", "tail", -8).pieces.map((piece) => piece.start), [0, 40, 64, 100]);
    assert.equal(m.trimmed(EDIT, "a", "head", 6).pieces[0].media_in, 6);
    assert.deepEqual(places(m.rolled(EDIT, "d", -6)).slice(2), [[72, 30, 0], [102, 42, -6]]);
    assert.deepEqual(m.titles(EDIT, 2).map((title) => title.row), [0, 1, 0]);
  });

  test("where things snap and fall", () => {
    assert.deepEqual([[50, [], 4], [56, [], 4], [57, [57], -1]].map(([at, beats, reach]) => m.snapped(at, m.snapPoints(EDIT, beats, 0), reach)), [50, 60, 57]);
    assert.deepEqual([m.dropAt(EDIT, "a", 10), m.dropAt(EDIT, "a", 100), m.dropAt(EDIT, "a", 143), m.dropAt(EDIT, "d", 0)], [null, { before: "d", frame: 108 }, { before: null, frame: 144 }, { before: "a", frame: 0 }]);
    assert.deepEqual([m.between(EDIT, "d", "b"), m.between(EDIT, "a", "a")], [["b", "c", "d"], ["a"]]);
    assert.deepEqual([m.neighbours(EDIT, ["d", "c"]), m.neighbours(EDIT, ["a", "c"]), m.neighbours(EDIT, ["a"])], [true, false, false]);
    assert.deepEqual([0, 47, 48, 143, 200].map((frame) => m.pieceAt(EDIT, frame).id), ["a", "a", "b", "d", "d"]);
    assert.deepEqual([m.cutFrom(EDIT, 50, -1), m.cutFrom(EDIT, 48, -1), m.cutFrom(EDIT, 0, 1), m.cutFrom(EDIT, 120, 1), m.cutFrom(EDIT, 0, -1)], [48, 0, 48, 143, 0]);
  });

  test("numbers for people", () => {
    assert.deepEqual([m.timecode(75, 24), m.timecode(24 * 61 + 1, 24)], ["0:03:03", "1:01:01"]);
    assert.deepEqual([m.ticks(24, 2), m.ticks(24, 12)], [{ big: 48, small: 12 }, { big: 10, small: 1 }]);
  });

  test("what keys mean", () => {
    const keys = [{ key: "z", ctrlKey: true }, { key: "Z", metaKey: true, shiftKey: true }, { key: "S" }, { key: "Delete", shiftKey: true }, { key: "z" }, { key: "?", shiftKey: true },
      { key: "i" }, { key: "O" }, { key: "j" }, { key: "b", metaKey: true }, { key: "ArrowUp" }, { key: "q" }, { key: "X", altKey: true }, { key: "a", ctrlKey: true }, { key: "k", ctrlKey: true }, { key: "I", shiftKey: true }, { key: "d", metaKey: true }];
    assert.deepEqual(keys.map(m.meaning), ["undo", "redo", "split", "close", "", "keys", "markIn", "markOut", "shuttleBack", "split", "cutBack", "trimHead", "unmark", "all", "split", "goIn", "duplicate"]);
  });

  test("shuttling: each press is twice as quick, the other way begins anew", () => {
    const way = [];
    for (const [rate, by] of [[0, 1], [1, 1], [2, 1], [4, 1], [4, -1], [-1, -1], [-4, -1], [-2, 1]]) way.push(m.shuttled(rate, by));
    assert.deepEqual(way, [1, 2, 4, 4, -1, -2, -4, 1]);
  });

  test("a stretch is marked from either end", () => {
    assert.deepEqual(m.marked(null, "in", 10, 144), { from: 10, to: 144 });
    assert.deepEqual(m.marked(null, "out", 10, 144), { from: 0, to: 11 });
    assert.deepEqual(m.marked({ from: 10, to: 40 }, "in", 50, 144), { from: 50, to: 144 });
    assert.deepEqual(m.marked({ from: 50, to: 144 }, "out", 20, 144), { from: 0, to: 21 });
  });
});

describe("for any edit", () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) test(`number ${seed}`, () => {
    const draw = drawn(seed);
    for (let n = 0; n < 60; n += 1) {
      const edit = anyEdit(draw);
      const { id } = edit.pieces[draw(0, edit.pieces.length - 1)];
      const edge = draw(0, 1) ? "head" : "tail";
      const by = m.trimRoom(edit, id, edge, draw(-80, 80));
      const trimmed = m.trimmed(edit, id, edge, by);
      assert.equal(trimmed.n_frames, edit.n_frames + by);
      assert.deepEqual(places(m.trimmed(trimmed, id, edge, -by)), places(edit), "trimmed back it is what it was");

      const cut = m.rollRoom(edit, id, draw(-80, 80));
      const rolled = m.rolled(edit, id, cut);
      assert.equal(rolled.pieces.reduce((sum, piece) => sum + piece.n_frames, 0), edit.n_frames, "rolling keeps the film's length");
      if (edit.pieces[0].id !== id) assert.deepEqual(places(m.rolled(rolled, id, -cut)), places(edit));

      let at = 0;
      for (const { piece, x, w } of m.placed(edit, 2)) {
        assert.equal(x, at, "clips tile the film");
        at = x + w;
        assert.equal(m.pieceAt(edit, piece.start).id, piece.id);
      }
      const rows = m.titles(edit, 1);
      for (const one of rows) for (const other of rows) {
        if (one !== other && one.row === other.row) assert.ok(one.x + one.w <= other.x || other.x + other.w <= one.x, "titles of a row never overlap");
      }
      const points = m.snapPoints(edit, [], draw(0, edit.n_frames));
      const frame = draw(0, edit.n_frames);
      const snapped = m.snapped(frame, points, 5);
      assert.ok(Math.abs(snapped - frame) <= 5 && (snapped === frame || points.includes(snapped)));
      assert.equal(m.snapped(snapped, points, 5), snapped, "what has snapped stays");
      const drop = m.dropAt(edit, id, frame);
      assert.ok(drop === null || drop.before !== id, "nothing is dropped before itself");
      const { big, small } = m.ticks(24, draw(1, 200) / 10);
      assert.equal(big % small, 0);
      const way = m.cutFrom(edit, frame, 1);
      assert.ok(way >= frame || frame >= edit.n_frames - 1);
    }
  });
});

describe("a drag shows what the studio does", () => {
  test("the engine's edits are as they were drawn", () => {
    assert.ok(cases.length > 60);
    const tried = new Set();
    for (const { before, action, after } of cases) {
      tried.add(action.action);
      const { clip, by, edge } = action;
      if (action.action === "trim") {
        assert.equal(m.trimRoom(before, clip, edge, by) === by, after !== null, JSON.stringify(action));
        if (after) assert.deepEqual(places(m.trimmed(before, clip, edge, by)), places(after));
      } else if (action.action === "roll") {
        assert.equal(m.rollRoom(before, clip, by) === by, after !== null, JSON.stringify(action));
        if (after) assert.deepEqual(places(m.rolled(before, clip, by)), places(after));
      } else if (action.action === "slip") {
        assert.equal(m.slipRoom(before, clip, by) === by, after !== null, JSON.stringify(action));
      } else if (action.action === "transition") {
        assert.equal(action.frames <= m.transitionMost(before, clip), after !== null, JSON.stringify(action));
      }
    }
    assert.deepEqual([...tried].sort(), ["roll", "slip", "transition", "trim"]);
  });
});
