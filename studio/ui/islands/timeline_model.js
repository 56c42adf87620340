// The timeline as arithmetic: frames and pixels, snapping, what a drag would give. Pure; knows no page.
//
//   edit: the "edit" of GET /generations/{id}/editor – pieces tile the film, captions lie on it, all in frames.
//   scale: pixels per frame.

const MOST = 14_400; // frames of a gap or a clip

/** [{piece, x, w}] of every clip and gap. */
export function placed(edit, scale) {
  return edit.pieces.map((piece) => ({ piece, x: piece.start * scale, w: piece.n_frames * scale }));
}

/** [{caption, x, w, row}]; as few rows as hold them without overlap, in order of their starts. */
export function titles(edit, scale) {
  const ends = [];
  return [...edit.captions].sort((a, b) => a.start - b.start).map((caption) => {
    let row = ends.findIndex((end) => end <= caption.start);
    if (row < 0) row = ends.push(0) - 1;
    ends[row] = caption.start + caption.n_frames;
    return { caption, x: caption.start * scale, w: caption.n_frames * scale, row };
  });
}

/** The piece that is shown at `frame`; the last one at the film's end. */
export function pieceAt(edit, frame) {
  return edit.pieces.find((piece) => frame < piece.start + piece.n_frames) ?? edit.pieces.at(-1);
}

/** The file's frame that a clip's frame `at`, counted at its speed (hundredths), shows. */
export function ofFile(piece, at) {
  return Math.floor((at * (piece.speed ?? 100) + 50) / 100);
}

/** How loud music or effects ("music", "effects") are at `frame`, 0..1. */
export function loudAt(edit, track, frame) {
  return (edit[`${track}_spans`] ?? []).find(([start, end]) => frame >= start && frame < end)?.[2] ?? edit[`${track}_volume`];
}

/** Frames that things snap to: cuts, beats, the playhead, the ends of titles; `without`: the id of what is dragged. */
export function snapPoints(edit, beats, playhead, without = "") {
  const cuts = edit.pieces.filter((piece) => piece.id !== without).flatMap((piece) => [piece.start, piece.start + piece.n_frames]);
  const type = edit.captions.filter((one) => one.id !== without).flatMap((one) => [one.start, one.start + one.n_frames]);
  return [...new Set([0, edit.n_frames, playhead, ...cuts, ...type, ...beats])].sort((a, b) => a - b);
}

/** The snap point nearest to `frame` within `reach` frames, else `frame`. */
export function snapped(frame, points, reach) {
  let best = frame;
  let least = reach;
  for (const point of points) {
    if (Math.abs(point - frame) <= least) [best, least] = [point, Math.abs(point - frame)];
  }
  return best;
}

/** What the engine lets a clip do: {head, tail: frames by which it can grow there, least: as short as it can be}. Transitions keep what they
 *  borrow, on both sides of the cut. A gap grows freely. */
export function freedom(edit, id) {
  const i = edit.pieces.findIndex((piece) => piece.id === id);
  const [before, after] = [edit.pieces[i].transition_frames / 2, (edit.pieces[i + 1]?.transition_frames ?? 0) / 2];
  const { gap, room } = edit.pieces[i];
  return { head: gap ? MOST : room[0] - before, tail: gap ? MOST : room[1] - after, least: Math.max(1, before + after) };
}

/** How far `by` frames an end of a clip can really be moved: longer as far as its file reaches, shorter as far as its transitions let it. */
export function trimRoom(edit, id, edge, by) {
  const { least, ...more } = freedom(edit, id);
  const { n_frames: n } = edit.pieces.find((piece) => piece.id === id);
  return Math.max(least - n, Math.min(more[edge], by)) || 0;
}

/** How far `by` frames another part of its file can be shown in a clip's place (negative: an earlier one). */
export function slipRoom(edit, id, by) {
  const { head, tail } = freedom(edit, id);
  return Math.max(-head, Math.min(tail, by)) || 0;
}

/** The edit as a ripple trim would leave it: for drawing while somebody drags. `by` frames longer (negative: shorter). */
export function trimmed(edit, id, edge, by) {
  let start = 0;
  const pieces = edit.pieces.map((piece) => {
    const n = piece.id === id ? piece.n_frames + by : piece.n_frames;
    const moved = { ...piece, start, n_frames: n };
    if (piece.id === id && edge === "head") moved.media_in = piece.media_in - by;
    start += n;
    return moved;
  });
  return { ...edit, pieces, n_frames: start };
}

/** How far `by` frames the cut before a clip can be moved later (negative: earlier): one lends what the other gains. 0 where there is none. */
export function rollRoom(edit, id, by) {
  const i = edit.pieces.findIndex((piece) => piece.id === id);
  if (i < 1) return 0;
  const [before, after] = [edit.pieces[i - 1], edit.pieces[i]];
  const [first, second] = [freedom(edit, before.id), freedom(edit, id)];
  const most = Math.min(first.tail, after.n_frames - second.least);
  const least = Math.max(-second.head, first.least - before.n_frames);
  return Math.max(least, Math.min(most, by)) || 0;
}

/** The edit with that cut moved. */
export function rolled(edit, id, by) {
  const i = edit.pieces.findIndex((piece) => piece.id === id);
  const pieces = edit.pieces.map((piece, k) => {
    if (k === i - 1) return { ...piece, n_frames: piece.n_frames + by };
    return k === i ? { ...piece, start: piece.start + by, n_frames: piece.n_frames - by, media_in: piece.media_in + (piece.gap ? 0 : by) } : piece;
  });
  return { ...edit, pieces };
}

/** The longest transition into a clip, in frames: both halves lie on frames that the files still have and no other transition needs. */
export function transitionMost(edit, id) {
  const i = edit.pieces.findIndex((piece) => piece.id === id);
  const [first, second] = [edit.pieces[i - 1], edit.pieces[i]];
  if (!first || first.gap || second.gap) return 0;
  const after = edit.pieces[i + 1]?.transition_frames ?? 0;
  const half = Math.min(first.room[1], second.media_in, first.n_frames - first.transition_frames / 2, second.n_frames - after / 2);
  return 2 * Math.max(0, Math.floor(half));
}

/** Where a clip dropped at `frame` goes: {before: id or null (the end), x frame of the mark}; null where it would stay. */
export function dropAt(edit, id, frame) {
  const from = edit.pieces.findIndex((piece) => piece.id === id);
  const middle = (piece) => piece.start + piece.n_frames / 2;
  const at = edit.pieces.findIndex((piece) => frame < middle(piece));
  const to = at < 0 ? edit.pieces.length : at;
  if (to === from || to === from + 1) return null;
  const before = edit.pieces[to] ?? null;
  return { before: before?.id ?? null, frame: before ? before.start : edit.n_frames };
}

/** Where a clip with its group goes one place earlier (by -1) or later (1), over the whole of a group: {before: id or null (the end)}; null where
 *  there is no such place. */
export function stepped(edit, id, by) {
  const { pieces } = edit;
  const end = (at, way) => {
    let to = at;
    while (pieces[at].group && pieces[to + way]?.group === pieces[at].group) to += way;
    return to;
  };
  const from = pieces.findIndex((piece) => piece.id === id);
  if (from < 0) return null;
  const over = end(from, by) + by;
  if (!pieces[over]) return null;
  const to = end(over, by) + (by > 0 ? 1 : 0);
  return { before: pieces[to]?.id ?? null };
}

/** A range of pieces, both ends included, in the film's order. */
export function between(edit, a, b) {
  const order = edit.pieces.map((piece) => piece.id);
  const [low, high] = [order.indexOf(a), order.indexOf(b)].sort((x, y) => x - y);
  return order.slice(Math.max(0, low), high + 1);
}

/** Whether these can be merged: two or more clips that follow on each other. */
export function neighbours(edit, ids) {
  const at = ids.map((id) => edit.pieces.findIndex((piece) => piece.id === id)).sort((a, b) => a - b);
  return at.length > 1 && at.every((n, i) => n >= 0 && !edit.pieces[n].gap && (i === 0 || n === at[i - 1] + 1));
}

/** Frames between two numbered ticks of the ruler, and between small ones: at least 64 px and 10 px apart. */
export function ticks(fps, scale) {
  const steps = [1, 2, 5, 10, fps / 2, fps, 2 * fps, 5 * fps, 10 * fps, 30 * fps].map(Math.round).filter((n) => n > 0);
  const big = steps.find((n) => n * scale >= 64) ?? steps.at(-1);
  const small = steps.find((n) => n * scale >= 10 && big % n === 0) ?? big;
  return { big, small };
}

/** 75 at 24 frames a second → "0:03:03": minutes, seconds, frames. */
export function timecode(frame, fps) {
  const seconds = Math.floor(frame / fps);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}:${String(Math.floor(frame % fps)).padStart(2, "0")}`;
}

/** The tile of a strip that shows a frame of its file. */
export function tileOf(strip, mediaFrames, frame) {
  const count = Math.max(1, Math.min(120, Math.ceil(mediaFrames / strip.every)));
  return { index: Math.max(0, Math.min(count - 1, Math.round(frame / strip.every))), count };
}

/** The next cut after a frame (way 1) or the last one before it (-1); the film's ends count. */
export function cutFrom(edit, frame, way) {
  const cuts = [...edit.pieces.map((piece) => piece.start), edit.n_frames - 1];
  return (way > 0 ? cuts.find((cut) => cut > frame) : cuts.findLast((cut) => cut < frame)) ?? frame;
}

/** How quickly the film plays once J (way -1) or L (1) is pressed again: twice as quick each time, up to four times. rate: now, 0 for not at all. */
export function shuttled(rate, way) {
  return rate * way > 0 ? way * Math.min(4, 2 * Math.abs(rate)) : way;
}

/** A stretch {from, to (beyond its last frame)} with one end put to a frame; the other stays, unless it would lie on the wrong side. */
export function marked(range, end, frame, n) {
  if (end === "in") return { from: frame, to: range && range.to > frame ? range.to : n };
  return { from: range && range.from <= frame ? range.from : 0, to: frame + 1 };
}

const KEYS = {
  " ": "play", k: "pause", j: "shuttleBack", l: "shuttleOn", ArrowLeft: "frameBack", ArrowRight: "frameOn", ",": "frameBack", ".": "frameOn",
  "shift+ArrowLeft": "secondBack", "shift+ArrowRight": "secondOn", ArrowUp: "cutBack", ArrowDown: "cutOn", Home: "start", End: "end",
  i: "markIn", o: "markOut", x: "markClip", "shift+i": "goIn", "shift+o": "goOut", "shift+x": "unmark", "alt+x": "unmark", Escape: "none", "mod+a": "all", "mod+c": "copy", "mod+v": "paste", "mod+d": "duplicate",
  s: "split", "mod+b": "split", "mod+k": "split", m: "merge", "[": "trimHead", "]": "trimTail", q: "trimHead", w: "trimTail",
  Delete: "remove", Backspace: "remove", ";": "remove", "shift+Delete": "close", "shift+Backspace": "close", "'": "close",
  "mod+z": "undo", "mod+shift+z": "redo", "mod+y": "redo", "mod+s": "save", "mod+e": "export",
  "alt+ArrowLeft": "previous", "alt+ArrowRight": "next", "alt+shift+ArrowLeft": "earlier", "alt+shift+ArrowRight": "later",
  "+": "zoomIn", "=": "zoomIn", "shift++": "zoomIn", "-": "zoomOut", "0": "fit", "\\": "fit", "shift+z": "fit", n: "snap", "?": "keys", "shift+?": "keys",
};

/** What a key means here, "" for nothing. event: a KeyboardEvent or the like. */
export function meaning({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  const name = key.length === 1 ? key.toLowerCase() : key;
  const held = [ctrlKey || metaKey ? "mod" : "", altKey ? "alt" : "", shiftKey ? "shift" : ""].filter(Boolean);
  return KEYS[[...held, name].join("+")] ?? (held.length === 1 && held[0] === "shift" && key.length === 1 ? KEYS[name] ?? "" : "");
}
