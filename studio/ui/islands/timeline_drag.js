// What a pointer does on the timeline: scrub, trim an end, move a clip elsewhere or (Alt) slip it, move or lengthen a title or a caption,
// and on a cut lengthen its transition or (Shift) move the cut. A drag is drawn by the timeline itself and becomes one action when it ends; Escape leaves
// everything as it was. Fingers scroll the lanes: what they shall lift they hold first.
//
//   dragging({store, words, canvas, mark, hint, preview(edit), settle(), say(text)}) → {scrub, trim, clip, title, phrase, joint, giveUp}
//     handlers for pointerdown; hint: timeline_hint.js; giveUp(): what is being dragged stays where it was

import { phraseOf, phraseTo, retimed, wordsOf } from "./captions_model.js";
import { fill } from "./dom.js";
import { dropAt, ofFile, rollRoom, rolled, slipRoom, snapPoints, snapped, timecode, transitionMost, trimRoom, trimmed } from "./timeline_model.js";

const SNAP_PX = 8;
const MEANT_PX = 6; // less is a click
const HOLD_MS = 350; // a finger that rests so long lifts what is under it; before a phone opens its own menu

/** See above. */
export function dragging({ store, words, canvas, mark, hint, preview, settle, say }) {
  const { state } = store;
  let giveUp = () => {};

  // Always there and not passive: a browser asks when the touch begins whether its scrolling may be stopped.
  canvas.addEventListener("touchmove", (event) => { if ("drag" in canvas.dataset) event.preventDefault(); }, { passive: false });
  canvas.addEventListener("contextmenu", (event) => { if ("drag" in canvas.dataset) event.preventDefault(); });

  /** Follow the pointer until it is let go: move(dx px, event), done(meant), and what to do when it is given up. held(): a finger has to rest
   *  before it drags, and now it has; without held it drags at once. */
  function follow(event, { move, done, given = settle, held = null }) {
    if (event.button !== 0) return;
    event.stopPropagation();
    const { target, pointerId, clientX } = event;
    let meant = false;
    let waits = held !== null && event.pointerType === "touch";
    target.setPointerCapture(pointerId);
    const stop = new AbortController();
    const rest = waits ? setTimeout(() => { waits = false; canvas.dataset.drag = ""; held(); }, HOLD_MS) : 0;
    const end = () => {
      stop.abort();
      clearTimeout(rest);
      canvas.removeAttribute("data-drag");
      hint.hide();
      store.peek([]);
      giveUp = () => {};
    };
    giveUp = () => { end(); given(); };
    target.addEventListener("pointermove", (moved) => {
      if (!meant && Math.abs(moved.clientX - clientX) < MEANT_PX) return;
      if (waits) return end(); // it scrolls
      meant = true;
      canvas.dataset.drag = "";
      move(moved.clientX - clientX, moved);
    }, { signal: stop.signal });
    target.addEventListener("pointerup", () => { end(); done(meant); }, { signal: stop.signal });
    target.addEventListener("pointercancel", () => giveUp(), { signal: stop.signal });
    window.addEventListener("keydown", (key) => {
      if (key.key !== "Escape") return;
      key.preventDefault();
      key.stopPropagation();
      giveUp();
    }, { signal: stop.signal, capture: true });
  }

  const reach = () => (state.snap ? SNAP_PX / state.scale : -1);
  const length = (n, fps) => `${(n / fps).toFixed(2)} s`;
  const signed = (n, fps) => `${n < 0 ? "−" : "+"}${(Math.abs(n) / fps).toFixed(2)}`;
  /** The frame where a dragged edge lands, and whether something there caught it. */
  const caught = (frame, points) => {
    const at = snapped(frame, points, reach());
    return { at, caught: state.snap && points.includes(at) };
  };

  function scrub(event) {
    if (event.button !== 0) return;
    const at = (moved) => store.seek(Math.floor((moved.clientX - canvas.getBoundingClientRect().left) / state.scale));
    store.play(false);
    at(event);
    follow(event, { move: (_, moved) => at(moved), done: () => {} });
  }

  function trim(event, id, edge) {
    const { edit } = state.told;
    const piece = edit.pieces.find((one) => one.id === id);
    const points = snapPoints(edit, state.told.beats, state.playhead, id);
    const edge0 = edge === "tail" ? piece.start + piece.n_frames : piece.start;
    let by = 0;
    store.play(false);
    store.select([id]);
    follow(event, {
      move: (dx) => {
        const to = caught(edge0 + Math.round(dx / state.scale), points);
        by = trimRoom(edit, id, edge, edge === "tail" ? to.at - edge0 : edge0 - to.at);
        preview(trimmed(edit, id, edge, by));
        const now = edge === "tail" ? edge0 + by : edge0 - by;
        hint.show(edge === "tail" ? now : edge0, `${length(piece.n_frames + by, edit.fps)}  ${signed(by, edit.fps)}`, to.caught && now === to.at ? now : null);
        store.peek(piece.gap ? [] : [{ media: piece.media, at: ofFile(piece, edge === "head" ? piece.media_in - by : piece.media_in + piece.n_frames + by - 1) }]);
      },
      done: async (meant) => {
        if (!meant || !by) return settle();
        if (await store.act([{ action: "trim", clip: id, edge, by, ripple: true }])) say(fill(words.saidTrimmed, { name: piece.label, n: ((piece.n_frames + by) / edit.fps).toFixed(2) }));
        else settle();
      },
    });
  }

  /** Another part of the file in the same place. What is shown follows the pointer: to the right, an earlier part. */
  function slip(event, id) {
    const { edit } = state.told;
    const piece = edit.pieces.find((one) => one.id === id);
    let by = 0;
    store.play(false);
    store.select([id]);
    follow(event, {
      move: (dx) => {
        by = slipRoom(edit, id, -Math.round(dx / state.scale));
        const from = piece.media_in + by;
        preview({ ...edit, pieces: edit.pieces.map((one) => (one.id === id ? { ...one, media_in: from } : one)) });
        hint.show(piece.start, fill(words.hintSlip, { from: timecode(from, edit.fps), to: timecode(from + piece.n_frames, edit.fps) }), null);
        store.peek([from, from + piece.n_frames - 1].map((at) => ({ media: piece.media, at: ofFile(piece, at) })));
      },
      done: async (meant) => {
        if (!meant || !by || !(await store.act([{ action: "slip", clip: id, by }]))) settle();
      },
    });
  }

  /** The cut before a clip: how long its transition is, or with Shift where the cut lies. A click opens it. */
  function joint(event, id, open) {
    const { edit } = state.told;
    const i = edit.pieces.findIndex((one) => one.id === id);
    const [first, piece] = [edit.pieces[i - 1], edit.pieces[i]];
    const points = snapPoints({ ...edit, pieces: edit.pieces.filter((one) => one !== first && one !== piece) }, state.told.beats, state.playhead);
    const most = transitionMost(edit, id);
    const rolls = event.shiftKey;
    const sides = (out, into) => store.peek([first, piece].some((one) => one.gap) ? [] : [{ media: first.media, at: ofFile(first, out) }, { media: piece.media, at: ofFile(piece, into) }]);
    let by = 0;
    let frames = piece.transition_frames;
    store.play(false);
    follow(event, {
      move: (dx) => {
        if (rolls) {
          const to = caught(piece.start + Math.round(dx / state.scale), points);
          by = rollRoom(edit, id, to.at - piece.start);
          preview(rolled(edit, id, by));
          hint.show(piece.start + by, `${timecode(piece.start + by, edit.fps)}  ${signed(by, edit.fps)}`, to.caught && piece.start + by === to.at ? to.at : null);
          return sides(first.media_in + first.n_frames + by - 1, piece.media_in + by);
        }
        frames = Math.max(0, Math.min(most, piece.transition_frames + 2 * Math.round(dx / state.scale)));
        const transition = frames ? (piece.transition === "cut" ? "crossfade" : piece.transition) : "cut";
        preview({ ...edit, pieces: edit.pieces.map((one) => (one.id === id ? { ...one, transition, transition_frames: frames } : one)) });
        hint.show(piece.start, most ? `${words.transitions[transition] ?? transition}  ${length(frames, edit.fps)}` : words.hintNoRoom, null);
        return sides(first.media_in + first.n_frames + frames / 2 - 1, piece.media_in - frames / 2);
      },
      done: async (meant) => {
        if (!meant) return open();
        const to = frames ? (piece.transition === "cut" ? "crossfade" : piece.transition) : "cut";
        const action = rolls ? { action: "roll", clip: id, by } : { action: "transition", clip: id, to, ...(frames ? { frames } : {}) };
        const changed = rolls ? by : frames !== piece.transition_frames;
        if (!changed || !(await store.act([action]))) settle();
      },
    });
  }

  function clip(event, id, choose) {
    const { edit } = state.told;
    if (event.altKey && !edit.pieces.find((one) => one.id === id).gap) return slip(event, id);
    let drop = null;
    const node = event.currentTarget;
    follow(event, {
      held: () => { node.dataset.lifted = ""; choose(id, event); },
      move: (dx, moved) => {
        drop = dropAt(edit, id, (moved.clientX - canvas.getBoundingClientRect().left) / state.scale);
        node.style.translate = `${dx}px 0`;
        node.dataset.lifted = "";
        mark.hidden = !drop;
        if (drop) mark.style.transform = `translateX(${drop.frame * state.scale}px)`;
      },
      done: async (meant) => {
        put();
        if (!meant) {
          node.focus({ preventScroll: true });
          return choose(id, event);
        }
        if (drop && (await store.act([{ action: "move", clip: id, before: drop.before }]))) say(words.saidMoved);
      },
      given: put,
    });
    function put() {
      node.style.translate = "";
      delete node.dataset.lifted;
      mark.hidden = true;
    }
  }

  function title(event, id, how, choose) {
    const { edit } = state.told;
    const was = edit.captions.find((one) => one.id === id);
    const points = snapPoints(edit, state.told.beats, state.playhead, id);
    const node = event.currentTarget.closest(".title-chip");
    let now = was;
    follow(event, {
      held: how === "move" ? () => choose(id, event) : null,
      move: (dx) => {
        const shift = Math.round(dx / state.scale);
        let { start, n_frames: n } = was;
        const to = caught(how === "tail" ? was.start + was.n_frames + shift : was.start + shift, points);
        if (how === "tail") n = Math.max(12, to.at - was.start);
        else if (how === "head") {
          start = Math.min(was.start + was.n_frames - 12, Math.max(0, to.at));
          n = was.start + was.n_frames - start;
        } else start = to.at;
        start = Math.max(0, Math.min(start, edit.n_frames - 12));
        now = { ...was, start, n_frames: Math.min(n, edit.n_frames - start) };
        const dragged = how === "tail" ? now.start + now.n_frames : now.start;
        hint.show(dragged, how === "move" ? timecode(now.start, edit.fps) : length(now.n_frames, edit.fps), to.caught && dragged === to.at ? to.at : null);
        preview({ ...edit, captions: edit.captions.map((one) => (one.id === id ? now : one)) });
      },
      done: async (meant) => {
        if (!meant) {
          node.focus({ preventScroll: true });
          return choose(id, event);
        }
        const moved = await store.act([{ action: "move_title", id, start: now.start, frames: now.n_frames }]);
        if (moved) say(fill(words.saidTitle, { at: timecode(now.start, edit.fps), n: (now.n_frames / edit.fps).toFixed(2) }));
        else settle();
      },
    });
  }

  /** A phrase of the captions, or an end of it ("move", "head", "tail"), as far as the words before and after it leave room. */
  function phrase(event, id, how, choose) {
    const { edit } = state.told;
    const one = phraseOf(edit, id);
    const was = wordsOf(edit, one);
    const points = snapPoints(edit, state.told.beats, state.playhead);
    const node = event.currentTarget.closest(".phrase");
    const edge = (words_) => words_.start + (how === "tail" ? words_.n_frames : 0);
    const room = how !== "move" || was.to - was.from > was.n_frames;
    let now = was;
    follow(event, {
      held: how === "move" ? () => choose(id) : null,
      move: (dx) => {
        const to = caught(edge(was) + Math.round(dx / state.scale), points);
        now = phraseTo(edit, one, how, to.at);
        const [at, by] = [edge(now), how === "move" ? now.start - was.start : now.n_frames - was.n_frames];
        hint.show(at, room ? `${how === "move" ? timecode(at, edit.fps) : length(now.n_frames, edit.fps)}  ${signed(by, edit.fps)}` : words.hintNoRoom, to.caught && at === to.at ? at : null);
        preview(retimed(edit, one, now));
      },
      done: async (meant) => {
        if (!meant) {
          node.focus({ preventScroll: true });
          return choose(id);
        }
        const changed = now.start !== was.start || now.n_frames !== was.n_frames;
        const done = changed && (await store.act([{ action: "move_caption", cue: one.cue, first: one.first, words: one.n, start: now.start, frames: now.n_frames }]));
        if (done) say(fill(words.saidCaption, { at: timecode(now.start, edit.fps), n: (now.n_frames / edit.fps).toFixed(2) }));
        else settle();
      },
    });
  }

  return { scrub, trim, clip, title, phrase, joint, giveUp: () => giveUp() };
}
