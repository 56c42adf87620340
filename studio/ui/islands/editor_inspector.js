// What can be set of what is chosen: a clip, a gap, several, a title – or of the whole film while nothing is.
//
//   stretch: editor_stretch.js
//   inspector(store, words, {again(pieceId), stretch, pick(id)}) → {node, title(), focus(field)}   title: what is chosen; field: the name of one, its first by default

import { phraseOf } from "./captions_model.js";
import { fill, h, icon } from "./dom.js";
import { adding, captionFields, phraseFields } from "./editor_captions.js";
import { fieldsOf } from "./editor_fields.js";
import { stretchFields } from "./editor_stretch.js";
import { volumes } from "./editor_volumes.js";
import { freedom, neighbours, ofFile, pieceAt, rollRoom, stepped, timecode, transitionMost } from "./timeline_model.js";

const UNCORRECTED = { offset: 0, gain: 1, cb: 0, cr: 0 };

/** See above. */
export function inspector(store, words, { again, stretch, pick }) {
  const { state } = store;
  const body = h("div", { class: "panel-body" });
  const title = h("h2", {});
  const node = h("section", { class: "panel inspector", "aria-label": words.inspector }, title, body);
  const field = fieldsOf();
  const loud = volumes(store, words, field);
  const added = adding(store, words);
  let shown = null; // [told, selection] that is there

  store.on((_, what) => { if (what === "told" || what === "select") draw(); });

  function draw() {
    const { told, selection } = state;
    if (!told || (shown?.[0] === told && shown[1] === selection)) return;
    const active = node.getRootNode().activeElement;
    if (node.contains(active) && active.matches("textarea, input[type=text]")) return;
    shown = [told, selection];
    const pieces = told.edit.pieces.filter((one) => selection.includes(one.id));
    const caption = told.edit.captions.find((one) => selection.includes(one.id));
    const phrase = phraseOf(told.edit, selection[0] ?? "");
    const focused = node.contains(active) ? active.dataset?.field : "";
    if (caption) text(caption, told);
    else if (phrase) put(words.caption, ...phraseFields(told, phrase, words, field, { act, go: heard }));
    else if (pieces.length > 1) several(pieces, told);
    else if (pieces[0]?.gap) gap(pieces[0], told);
    else if (pieces[0]) clip(pieces[0], told);
    else if (state.range) put(words.stretch, ...stretchFields(store, words, field, stretch));
    else film(told);
    if (focused && node.getRootNode().activeElement !== active) body.querySelector(`[data-field="${focused}"]`)?.focus();
  }

  /** Nothing is written to where the name is the same: a panel of another kind that was there is gone. */
  function put(name, ...nodes) {
    if (title.textContent !== name) title.textContent = name;
    field.lay(body, nodes);
  }

  const act = (...actions) => store.act(actions);
  const row = (name, ...buttons) => field.pair(name, buttons, "row-actions");

  function clip(piece, { edit, choices }) {
    const first = edit.pieces[0].id === piece.id;
    const { fps } = edit;
    const tail = piece.media_frames - piece.media_in - piece.n_frames; // frames of its file after its end
    const { head: left, tail: right, least } = freedom(edit, piece.id);
    const from = timecode(ofFile(piece, piece.media_in), fps);
    const trim = (edge, by) => act({ action: "trim", clip: piece.id, edge, by, ripple: true });
    put(piece.label,
      field.note("about", [piece.name, fill(words.inFile, { from, of: timecode(Math.round((piece.media_frames * piece.speed) / 100), fps) })].filter(Boolean).join(" · ")),
      ordered(edit, piece),
      field.pair("trim", [
        field.seconds("trim-head", words.trimHead, piece.media_in, fps, (n) => trim("head", piece.media_in - n), piece.media_in - left, piece.media_in + piece.n_frames - least),
        field.seconds("trim-tail", words.trimTail, tail, fps, (n) => trim("tail", tail - n), tail - right, tail + piece.n_frames - least)]),
      field.pair("length", [
        field.seconds("length", words.length, piece.n_frames, fps, (n) => trim("tail", n - piece.n_frames), least, piece.n_frames + right),
        field.seconds("slip", words.slipBy, 0, fps, (n) => act({ action: "slip", clip: piece.id, by: n }), -left, right)]),
      field.pair("speed", [
        field.number("speed", words.speed, piece.speed / 100, 0.25, 4, (to) => Math.round(to * 100) !== piece.speed && act({ action: "set_speed", clip: piece.id, to: Math.round(to * 100) / 100 })),
        field.choice("look", words.look, choices.looks, piece.look, words.looks, (to) => act({ action: "look", clip: piece.id, to }))]),
      piece.speed === 100 ? null : field.note("speed", words.speedHint),
      first ? null : field.choice("transition", words.transition, choices.transitions, piece.transition, words.transitions, (to) => act({ action: "transition", clip: piece.id, to })),
      first ? null : field.pair("cut", [
        piece.transition === "cut" ? null : field.seconds("transition-n", words.transitionLength, piece.transition_frames, fps, (n) => act({ action: "transition", clip: piece.id, to: piece.transition, frames: Math.max(2, 2 * Math.round(n / 2)) }), 2, Math.max(2, transitionMost(edit, piece.id))),
        field.seconds("roll", words.cutAt, piece.start, fps, (n) => act({ action: "roll", clip: piece.id, by: n - piece.start }), piece.start + rollRoom(edit, piece.id, -Infinity), piece.start + rollRoom(edit, piece.id, Infinity))]),
      correction(piece),
      row("clip",
        field.button("again", words.again, () => again(piece.id)), field.button("split", words.split, () => splitHere(piece)), field.button("trash", words.remove, () => act({ action: "delete", clips: [piece.id] })),
        field.button("closeUp", words.close, () => act({ action: "ripple_delete", clips: [piece.id] })),
        piece.group ? field.button("branch", words.ungroup, () => act({ action: "ungroup", clip: piece.id })) : null),
      madeFrom(piece));
  }

  function gap(piece, { edit }) {
    put(piece.label,
      field.note("gap", words.gapText),
      field.seconds("length", words.length, piece.n_frames, edit.fps, (n) => act({ action: "trim", clip: piece.id, edge: "tail", by: n - piece.n_frames, ripple: true }), 1, 14_400),
      field.choice("shows", words.gapShows, ["black", "hold"], piece.shows, words.shows, (to) => act({ action: "gap_shows", clip: piece.id, to })),
      ordered(edit, piece),
      row("gap", field.button("wand", words.againFill, () => again(piece.id)), field.button("closeUp", words.close, () => act({ action: "ripple_delete", clips: [piece.id] }))));
  }

  function several(pieces, { edit }) {
    const ids = pieces.map((one) => one.id);
    const together = neighbours(edit, ids);
    put(fill(words.chosen, { n: pieces.length }),
      field.note("together", fill(words.together, { n: (pieces.reduce((sum, one) => sum + one.n_frames, 0) / edit.fps).toFixed(2) })),
      row("several",
        field.button("branch", words.merge, () => act({ action: "merge", clips: ids }), !together), field.button("trash", words.remove, () => act({ action: "delete", clips: ids })),
        field.button("closeUp", words.close, () => act({ action: "ripple_delete", clips: ids }))),
      together ? null : field.note("why", words.mergeWhy));
  }

  function text(caption, { edit, choices }) {
    const { id } = caption;
    put(words.text,
      ...caption.lines.map((line, i) => field.words(`line-${i}`, words.roles[line.role] ?? line.role, line.text, (said) => {
        if (!said || said === line.text) return false;
        act({ action: "edit_title", id, text: caption.lines.map((one, k) => (k === i ? said : one.text)) });
        return true;
      })),
      field.pair("when", [
        field.seconds("t-start", words.at, caption.start, edit.fps, (n) => act({ action: "move_title", id, start: n, frames: caption.n_frames }), 0, edit.n_frames - 12),
        field.seconds("t-length", words.length, caption.n_frames, edit.fps, (n) => act({ action: "move_title", id, start: caption.start, frames: n }), 12, edit.n_frames)]),
      field.pair("set", [
        field.choice("position", words.position, choices.positions, caption.position, words.positions, (to) => act({ action: "edit_title", id, position: to })),
        field.choice("style", words.style, choices.styles, caption.style, words.styles, (to) => act({ action: "edit_title", id, style: to }))]),
      field.pair("moves", [
        field.choice("animation", words.animation, choices.animations, caption.lines[0].animation, words.animations, (to) => act({ action: "edit_title", id, animation: to })),
        field.choice("exit", words.exit, choices.exits, caption.exit_animation, words.exits, (to) => act({ action: "edit_title", id, exit_animation: to }))]),
      field.pair("colors", [
        field.color("color", words.color, caption.color, (to) => act({ action: "edit_title", id, color: to })),
        field.color("accent", words.accent, caption.accent, (to) => act({ action: "edit_title", id, accent: to }))]),
      later(caption, edit),
      row("text", field.button("trash", words.removeText, () => act({ action: "remove_title", id }))));
  }

  /** Another phrase, where it is said. */
  function heard({ id, start }) {
    store.play(false);
    store.select([id]);
    store.seek(start);
  }

  async function addCaption() {
    const made = await added();
    if (made) pick(made.id);
  }

  /** A quarter of a second earlier or later: what a drag does, without dragging. */
  function later({ id, start, n_frames: frames }, edit) {
    const by = Math.round(edit.fps / 4);
    const go = (to) => act({ action: "move_title", id, start: to, frames });
    const [earlier, last] = [Math.max(0, start - by), Math.min(edit.n_frames - frames, start + by)];
    return field.pair("moved", [field.button("back", words.earlier, () => go(earlier), earlier === start), field.button("arrow", words.later, () => go(last), last === start)]);
  }

  function film(told) {
    const { edit, choices } = told;
    const figures = field.keep("figures", () => h("dl", { class: "figures" }));
    figures.replaceChildren(
      ...[[words.size, `${edit.width} × ${edit.height}`], [words.length, `${(edit.n_frames / edit.fps).toFixed(2)} s`], [words.rate, `${edit.fps} fps`], [words.clips, String(edit.pieces.filter((one) => !one.gap).length)]]
        .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))));
    put(words.film,
      figures,
      field.choice("grade", words.grade, choices.grades, edit.grade, words.looks, (to) => act({ action: "grade", to })),
      ...loud(edit, "music"), ...loud(edit, "effects"),
      ...captionFields(told, words, field, { act, add: addCaption }),
      row("mark", field.button("markIn", words.markIn, () => store.mark("in")), field.button("markOut", words.markOut, () => store.mark("out"))),
      field.note("film", words.filmHint));
  }

  /** Exposure and cast of one clip, within what the studio allows; colours that are spared stay so. */
  function correction(piece) {
    const now = { ...UNCORRECTED, ...piece.correction };
    const is = Object.entries(UNCORRECTED).some(([key, value]) => now[key] !== value);
    const { offset, gain, cb, cr, spared = [] } = now;
    const put_ = (one) => act({ action: "correct", clip: piece.id, offset, gain, cb, cr, spared, ...one });
    const parts = [
      field.scale("offset", words.brightness, offset, -24, 24, 0.5, (to) => put_({ offset: to })),
      field.scale("gain", words.contrast, (gain - 1) * 100, -15, 18, 0.5, (to) => put_({ gain: 1 + to / 100 })),
      field.scale("cr", words.redness, cr, -14, 14, 0.25, (to) => put_({ cr: to })),
      field.scale("cb", words.blueness, cb, -14, 14, 0.25, (to) => put_({ cb: to })),
      is ? field.button("undo", words.uncorrect, () => act({ action: "correct", clip: piece.id })) : null,
      field.note("correction", words.correctionHint),
    ];
    const head = field.keep("correction head", () => h("summary", {}, icon("chevron"), h("span", {}, words.correction)));
    const node_ = field.keep("correction", () => h("details", {}));
    field.lay(node_, [head, ...parts]);
    return node_;
  }

  function madeFrom(piece) {
    if (!piece.prompt) return null;
    const node_ = field.keep("made", () => h("details", {}, h("summary", {}, icon("chevron"), h("span", {}, words.madeFrom))));
    field.lay(node_, [node_.firstElementChild, field.note("prompt", piece.prompt), field.note("model", [piece.model, piece.seed === null ? "" : `${words.seed} ${piece.seed}`].filter(Boolean).join(" · "))]);
    return node_;
  }

  /** One place earlier or later: what a drag does, without dragging. */
  function ordered(edit, piece) {
    const to = [-1, 1].map((by) => stepped(edit, piece.id, by));
    const go = (place) => act({ action: "move", clip: piece.id, before: place.before });
    return field.pair("order", [field.button("back", words.earlier, () => go(to[0]), !to[0]), field.button("arrow", words.later, () => go(to[1]), !to[1])]);
  }

  function splitHere(piece) {
    const { edit } = state.told;
    const at = Math.floor(state.playhead) - piece.start;
    const here = pieceAt(edit, state.playhead).id === piece.id && at > 0;
    return act({ action: "split", clip: piece.id, at: here ? at : Math.floor(piece.n_frames / 2) });
  }

  return { node, title: () => title.textContent, focus: (name = "") => (body.querySelector(`[data-field="${name}"]`) ?? body.querySelector("textarea, input, select"))?.focus() };
}
