// What a pointer does on the timeline: scrub, trim an end, move a clip elsewhere, move or lengthen a title. A drag is drawn by the timeline
// itself and becomes one action when it ends; Escape leaves everything as it was. Fingers scroll the lanes: what they shall lift they hold first.
//
//   dragging({store, words, canvas, mark, preview(edit), settle(), say(text)}) → {scrub, trim, clip, title}   handlers for pointerdown

import { fill } from "./dom.js";
import { dropAt, snapPoints, snapped, timecode, trimRoom, trimmed } from "./timeline_model.js";

const SNAP_PX = 8;
const MEANT_PX = 6; // less is a click
const HOLD_MS = 350; // a finger that rests so long lifts what is under it; before a phone opens its own menu

/** See above. */
export function dragging({ store, words, canvas, mark, preview, settle, say }) {
  const { state } = store;

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
    const end = () => { stop.abort(); clearTimeout(rest); canvas.removeAttribute("data-drag"); };
    target.addEventListener("pointermove", (moved) => {
      if (!meant && Math.abs(moved.clientX - clientX) < MEANT_PX) return;
      if (waits) return end(); // it scrolls
      meant = true;
      canvas.dataset.drag = "";
      move(moved.clientX - clientX, moved);
    }, { signal: stop.signal });
    target.addEventListener("pointerup", () => { end(); done(meant); }, { signal: stop.signal });
    target.addEventListener("pointercancel", () => { end(); given(); }, { signal: stop.signal });
    window.addEventListener("keydown", (key) => {
      if (key.key !== "Escape") return;
      key.preventDefault();
      key.stopPropagation();
      end();
      given();
    }, { signal: stop.signal, capture: true });
  }

  const reach = () => (state.snap ? SNAP_PX / state.scale : -1);

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
    let by = 0;
    store.play(false);
    store.select([id]);
    follow(event, {
      move: (dx) => {
        const shift = Math.round(dx / state.scale);
        const at = edge === "tail" ? snapped(piece.start + piece.n_frames + shift, points, reach()) - piece.start - piece.n_frames : shift;
        by = trimRoom(piece, edge, edge === "tail" ? at : -at);
        preview(trimmed(edit, id, edge, by));
        const shown = edge === "head" ? piece.start : piece.start + piece.n_frames + by - 1;
        store.seek(Math.max(0, shown));
      },
      done: async (meant) => {
        if (!meant || !by) return settle();
        if (await store.act([{ action: "trim", clip: id, edge, by, ripple: true }])) say(fill(words.saidTrimmed, { name: piece.label, n: ((piece.n_frames + by) / edit.fps).toFixed(2) }));
        else settle();
      },
    });
  }

  function clip(event, id, choose) {
    const { edit } = state.told;
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
        if (how === "tail") n = Math.max(12, snapped(was.start + was.n_frames + shift, points, reach()) - was.start);
        else if (how === "head") {
          start = Math.min(was.start + was.n_frames - 12, Math.max(0, snapped(was.start + shift, points, reach())));
          n = was.start + was.n_frames - start;
        } else start = snapped(was.start + shift, points, reach());
        start = Math.max(0, Math.min(start, edit.n_frames - 12));
        now = { ...was, start, n_frames: Math.min(n, edit.n_frames - start) };
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

  return { scrub, trim, clip, title };
}
