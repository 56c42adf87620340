// What can be set of what is chosen: a clip, a gap, several, a title – or of the whole film while nothing is.
//
//   inspector(store, words, {again(pieceId)}) → {node, title(), focus(field)}   title: what is chosen; field: the name of one, its first by default

import { fill, h, icon } from "./dom.js";
import { neighbours, pieceAt, rollRoom, stepped, timecode, transitionMost } from "./timeline_model.js";

const UNCORRECTED = { offset: 0, gain: 1, cb: 0, cr: 0 };

/** See above. */
export function inspector(store, words, { again }) {
  const { state } = store;
  const body = h("div", { class: "panel-body" });
  const title = h("h2", {});
  const node = h("section", { class: "panel inspector", "aria-label": words.inspector }, title, body);
  let shown = "";
  let corrections = false; // whether the sliders are unfolded; they stay so from clip to clip

  store.on((_, what) => { if (what === "told" || what === "select") draw(); });

  function draw() {
    const { told, selection } = state;
    if (!told) return;
    const pieces = told.edit.pieces.filter((one) => selection.includes(one.id));
    const caption = told.edit.captions.find((one) => selection.includes(one.id));
    const now = JSON.stringify([pieces, caption ?? null, pieces.length || caption ? "" : told.edit, told.revision]);
    if (now === shown || (node.contains(node.getRootNode().activeElement) && typing())) return;
    shown = now;
    const focused = node.getRootNode().activeElement?.dataset?.field;
    if (caption) text(caption, told);
    else if (pieces.length > 1) several(pieces, told);
    else if (pieces[0]?.gap) gap(pieces[0], told);
    else if (pieces[0]) clip(pieces[0], told);
    else film(told);
    if (focused) body.querySelector(`[data-field="${focused}"]`)?.focus();
  }

  const put = (...nodes) => body.replaceChildren(...nodes.filter(Boolean));
  const typing = () => node.getRootNode().activeElement?.matches("textarea, input[type=text]");
  const act = (...actions) => store.act(actions);

  function clip(piece, { edit, choices }) {
    const first = edit.pieces[0].id === piece.id;
    const tail = piece.media_frames - piece.media_in - piece.n_frames; // frames of its file after its end
    title.textContent = piece.label;
    put(
      h("p", { class: "small" }, [piece.name, fill(words.inFile, { from: timecode(piece.media_in, edit.fps), of: timecode(piece.media_frames, edit.fps) })].filter(Boolean).join(" · ")),
      ordered(edit, piece),
      pair(
        seconds("trim-head", words.trimHead, piece.media_in, edit.fps, (n) => act({ action: "trim", clip: piece.id, edge: "head", by: piece.media_in - n, ripple: true }), piece.media_in - piece.room[0], piece.media_in + piece.n_frames - 1),
        seconds("trim-tail", words.trimTail, tail, edit.fps, (n) => act({ action: "trim", clip: piece.id, edge: "tail", by: tail - n, ripple: true }), tail - piece.room[1], tail + piece.n_frames - 1)),
      pair(
        seconds("length", words.length, piece.n_frames, edit.fps, (n) => act({ action: "trim", clip: piece.id, edge: "tail", by: n - piece.n_frames, ripple: true }), 1, piece.n_frames + piece.room[1]),
        seconds("slip", words.slipBy, 0, edit.fps, (n) => act({ action: "slip", clip: piece.id, by: n }), -piece.room[0], piece.room[1])),
      first ? null : choice("transition", words.transition, choices.transitions, piece.transition, words.transitions, (to) => act({ action: "transition", clip: piece.id, to })),
      first ? null : pair(
        piece.transition === "cut" ? null : seconds("transition-n", words.transitionLength, piece.transition_frames, edit.fps, (n) => act({ action: "transition", clip: piece.id, to: piece.transition, frames: Math.max(2, 2 * Math.round(n / 2)) }), 2, Math.max(2, transitionMost(edit, piece.id))),
        seconds("roll", words.cutAt, piece.start, edit.fps, (n) => act({ action: "roll", clip: piece.id, by: n - piece.start }), piece.start + rollRoom(edit, piece.id, -Infinity), piece.start + rollRoom(edit, piece.id, Infinity))),
      choice("look", words.look, choices.looks, piece.look, words.looks, (to) => act({ action: "look", clip: piece.id, to })),
      correction(piece),
      h("div", { class: "row-actions" },
        button("again", words.again, () => again(piece.id)), button("split", words.split, () => splitHere(piece)), button("trash", words.remove, () => act({ action: "delete", clips: [piece.id] })),
        button("close", words.close, () => act({ action: "ripple_delete", clips: [piece.id] })),
        piece.group ? button("branch", words.ungroup, () => act({ action: "ungroup", clip: piece.id })) : null),
      piece.prompt ? h("details", {}, h("summary", {}, icon("chevron"), h("span", {}, words.madeFrom)), h("p", { class: "small" }, piece.prompt), h("p", { class: "small" }, [piece.model, piece.seed === null ? "" : `${words.seed} ${piece.seed}`].filter(Boolean).join(" · "))) : null);
  }

  function gap(piece, { edit }) {
    title.textContent = piece.label;
    put(
      h("p", { class: "small" }, words.gapText),
      seconds("length", words.length, piece.n_frames, edit.fps, (n) => act({ action: "trim", clip: piece.id, edge: "tail", by: n - piece.n_frames, ripple: true }), 1, 14_400),
      choice("shows", words.gapShows, ["black", "hold"], piece.shows, words.shows, (to) => act({ action: "gap_shows", clip: piece.id, to })),
      ordered(edit, piece),
      h("div", { class: "row-actions" }, button("wand", words.againFill, () => again(piece.id)), button("close", words.close, () => act({ action: "ripple_delete", clips: [piece.id] }))));
  }

  function several(pieces, { edit }) {
    const ids = pieces.map((one) => one.id);
    title.textContent = fill(words.chosen, { n: pieces.length });
    const together = neighbours(edit, ids);
    put(
      h("p", { class: "small" }, fill(words.together, { n: (pieces.reduce((sum, one) => sum + one.n_frames, 0) / edit.fps).toFixed(2) })),
      h("div", { class: "row-actions" },
        button("branch", words.merge, () => act({ action: "merge", clips: ids }), !together), button("trash", words.remove, () => act({ action: "delete", clips: ids })),
        button("close", words.close, () => act({ action: "ripple_delete", clips: ids }))),
      together ? null : h("p", { class: "small" }, words.mergeWhy));
  }

  function text(caption, { edit, choices }) {
    title.textContent = words.text;
    put(
      ...caption.lines.map((line, i) => {
        const id = `line-${i}`;
        return h("div", { class: "field" }, h("label", { for: id }, words.roles[line.role] ?? line.role),
          h("textarea", { id, class: "box", rows: 2, maxlength: 300, "data-field": id, onchange: (event) => {
            const lines = caption.lines.map((one, k) => (k === i ? event.target.value.trim() : one.text));
            if (lines[i] && lines[i] !== line.text) act({ action: "edit_title", id: caption.id, text: lines });
            else event.target.value = line.text;
          } }, line.text));
      }),
      pair(
        seconds("t-start", words.at, caption.start, edit.fps, (n) => act({ action: "move_title", id: caption.id, start: n, frames: caption.n_frames }), 0, edit.n_frames - 12),
        seconds("t-length", words.length, caption.n_frames, edit.fps, (n) => act({ action: "move_title", id: caption.id, start: caption.start, frames: n }), 12, edit.n_frames)),
      pair(
        choice("position", words.position, choices.positions, caption.position, words.positions, (to) => act({ action: "edit_title", id: caption.id, position: to })),
        choice("style", words.style, choices.styles, caption.style, words.styles, (to) => act({ action: "edit_title", id: caption.id, style: to }))),
      pair(
        choice("animation", words.animation, choices.animations, caption.lines[0].animation, words.animations, (to) => act({ action: "edit_title", id: caption.id, animation: to })),
        color("color", words.color, caption.color, (to) => act({ action: "edit_title", id: caption.id, color: to })),
        color("accent", words.accent, caption.accent, (to) => act({ action: "edit_title", id: caption.id, accent: to }))),
      h("div", { class: "row-actions" }, button("trash", words.removeText, () => act({ action: "remove_title", id: caption.id }))));
  }

  function film({ edit, choices }) {
    title.textContent = words.film;
    put(
      h("dl", { class: "figures" },
        ...[[words.size, `${edit.width} × ${edit.height}`], [words.length, `${(edit.n_frames / edit.fps).toFixed(2)} s`], [words.rate, `${edit.fps} fps`], [words.clips, String(edit.pieces.filter((one) => !one.gap).length)]]
          .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
      choice("grade", words.grade, choices.grades, edit.grade, words.looks, (to) => act({ action: "grade", to })),
      edit.music ? slider("music", words.music, edit.music_volume, (to) => act({ action: "volume", track: "music", to })) : null,
      edit.effects ? slider("effects", words.effects, edit.effects_volume, (to) => act({ action: "volume", track: "effects", to })) : null,
      h("p", { class: "small" }, words.filmHint));
  }

  /** Exposure and cast of one clip, within what the studio allows; colours that are spared stay so. */
  function correction(piece) {
    const now = { ...UNCORRECTED, ...piece.correction };
    const is = Object.entries(UNCORRECTED).some(([key, value]) => now[key] !== value);
    const { offset, gain, cb, cr, spared = [] } = now;
    const put_ = (one) => act({ action: "correct", clip: piece.id, offset, gain, cb, cr, spared, ...one });
    const parts = [
      scale("offset", words.brightness, offset, -24, 24, 0.5, (to) => put_({ offset: to })),
      scale("gain", words.contrast, (gain - 1) * 100, -15, 18, 0.5, (to) => put_({ gain: 1 + to / 100 })),
      scale("cr", words.redness, cr, -14, 14, 0.25, (to) => put_({ cr: to })),
      scale("cb", words.blueness, cb, -14, 14, 0.25, (to) => put_({ cb: to })),
      is ? button("undo", words.uncorrect, () => act({ action: "correct", clip: piece.id })) : null,
    ];
    return h("details", { open: corrections, ontoggle: (event) => { corrections = event.target.open; } }, h("summary", {}, icon("chevron"), h("span", {}, words.correction)), ...parts.filter(Boolean), h("p", { class: "small" }, words.correctionHint));
  }

  /** One place earlier or later: what a drag does, without dragging. */
  function ordered(edit, piece) {
    const to = [-1, 1].map((by) => stepped(edit, piece.id, by));
    const go = (place) => act({ action: "move", clip: piece.id, before: place.before });
    return h("div", { class: "pair" }, button("back", words.earlier, () => go(to[0]), !to[0]), button("arrow", words.later, () => go(to[1]), !to[1]));
  }

  function splitHere(piece) {
    const { edit } = state.told;
    const at = Math.floor(state.playhead) - piece.start;
    const here = pieceAt(edit, state.playhead).id === piece.id && at > 0;
    return act({ action: "split", clip: piece.id, at: here ? at : Math.floor(piece.n_frames / 2) });
  }

  function pair(...fields) {
    return h("div", { class: "pair" }, fields.filter(Boolean));
  }

  /** Seconds to two places; what is asked is whole frames. */
  function seconds(name, label, frames, fps, change, least, most) {
    const id = `f-${name}`;
    const value = (frames / fps).toFixed(2);
    return h("div", { class: "field" }, h("label", { for: id }, label),
      h("input", { id, type: "number", step: "any", min: (least / fps).toFixed(2), max: (most / fps).toFixed(2), value, "data-field": name, onchange: (event) => {
        const n = Math.max(least, Math.min(most, Math.round(Number(event.target.value) * fps)));
        if (Number.isFinite(n) && n !== frames) change(n);
        else event.target.value = value;
      } }));
  }

  function choice(name, label, options, value, names, change) {
    const id = `f-${name}`;
    return h("div", { class: "field" }, h("label", { for: id }, label),
      h("select", { id, "data-field": name, onchange: (event) => change(event.target.value) }, options.map((one) => h("option", { value: one, selected: one === value }, names[one] ?? one.replaceAll("_", " ")))));
  }

  function slider(name, label, value, change) {
    const id = `f-${name}`;
    const told = h("output", { for: id }, `${Math.round(value * 100)} %`);
    return h("div", { class: "field" }, h("label", { for: id }, label, told),
      h("input", { id, type: "range", min: 0, max: 100, value: Math.round(value * 100), "data-field": name, oninput: (event) => { told.textContent = `${event.target.value} %`; }, onchange: (event) => change(Number(event.target.value) / 100) }));
  }

  function scale(name, label, value, least, most, step, change) {
    const id = `f-${name}`;
    const signed = (to) => `${to > 0 ? "+" : to < 0 ? "−" : ""}${Math.abs(Number(to)).toFixed(1)}`;
    const told = h("output", { for: id }, signed(value));
    return h("div", { class: "field" }, h("label", { for: id }, label, told),
      h("input", { id, type: "range", min: least, max: most, step, value, "data-field": name, oninput: (event) => { told.textContent = signed(event.target.value); }, onchange: (event) => change(Number(event.target.value)) }));
  }

  function color(name, label, value, change) {
    const id = `f-${name}`;
    return h("div", { class: "field" }, h("label", { for: id }, label), h("input", { id, type: "color", value, "data-field": name, onchange: (event) => change(event.target.value.toUpperCase()) }));
  }

  function button(glyph, label, go, off = false) {
    return h("button", { type: "button", class: "secondary", "data-field": `do-${glyph}`, disabled: off, onclick: go }, icon(glyph), h("span", {}, label));
  }

  return { node, title: () => title.textContent, focus: (field = "") => (body.querySelector(`[data-field="${field}"]`) ?? body.querySelector("textarea, input, select"))?.focus() };
}
