// The Editor tab: ads that can be edited (#/editor), or one of them on its timeline (#/editor/<ad id>). The studio keeps every edit as it is
// made, so a reload loses nothing; two windows on one ad are told of each other.

import { phraseOf, phrases } from "./captions_model.js";
import { fill, h, icon, styled } from "./dom.js";
import { againDialog } from "./editor_again.js";
import { exportDialog, saveDialog } from "./editor_export.js";
import { handoffDialog } from "./editor_handoff.js";
import { inspector } from "./editor_inspector.js";
import { claimed, keysDialog } from "./editor_keys.js";
import { editorList } from "./editor_list.js";
import { player } from "./editor_player.js";
import { sheets } from "./editor_sheet.js";
import { side } from "./editor_side.js";
import { editorStore } from "./editor_store.js";
import { stretches } from "./editor_stretch.js";
import { go, onRoute, route } from "./router.js";
import { timelineView } from "./timeline.js";
import { cutFrom, meaning, neighbours, pieceAt, shuttled } from "./timeline_model.js";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Called once by the island; props.value is studio.words.editor.page(). */
export async function mount({ element, props }) {
  const { words, type } = props.value;
  const root = element.attachShadow({ mode: "open" });
  const live = h("p", { class: "sr", role: "status", "aria-live": "polite" });
  const desk = h("div", { class: "editor-desk" });
  const body = h("div", { class: "page", hidden: true }, desk, live);
  root.append(body);
  const dressed = styled(root, "base.css", "editor.css", "editor_media.css", "timeline.css");
  const list = editorList(words);
  let open = "";
  let bench = null;

  function say(text) {
    live.textContent = "";
    requestAnimationFrame(() => { live.textContent = text; });
  }

  async function routed({ name, id }) {
    if (name !== "editor") return bench?.rest();
    if (!id) {
      leave();
      desk.replaceChildren(list.node);
      return list.start();
    }
    if (id === open) return undefined;
    leave();
    open = id;
    const store = editorStore(id);
    try {
      if (!UUID.test(id)) throw Object.assign(new Error(""), { status: 404 });
      await store.load();
      if (open !== id) return undefined;
      if (store.state.told.ad.id !== id) return go(`#/editor/${store.state.told.ad.id}`, { replace: true }); // takes: their version's own edit
      bench = benchOf(root, store, words, type, say);
      desk.replaceChildren(bench.node);
      bench.begin();
    } catch (error) {
      if (open !== id) return undefined;
      const missing = error.status === 404; // 403: a reviewer of its team, who is told so
      desk.replaceChildren(h("div", { class: "state" }, h("span", { class: "emblem" }, icon(missing ? "search" : "alert")), h("h1", { tabindex: "-1" }, missing ? words.goneTitle : words.failedTitle),
        h("p", {}, missing ? words.goneText : error.message || words.offline), h("a", { class: "primary", href: "#/editor" }, words.all)));
      if (!error.status) reportError(error);
      open = "";
    }
    return undefined;
  }

  function leave() {
    bench?.rest();
    bench = null;
    open = "";
  }

  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !bench || route().name !== "editor" || root.querySelector("dialog[open]") || claimed(event)) return;
    if (bench.key(meaning(event))) event.preventDefault();
  });

  await dressed;
  body.hidden = false;
  onRoute(routed);
  await routed(route());
}

/** One ad on its timeline. */
function benchOf(root, store, words, type, say) {
  const { state } = store;
  const stage = player(store, words, type);
  const sheet = sheets(words);
  const again = (piece) => againDialog(root, store, words, piece, { ordered: () => { reveal("remakes"); say(words.saidRemaking); } });
  const stretch = stretches(store, words, { again });
  const panel = inspector(store, words, { again, stretch, pick });
  const beside = side(store, words, { say, again });
  const line = timelineView(store, words, { say, pick });
  line.slot.append(beside.lane);
  const title = h("h1", { class: "editor-title", tabindex: "-1" });
  const kept = h("span", { class: "kept", role: "status" });
  const stale = h("div", { class: "banner", role: "alert", hidden: true }, icon("alert"), h("span", {}, words.stale), h("button", { type: "button", class: "secondary", onclick: () => store.reload() }, words.reload));
  const problem = h("div", { class: "banner", role: "alert", hidden: true }, icon("alert"), h("span", {}), h("button", { type: "button", class: "quiet", onclick: () => store.dismiss() }, words.dismiss));
  const tools = {
    undo: tool("undo", words.undo, () => store.undo(), words.keys.undo), redo: tool("redo", words.redo, () => store.redo(), words.keys.redo),
    split: tool("split", words.split, split, "S"), merge: tool("branch", words.merge, merge, "M"), remove: tool("trash", words.remove, remove, words.keys.remove), close: tool("closeUp", words.close, close, words.keys.close),
    text: tool("text", words.addText, addText), captions: tool("captions", words.showCaptions, showCaptions), gap: tool("plus", words.addGap, addGap),
  };
  const snap = tool("magnet", words.snap, () => store.snapTo(!state.snap), "N");
  const toolbar = h("div", { class: "toolbar", role: "toolbar", "aria-label": words.tools },
    tools.undo, tools.redo, h("i", {}), tools.split, tools.merge, tools.remove, tools.close, h("i", {}), tools.text, tools.captions, tools.gap,
    h("span", { class: "grow" }), snap, tool("minus", words.zoomOut, () => line.zoomBy(1 / 1.4), "−"), tool("fit", words.fit, line.fit, "0"), tool("plus", words.zoomIn, () => line.zoomBy(1.4), "+"),
    tool("keys", words.keysTitle, () => keysDialog(root, words), "?"));
  const node = h("div", { class: "editor" },
    h("header", { class: "editor-head" },
      h("a", { class: "quiet icon-only", href: "#/editor", "aria-label": words.all }, icon("back")), title, kept,
      h("div", { class: "head-do" },
        h("button", { type: "button", class: "quiet", "aria-label": words.handoff, onclick: () => handoffDialog(root, store, words) }, icon("upload"), h("span", {}, words.handoff)),
        h("button", { type: "button", class: "secondary", "aria-label": words.save, onclick: () => saveDialog(root, store, words) }, icon("check"), h("span", {}, words.save)),
        h("button", { type: "button", class: "primary", "aria-label": words.export, onclick: exporting }, icon("download"), h("span", {}, words.export)))),
    stale, problem,
    h("div", { class: "upper" }, beside.node, stage.node, panel.node),
    h("div", { class: "lower" }, toolbar, line.node), sheet.bar);
  sheet.dress(node);

  let copied = ""; // the id of a piece
  let captioned = "line"; // how captions were shown before they were hidden
  let heard = null; // {revision, n (steps)} that was announced

  /** Every edit is said, whoever asked for it: what was done, or what was undone. */
  function announce({ revision, done, undone }) {
    if (heard && revision !== heard.revision && done.length !== heard.n) {
      say(done.length > heard.n ? done.at(-1).words : undone.length ? fill(words.saidUndone, { what: undone.at(-1).words }) : words.begun);
    }
    heard = { revision, n: done.length };
  }

  store.on((_, what) => {
    if (what === "told") {
      announce(state.told);
      title.textContent = state.told.edit.name || state.told.ad.prompt;
      title.title = state.told.ad.prompt;
    }
    stale.hidden = !state.stale;
    problem.hidden = !state.problem || (state.stale && state.problem !== "offline");
    problem.querySelector("span").textContent = state.problem === "offline" ? words.offline : state.problem;
    kept.textContent = state.busy ? words.keeping : state.told?.dirty ? words.keptDraft : words.keptSaved;
    if (what === "told" || what === "view") beside.draw();
    if (what === "told" || what === "select" || what === "view") enable();
    if (what === "told" || what === "select") sheet.named(panel.title());
  });

  function pick(id, field) {
    store.select([id]);
    sheet.open("inspector");
    panel.focus(field);
  }

  function reveal(name) {
    sheet.open("side");
    beside.open(name);
  }

  function tool(glyph, label, act, key = "") {
    return h("button", { type: "button", class: "tool", title: key ? `${label} (${key})` : label, "aria-label": label, onclick: act }, icon(glyph), h("span", {}, label));
  }

  function enable() {
    const { told, selection } = state;
    const pieces = told.edit.pieces.filter((one) => selection.includes(one.id));
    tools.undo.disabled = !told.done.length;
    tools.redo.disabled = !told.undone.length;
    tools.merge.disabled = !neighbours(told.edit, selection);
    tools.remove.disabled = selection.length ? pieces.length > 0 && pieces.every((one) => one.gap) : !state.range;
    tools.close.disabled = selection.length ? !pieces.length : !state.range;
    tools.captions.setAttribute("aria-pressed", String(told.edit.captioned.style !== "off"));
    snap.setAttribute("aria-pressed", String(state.snap));
  }

  const act = (...actions) => store.act(actions);

  function split() {
    const frame = Math.floor(state.playhead);
    const piece = pieceAt(state.told.edit, frame);
    return act({ action: "split", clip: piece.id, at: frame - piece.start });
  }

  function merge() {
    return act({ action: "merge", clips: state.selection });
  }

  function remove() {
    const { told, selection } = state;
    if (!selection.length) return stretch.cutOut(false);
    const caption = told.edit.captions.find((one) => selection.includes(one.id));
    if (caption) return act({ action: "remove_title", id: caption.id });
    const phrase = phraseOf(told.edit, selection[0]);
    if (phrase) return act({ action: "edit_caption", cue: phrase.cue, first: phrase.first, words: phrase.n, text: "" });
    const clips = selection.filter((id) => told.edit.pieces.some((one) => one.id === id && !one.gap));
    return clips.length ? act({ action: "delete", clips }) : undefined;
  }

  function close() {
    if (!state.selection.length) return stretch.cutOut(true);
    const clips = state.selection.filter((id) => state.told.edit.pieces.some((one) => one.id === id));
    return clips.length ? act({ action: "ripple_delete", clips }) : undefined;
  }

  async function addText() {
    const { edit } = state.told;
    const frames = Math.min(2 * edit.fps, edit.n_frames);
    const start = Math.max(0, Math.min(Math.floor(state.playhead), edit.n_frames - frames));
    const before = new Set(edit.captions.map((one) => one.id));
    await act({ action: "add_title", start, frames, lines: [{ text: words.newText }] });
    const made = state.told.edit.captions.find((one) => !before.has(one.id));
    if (!made) return;
    pick(made.id);
  }

  /** On, as they were shown last in this window, or off. */
  function showCaptions() {
    const { style } = state.told.edit.captioned;
    if (style !== "off") captioned = style;
    return act({ action: "captions", to: style === "off" ? captioned : "off" });
  }

  function addGap() {
    const { edit } = state.told;
    const piece = pieceAt(edit, state.playhead);
    return act({ action: "add_gap", frames: edit.fps, before: piece.id });
  }

  function exporting() {
    return exportDialog(root, store, words, { done: () => { reveal("exports"); say(words.saidExporting); } });
  }

  function trimTo(edge) {
    const piece = pieceAt(state.told.edit, state.playhead);
    const at = Math.floor(state.playhead) - piece.start;
    const by = edge === "head" ? -at : at + 1 - piece.n_frames;
    return by ? act({ action: "trim", clip: piece.id, edge, by, ripple: true }) : undefined;
  }

  /** Clip by clip, or phrase by phrase while one is chosen. */
  function walk(by) {
    const { told: { edit }, selection } = state;
    const all = phraseOf(edit, selection[0] ?? "") ? phrases(edit) : edit.pieces;
    const at = all.findIndex((one) => one.id === selection[0]);
    const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))];
    store.select([next.id]);
    store.seek(next.start);
    line.focus(next.id);
  }

  /** A copy of the clip that is chosen, right after it; or of the one that was copied, at the cut nearest to the playhead. */
  function duplicate(id, frame) {
    const { edit } = state.told;
    if (!edit.pieces.some((one) => one.id === id)) return undefined;
    const cut = [...edit.pieces.map((one) => one.start), edit.n_frames].reduce((best, one) => (Math.abs(one - frame) < Math.abs(best - frame) ? one : best));
    return act({ action: "duplicate", clip: id, before: edit.pieces.find((one) => one.start === cut)?.id ?? null });
  }

  const chosen = () => state.told.edit.pieces.find((one) => one.id === state.selection[0]);

  /** I and O around what is chosen, else around the clip under the playhead. */
  function markClip() {
    const { told: { edit }, selection } = state;
    const found = edit.pieces.filter((one) => selection.includes(one.id));
    const around = found.length ? found : [pieceAt(edit, state.playhead)];
    store.choose({ from: around[0].start, to: around.at(-1).start + around.at(-1).n_frames });
  }

  /** First what is chosen, then the stretch. */
  function none() {
    if (state.selection.length) store.select([]);
    else store.choose(null);
  }

  const shuttle = (way) => store.play(true, shuttled(state.playing ? state.rate : 0, way));
  const goTo = (frame) => { store.play(false); store.seek(frame); };
  const step = (frames) => { store.play(false); store.seek(Math.floor(state.playhead) + frames); };
  const MEANINGS = {
    play: () => store.play(!state.playing), pause: () => store.play(false), shuttleBack: () => shuttle(-1), shuttleOn: () => shuttle(1),
    frameBack: () => step(-1), frameOn: () => step(1), secondBack: () => step(-state.told.edit.fps), secondOn: () => step(state.told.edit.fps),
    cutBack: () => goTo(cutFrom(state.told.edit, Math.floor(state.playhead), -1)), cutOn: () => goTo(cutFrom(state.told.edit, Math.floor(state.playhead), 1)), start: () => step(-1e9), end: () => step(1e9),
    markIn: () => store.mark("in"), markOut: () => store.mark("out"), markClip, unmark: () => store.choose(null), goIn: () => state.range && goTo(state.range.from), goOut: () => state.range && goTo(state.range.to - 1),
    copy: () => { copied = chosen()?.id ?? copied; }, paste: () => duplicate(copied, state.playhead), duplicate: () => chosen() && duplicate(chosen().id, chosen().start + chosen().n_frames),
    all: () => store.select(state.told.edit.pieces.map((one) => one.id)), none,
    split, merge, remove, close, trimHead: () => trimTo("head"), trimTail: () => trimTo("tail"), undo: () => store.undo(), redo: () => store.redo(),
    zoomIn: () => line.zoomBy(1.4), zoomOut: () => line.zoomBy(1 / 1.4), fit: line.fit, snap: () => store.snapTo(!state.snap), save: () => saveDialog(root, store, words), export: exporting,
    previous: () => walk(-1), next: () => walk(1), keys: () => keysDialog(root, words),
  };

  return {
    node,
    begin: () => { line.fit(); store.seek(0); store.refresh(); title.focus({ preventScroll: true }); say(fill(words.saidOpened, { n: state.told.edit.pieces.length })); },
    key: (what) => { if (!MEANINGS[what]) return false; MEANINGS[what](); return true; },
    rest: () => { stage.rest(); beside.rest(); },
  };
}
