// A lane of sound: its loudness as a curve, and the beats of the music.
//
//   waveOf(label, kind) → {node, show(media, edit, scale, beats), mark(edit, scale)}   kind: "music" or "effects"; media: as the draft tells it,
//     or null; beats: pixels; mark: the stretches that are as loud as was set for them

import { api } from "./api.js";
import { h } from "./dom.js";

const HEIGHT = 36;
const MOST_PX = 8000; // a canvas wider than that is drawn coarser
const REST_MS = 150;
const known = new Map(); // url → Promise of {per_second, peaks}

/** See above. */
export function waveOf(label, kind) {
  const canvas = h("canvas", { height: HEIGHT, "aria-hidden": "true" });
  const name = h("span", { class: "lane-name" }, label);
  const marks = h("div", { class: "loud", "aria-hidden": "true" });
  const node = h("div", { class: `lane sound ${kind}`, role: "img", "aria-label": label }, canvas, marks, name);
  let last = "";
  let drawn = ""; // the address of the sound whose curve is there
  let clock = 0;

  /** While it is only zoomed the curve is stretched, and drawn anew once that has come to rest. */
  async function show(media, edit, scale, beats) {
    node.hidden = !media;
    if (!media) return;
    const width = Math.min(MOST_PX, Math.max(1, Math.round(edit.n_frames * scale)));
    const dark = getComputedStyle(node).color;
    const key = [media.url, width, edit.n_frames, dark, beats.length].join();
    canvas.style.width = `${edit.n_frames * scale}px`;
    if (key === last) return;
    last = key;
    clearTimeout(clock);
    if (drawn === media.url) clock = setTimeout(() => draw(key, media, edit, scale, beats, width, dark), REST_MS);
    else await draw(key, media, edit, scale, beats, width, dark);
  }

  async function draw(key, media, edit, scale, beats, width, dark) {
    if (!known.has(media.wave.url)) known.set(media.wave.url, api(media.wave.url).catch(() => null));
    const wave = await known.get(media.wave.url);
    if (key !== last || !wave) return;
    drawn = media.url;
    canvas.width = width;
    const pen = canvas.getContext("2d");
    pen.clearRect(0, 0, width, HEIGHT);
    pen.fillStyle = dark;
    const seconds = edit.n_frames / edit.fps;
    for (let x = 0; x < width; x += 2) {
      const peak = wave.peaks[Math.floor(((x / width) * seconds) * wave.per_second)] ?? 0;
      const tall = Math.max(1, Math.sqrt(peak) * (HEIGHT - 6));
      pen.fillRect(x, (HEIGHT - tall) / 2, 1.4, tall);
    }
    pen.globalAlpha = 0.55;
    for (const x of beats) pen.fillRect((x * width) / (edit.n_frames * scale), 0, 1, 5);
    pen.globalAlpha = 1;
  }

  function mark(edit, scale) {
    const found = edit[`${kind}_spans`] ?? [];
    while (marks.children.length > found.length) marks.lastChild.remove();
    for (const [i, [start, end, loud]] of found.entries()) {
      const one = marks.children[i] ?? marks.appendChild(h("span", {}));
      const text = `${Math.round(loud * 100)} %`;
      if (one.textContent !== text) one.textContent = text;
      one.style.left = `${start * scale}px`;
      one.style.width = `${(end - start) * scale}px`;
    }
  }

  return { node, show, mark };
}
