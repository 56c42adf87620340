// The timeline: ruler, clips as filmstrips, transitions on their cuts, type, sound – seen, selected, dragged.
//
//   timelineView(store, words, {say(text), pick(id, field)}) → {node, draw(), fit(), focus(id), zoomBy(factor), slot}
//     pick: something was opened for editing (double click, Enter, a click on a cut); field: what of it, "" for its first.  slot: an element under the clips, in step with them.
//   Nodes are kept by id and only moved; while somebody drags, nothing is asked of the studio.

import { phraseOf } from "./captions_model.js";
import { fill, h } from "./dom.js";
import { captionLane } from "./timeline_captions.js";
import { dragging } from "./timeline_drag.js";
import { hintOf } from "./timeline_hint.js";
import { between, meaning, placed, stepped, ticks, timecode, titles } from "./timeline_model.js";
import { pinching } from "./timeline_pinch.js";
import { tileRow } from "./timeline_tiles.js";
import { waveOf } from "./timeline_wave.js";

const BEYOND_PX = 400; // drawn on both sides of what is seen, so that scrolling finds it there
const REST_MS = 150; // after which a zoom has come to rest

/** Written only where it differs: a browser lays out anew whatever is written. */
const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const set = (node, name, value) => { if (node.getAttribute(name) !== value) node.setAttribute(name, value); };

/** See above. */
export function timelineView(store, words, { say, pick }) {
  const clips = new Map();
  const chips = new Map();
  const joints = new Map();
  const ruler = h("div", { class: "ruler", "aria-hidden": "true" });
  const video = h("div", { class: "lane video", role: "listbox", "aria-label": words.laneVideo, "aria-multiselectable": "true" });
  const text = h("div", { class: "lane text", role: "listbox", "aria-label": words.laneText });
  const said = captionLane(words, { drag: (event, id, how) => drag.phrase(event, id, how, listen), pick });
  const music = waveOf(words.laneMusic, "music");
  const effects = waveOf(words.laneEffects, "effects");
  const speech = h("div", { class: "lane speech", "aria-label": words.laneVoice, role: "group" });
  const slot = h("div", { class: "slot" });
  const head = h("div", { class: "playhead" }, h("i", {}));
  const mark = h("div", { class: "drop-mark", hidden: true });
  const stretch = h("div", { class: "stretch", hidden: true, "aria-hidden": "true" });
  const hint = hintOf(() => store.state.scale);
  const cuts = h("div", { class: "cuts", "aria-hidden": "true" });
  const canvas = h("div", { class: "canvas" }, ruler, video, slot, text, said.node, speech, music.node, effects.node, cuts, stretch, mark, ...hint.nodes, head);
  const scroll = h("div", { class: "scroll", tabindex: "-1" }, canvas);
  const node = h("div", { class: "timeline" }, scroll);
  let drawn = null; // the edit that is shown: the draft's, or what a drag would make of it
  let drawnAt = 0; // the scale
  let anchor = "";
  let zooming = 0; // the clock that runs until zooming has come to rest
  const seen_ = { left: 0, width: 0 }; // of the canvas; known without asking the browser, which would lay out anew to tell
  new ResizeObserver(() => { seen_.width = scroll.clientWidth; near(); }).observe(scroll);

  const drag = dragging({ store, words, canvas, mark, hint, preview, settle: draw, say });
  pinching({ canvas, scale: () => store.state.scale, began: drag.giveUp, zoomAround });
  ruler.addEventListener("pointerdown", drag.scrub);
  scroll.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = (event.clientX - canvas.getBoundingClientRect().left) / store.state.scale;
    zoomAround(store.state.scale * (event.deltaY < 0 ? 1.2 : 1 / 1.2), at);
  }, { passive: false });

  let awaited = 0;
  scroll.addEventListener("scroll", () => { awaited ||= requestAnimationFrame(() => { awaited = 0; seen_.left = scroll.scrollLeft; near(); }); }, { passive: true });

  function zoomAround(scale, frame) {
    const x = frame * store.state.scale - seen_.left;
    store.zoom(scale);
    seen_.left = Math.max(0, frame * store.state.scale - x);
    scroll.scrollLeft = seen_.left;
  }

  function fit() {
    const { told } = store.state;
    if (told && scroll.clientWidth) store.zoom((scroll.clientWidth - 32) / Math.max(1, told.edit.n_frames));
  }

  function draw() {
    const { told } = store.state;
    if (told) preview(told.edit);
  }

  /** Show `edit`; the draft itself, or one that is only being dragged. */
  function preview(edit) {
    const { scale, told } = store.state;
    drawn = edit;
    canvas.style.width = `${edit.n_frames * scale + 24}px`;
    const seen = new Set();
    placed(edit, scale).forEach(({ piece, x, w }, i) => {
      seen.add(piece.id);
      const one = clips.get(piece.id) ?? clip(piece.id);
      one.show(edit, piece, x, w, told.media[piece.media]);
      if (video.children[i] !== one.node) video.insertBefore(one.node, video.children[i] ?? null);
    });
    for (const [id, one] of clips) if (!seen.has(id)) { one.node.remove(); clips.delete(id); }
    join(edit, scale);
    type(edit, scale);
    said.show(edit, scale);
    say_(edit, scale);
    const beats = told.beats.map((frame) => frame * scale);
    music.show(edit.music && told.media[edit.music.media], edit, scale, beats);
    effects.show(edit.effects && told.media[edit.effects.media], edit, scale, []);
    music.mark(edit, scale);
    effects.mark(edit, scale);
    select();
    range();
    seek();
    near();
  }

  /** What is drawn only where it can be seen: tiles of the filmstrips, numbers of the ruler. */
  function near() {
    if (!drawn) return;
    const [from, to] = [seen_.left - BEYOND_PX, seen_.left + seen_.width + BEYOND_PX];
    for (const one of clips.values()) one.tile(from, to);
    rule(drawn, store.state.scale, from, to);
  }

  function say_(edit, scale) {
    speech.hidden = !edit.spoken.length;
    while (speech.children.length > edit.spoken.length) speech.lastChild.remove();
    for (const [i, line] of edit.spoken.entries()) {
      const bit = speech.children[i] ?? speech.appendChild(h("span", { class: "said" }));
      put(bit, line.text);
      set(bit, "title", line.text);
      bit.style.left = `${line.start_s * edit.fps * scale}px`;
      bit.style.width = `${line.length_s * edit.fps * scale}px`;
    }
  }

  function rule(edit, scale, from, to) {
    const { big, small } = ticks(edit.fps, scale);
    const [first, last] = [Math.max(0, Math.floor(from / scale / big)) * big, Math.min(edit.n_frames, to / scale)];
    const key = [first, Math.floor(last / big), big, scale].join();
    if (ruler.dataset.key === key) return;
    ruler.dataset.key = key;
    ruler.style.setProperty("--small", `${small * scale}px`);
    ruler.style.setProperty("--big", `${big * scale}px`);
    const marks = [];
    for (let frame = first; frame <= last; frame += big) {
      const mark_ = h("span", {}, big % edit.fps ? timecode(frame, edit.fps) : `${frame / edit.fps} s`);
      mark_.style.left = `${frame * scale}px`;
      marks.push(mark_);
    }
    ruler.replaceChildren(...marks);
  }

  function clip(id) {
    const strip = h("div", { class: "strip", "aria-hidden": "true" });
    const name = h("span", { class: "clip-name" });
    const length = h("span", { class: "clip-length" });
    const handles = ["head", "tail"].map((edge) => h("i", { class: `handle ${edge}`, "aria-hidden": "true", onpointerdown: (event) => drag.trim(event, id, edge) }));
    const one = h("div", { class: "clip", role: "option", tabindex: "-1", "aria-keyshortcuts": "Alt+Shift+ArrowLeft Alt+Shift+ArrowRight", onpointerdown: (event) => drag.clip(event, id, choose), ondblclick: () => pick(id), onkeydown: keyed }, strip, name, length, ...handles);
    let laid = null;
    clips.set(id, { node: one, show, tile: (from, to) => tileRow(strip, laid, from - laid.x, to - laid.x, zooming > 0) });
    return clips.get(id);

    function keyed(event) {
      const what = meaning(event);
      if (what === "earlier" || what === "later") { event.preventDefault(); step(id, what === "later" ? 1 : -1); }
      if (event.key === "Enter") { event.preventDefault(); pick(id); }
      if (event.key === " " && event.ctrlKey) { event.preventDefault(); choose(id, event); }
    }

    function show(edit, piece, x, w, media) {
      laid = { edit, piece, x, w, media };
      one.style.transform = `translateX(${x}px)`;
      one.style.width = `${w}px`;
      set(one, "data-gap", String(piece.gap));
      set(one, "data-group", piece.group || "");
      set(one, "data-narrow", String(w < 72));
      put(name, piece.gap ? words.gap : piece.label);
      put(length, `${(piece.n_frames / edit.fps).toFixed(2)} s${piece.gap || (piece.speed ?? 100) === 100 ? "" : ` · ${piece.speed / 100}×`}`);
      set(one, "aria-label", fill(piece.gap ? words.gapLabel : words.clipLabel, {
        name: piece.label, n: (piece.n_frames / edit.fps).toFixed(2), at: timecode(piece.start, edit.fps), how: words.transitions[piece.transition] ?? piece.transition,
      }));
    }
  }

  /** The cuts: how long a transition lasts on both sides, and what it can be dragged and opened by. */
  function join(edit, scale) {
    const seen = new Set();
    for (const [i, piece] of edit.pieces.entries()) {
      if (!i || piece.gap || edit.pieces[i - 1].gap) continue;
      seen.add(piece.id);
      const one = joints.get(piece.id) ?? joint(piece.id);
      const fades = piece.transition !== "cut";
      set(one, "data-fades", String(fades));
      one.style.transform = `translateX(${piece.start * scale}px)`;
      one.firstChild.style.width = `${fades ? Math.max(6, piece.transition_frames * scale) : 0}px`;
      set(one, "title", fades ? `${words.transitions[piece.transition] ?? piece.transition}, ${(piece.transition_frames / edit.fps).toFixed(2)} s. ${words.jointHint}` : words.jointHint);
    }
    for (const [id, one] of joints) if (!seen.has(id)) { one.remove(); joints.delete(id); }
  }

  function joint(id) {
    const grip = h("b", { onpointerdown: (event) => drag.joint(event, id, () => { choose(id); pick(id, "transition"); }) });
    const one = h("div", { class: "joint" }, h("i", {}), grip);
    joints.set(id, one);
    cuts.append(one);
    return one;
  }

  function type(edit, scale) {
    const seen = new Set();
    let rows = 0;
    for (const { caption, x, w, row } of titles(edit, scale)) {
      seen.add(caption.id);
      rows = Math.max(rows, row + 1);
      const one = chips.get(caption.id) ?? chip(caption.id);
      one.style.transform = `translate(${x}px, calc(${row} * var(--row)))`;
      one.style.width = `${Math.max(12, w)}px`;
      const said = caption.lines.map((line) => line.text).join(" · ");
      put(one.firstChild, said);
      set(one, "aria-label", fill(words.titleLabel, { text: said, at: timecode(caption.start, edit.fps), n: (caption.n_frames / edit.fps).toFixed(2) }));
      if (one.parentNode !== text) text.append(one);
    }
    for (const [id, one] of chips) if (!seen.has(id)) { one.remove(); chips.delete(id); }
    text.style.height = `calc(${Math.max(1, rows)} * var(--row))`;
  }

  function chip(id) {
    const one = h("div", { class: "title-chip", role: "option", tabindex: "-1", onpointerdown: (event) => drag.title(event, id, "move", choose), ondblclick: () => pick(id), onkeydown: (event) => { if (event.key === "Enter") { event.preventDefault(); pick(id); } } },
      h("span", {}),
      ...["head", "tail"].map((edge) => h("i", { class: `handle ${edge}`, "aria-hidden": "true", onpointerdown: (event) => drag.title(event, id, edge, choose) })));
    chips.set(id, one);
    return one;
  }

  /** A click: alone, added to what is chosen (Ctrl), or everything between (Shift). */
  function choose(id, event) {
    const { selection, told } = store.state;
    const isClip = told.edit.pieces.some((piece) => piece.id === id);
    if (event?.shiftKey && anchor && isClip) return store.select(between(told.edit, anchor, id));
    anchor = id;
    if ((event?.ctrlKey || event?.metaKey) && isClip) return store.select(selection.includes(id) ? selection.filter((one) => one !== id) : [...selection, id]);
    store.select([id]);
  }

  /** A phrase is chosen where it is seen. */
  function listen(id) {
    const { start, n_frames: n } = phraseOf(store.state.told.edit, id) ?? { start: 0, n_frames: Infinity };
    choose(id);
    if (store.state.playhead >= start && store.state.playhead < start + n) return;
    store.play(false);
    store.seek(start);
  }

  function select() {
    const chosen = new Set(store.state.selection);
    const first = drawn?.pieces[0]?.id;
    for (const [id, { node: one }] of clips) dress(one, id, first);
    for (const [id, one] of chips) dress(one, id, drawn?.captions[0]?.id);
    said.dress((one, id) => dress(one, id, ""));
    for (const [id, one] of joints) set(one, "data-near", String(chosen.has(id)));
    function dress(one, id, fallback) {
      const on = chosen.has(id);
      set(one, "aria-selected", String(on));
      set(one, "tabindex", on || (!chosen.size && id === fallback) ? "0" : "-1");
    }
    for (const lane of [video, text, said.node]) if (lane.children.length && ![...lane.children].some((one) => one.tabIndex === 0)) lane.children[0].tabIndex = 0;
  }

  /** What lies between I and O. */
  function range() {
    const { range: marked, scale } = store.state;
    stretch.hidden = !marked;
    if (!marked) return;
    stretch.style.transform = `translateX(${marked.from * scale}px)`;
    stretch.style.width = `${(marked.to - marked.from) * scale}px`;
  }

  function seek() {
    const { scale, playhead, playing } = store.state;
    const x = playhead * scale;
    head.style.transform = `translateX(${x}px)`;
    if (playing && (x < seen_.left || x > seen_.left + seen_.width - 40)) scroll.scrollLeft = Math.max(0, x - 60);
  }

  /** Bring what is chosen to the keyboard. */
  function focus(id) {
    const one = clips.get(id)?.node ?? chips.get(id) ?? said.find(id);
    one?.focus({ preventScroll: true });
    one?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Move a clip one place earlier (-1) or later (1): what a drag does, for keys. */
  async function step(id, by) {
    const to = stepped(store.state.told.edit, id, by);
    if (!to || !(await store.act([{ action: "move", clip: id, before: to.before }]))) return;
    focus(id); // a node that was moved has lost it
    say(words.saidMoved);
  }

  store.on((_, what) => {
    if (what === "view" && drawnAt !== store.state.scale) {
      drawnAt = store.state.scale;
      clearTimeout(zooming);
      zooming = setTimeout(() => { zooming = 0; near(); }, REST_MS);
    }
    if (what === "told" || what === "view") draw();
    if (what === "select") {
      select();
      range();
    }
    if (what === "seek") seek();
  });
  return { node, draw, fit, focus, slot, zoomBy: (factor) => zoomAround(store.state.scale * factor, store.state.playhead) };
}
