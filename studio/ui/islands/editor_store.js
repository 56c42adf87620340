// What the Editor knows: the draft as the studio has it, and what is only in this window – selection, playhead, zoom.
//
//   editorStore(id) → store
//     store.state   {told, selection: [ids], range: {from, to} or null, playhead (frame), peek: frames of files that the stage shows instead, playing, rate, scale (px per frame), snap, busy, stale, problem}
//     store.on(fn) → stop()   fn(state, what) after every change; what: "told" | "select" | "seek" | "view" | "busy"
//     store.load()  reload() (never rejects: what failed is said)  act(actions)  undo(n)  redo(n)  accept(regenerationId, attemptId)  save(title)  bring(timeline)  open(versionId)  discard()   → Promise; of act: whether it was done
//     store.select(ids)  mark("in" | "out", frame)  choose(range)  seek(frame)  peek([{media, at}])  play(on, rate)  zoom(scale)  snapTo(on)  refresh()  dismiss()
//
// One thing is asked at a time, in order, each on the revision that the answer before it gave.

import { api } from "./api.js";
import { phraseOf } from "./captions_model.js";
import { marked } from "./timeline_model.js";

/** See above. */
export function editorStore(id) {
  const here = `/api/generations/${id}/editor`;
  const listeners = new Set();
  const state = { told: null, selection: [], range: null, playhead: 0, peek: [], playing: false, rate: 1, scale: 0, snap: true, busy: 0, stale: false, problem: "" };
  let queue = Promise.resolve();

  function changed(what) {
    for (const listener of [...listeners]) listener(state, what);
  }

  function take(told) {
    state.told = told;
    const there = new Set([...told.edit.pieces, ...told.edit.captions].map((one) => one.id));
    state.selection = state.selection.map((one) => (there.has(one) ? one : phraseOf(told.edit, one)?.id)).filter(Boolean);
    if (state.range && state.range.to > told.edit.n_frames) state.range = null;
    state.playhead = Math.min(state.playhead, Math.max(0, told.edit.n_frames - 1));
    changed("told");
  }

  /** Ask in turn. A draft that was changed elsewhere is not written over: it is said, and nothing more is sent. */
  function ask(path, body) {
    const turn = queue.then(async () => {
      if (state.stale) return false;
      state.busy += 1;
      state.problem = "";
      changed("busy");
      try {
        take(await api(`${here}${path}`, { body: { revision: state.told.revision, ...body } }));
        return true;
      } catch (error) {
        if (error.code === "edited_elsewhere") state.stale = true;
        state.problem = error.message && error.status ? error.message : "offline";
        return false;
      } finally {
        state.busy -= 1;
        changed("busy");
      }
    });
    queue = turn.catch(() => {});
    return turn;
  }

  async function reload() {
    try {
      const told = await api(here);
      Object.assign(state, { stale: false, problem: "" });
      take(told);
    } catch (error) {
      state.problem = error.message && error.status ? error.message : "offline"; // and still stale: nothing is sent until it was seen
    }
    changed("busy");
  }

  return {
    state,
    here,
    reload,
    on: (listener) => { listeners.add(listener); return () => listeners.delete(listener); },
    load: async () => {
      const told = await api(here);
      Object.assign(state, { stale: false, problem: "" });
      take(told);
      changed("busy");
    },
    act: (actions) => ask("/actions", { actions }),
    undo: (steps = 1) => ask("/undo", { steps }),
    redo: (steps = 1) => ask("/redo", { steps }),
    accept: (regeneration, attempt) => ask(`/regenerations/${regeneration}/accept`, { attempt_id: attempt }),
    bring: (timeline) => ask("/import", { timeline }),
    save: (title) => ask("/save", { title }),
    open: (version) => ask("/open", { version_id: version }),
    discard: async () => {
      await queue;
      await api(`${here}/draft?revision=${state.told.revision}`, { method: "DELETE" });
      state.selection = [];
      take(await api(here));
    },
    select: (ids) => {
      if (ids.length === state.selection.length && ids.every((one, i) => one === state.selection[i])) return;
      state.selection = ids;
      changed("select");
    },
    mark: (end, frame = Math.floor(state.playhead)) => {
      state.range = marked(state.range, end, frame, state.told.edit.n_frames);
      state.selection = []; // what is done next is done to the stretch
      changed("select");
    },
    choose: (range) => {
      state.range = range;
      state.selection = range ? [] : [...state.selection];
      changed("select");
    },
    seek: (frame) => {
      const last = Math.max(0, (state.told?.edit.n_frames ?? 1) - 1);
      state.playhead = Math.max(0, Math.min(last, frame));
      changed("seek");
    },
    peek: (frames) => {
      if (!frames.length && !state.peek.length) return;
      state.peek = frames;
      changed("seek");
    },
    play: (on, rate = 1) => {
      if (state.playing === on && (!on || state.rate === rate)) return;
      if (on && rate > 0 && state.playhead >= state.told.edit.n_frames - 1) state.playhead = 0;
      Object.assign(state, { playing: on, rate: on ? rate : 1 });
      changed("seek");
    },
    zoom: (scale) => { state.scale = Math.max(0.2, Math.min(40, scale)); changed("view"); },
    snapTo: (on) => { state.snap = on; changed("view"); },
    refresh: () => changed("told"),
    dismiss: () => { state.problem = ""; changed("busy"); },
  };
}
