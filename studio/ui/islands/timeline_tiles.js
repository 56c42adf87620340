// The filmstrip of a clip: tiles of one picture in a row, and only those that can be seen.
//
//   tileRow(strip, {edit, piece, w, media}, from, to, zooming)   strip: the element; w: its width; from, to: what is seen of it, all in pixels;
//     zooming: what is there stays until that has come to rest

import { h } from "./dom.js";
import { ofFile, tileOf } from "./timeline_model.js";

const STRIP_H = 60;

/** See above. Nothing is done while the same tiles are seen. */
export function tileRow(strip, { edit, piece, w, media }, from, to, zooming = false) {
  if (zooming) return;
  const natural = STRIP_H * (edit.width / edit.height);
  const first = Math.max(0, Math.floor(from / natural));
  const last = Math.min(Math.max(1, Math.ceil(w / natural)), Math.ceil(to / natural));
  const key = piece.gap || !media?.strip || last <= first ? "" : [piece.media, piece.media_in, piece.n_frames, piece.speed, Math.round(w), first, last].join();
  if (strip.dataset.key === key) return;
  strip.dataset.key = key;
  if (!key) return void strip.replaceChildren();
  strip.replaceChildren(...Array.from({ length: last - first }, (_, i) => {
    const k = first + i;
    const frame = ofFile(piece, piece.media_in + ((k + 0.5) * natural * piece.n_frames) / Math.max(w, natural));
    const { index, count } = tileOf(media.strip, ofFile(piece, piece.media_frames), frame);
    const tile = h("i", {});
    tile.style.cssText = `left:${k * natural}px;width:${natural}px;background-image:url("${media.strip.url}");background-size:${natural * count}px ${STRIP_H}px;background-position:${-index * natural}px 0`;
    return tile;
  }));
}
