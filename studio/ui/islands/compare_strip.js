// What one measure says of each frame of one film, as a line under its player. A click or a drag goes to that moment; so do the arrow keys.
//
//   frameStrip(words, {seek(seconds), step(frames)}) → {node, show(measured, scale, attempt), at(state), name}
//     measured: one metric of GET /api/video-attempts/<id>/frames with {fps, n_frames}, or null
//     scale: {lo, hi}, the same for all players, so that heights can be compared

import { figure } from "./charts.js";
import { fill, h } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 44;
const EDGE = 5;
const KEYS = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

/** See above. */
export function frameStrip(words, { seek, step }) {
  const svg = element("svg", { viewBox: `0 0 1000 ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const head = h("i", { class: "strip-head" });
  const none = h("span", { class: "strip-none" });
  const node = h("div", { class: "strip", role: "slider", tabindex: "0", "aria-valuemin": "0", "aria-valuemax": "0", "aria-valuenow": "0" }, svg, head, none);
  let now = null;
  let last = -1;

  node.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    node.setPointerCapture(event.pointerId);
    go(event);
  });
  node.addEventListener("pointermove", (event) => { if (node.hasPointerCapture(event.pointerId)) go(event); });
  node.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (KEYS[event.key]) step(KEYS[event.key]);
    else if (event.key === "Home") seek(0);
    else if (event.key === "End" && now) seek(now.n_frames / now.fps);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function go(event) {
    if (!now) return;
    const box = node.getBoundingClientRect();
    const part = Math.min(1, Math.max(0, (event.clientX - box.x) / box.width));
    seek((Math.min(now.n_frames - 1, Math.floor(part * now.n_frames)) + 0.5) / now.fps);
  }

  function show(measured, scale, attempt, name) {
    now = measured ?? (attempt.n_frames ? { fps: attempt.fps, n_frames: attempt.n_frames, frames: [], values: [] } : null);
    node.setAttribute("aria-label", fill(words.strip, { label: attempt.label, measure: name || words.stripNothing }));
    node.setAttribute("aria-valuemax", String(Math.max(0, (now?.n_frames ?? 1) - 1)));
    none.textContent = measured ? "" : attempt.video_url ? words.stripNone : "";
    last = -1;
    svg.replaceChildren();
    if (!measured) return;
    const x = (frame) => ((frame + 0.5) / now.n_frames) * 1000;
    const y = (value) => (scale.hi - scale.lo < 1e-12 ? HEIGHT / 2 : HEIGHT - EDGE - ((value - scale.lo) / (scale.hi - scale.lo)) * (HEIGHT - 2 * EDGE));
    const line = now.frames.map((frame, i) => `${i ? "L" : "M"}${x(frame).toFixed(1)} ${y(now.values[i]).toFixed(1)}`).join("");
    const [from, to] = [x(now.frames[0]), x(now.frames.at(-1))];
    svg.append(element("path", { class: "area", d: `${line}L${to.toFixed(1)} ${HEIGHT}L${from.toFixed(1)} ${HEIGHT}Z` }), element("path", { class: "trace", d: line }));
  }

  /** state: of compare_sync.js. */
  function at({ time }) {
    if (!now) return;
    const frame = Math.min(now.n_frames - 1, Math.floor(time * now.fps + 1e-3));
    if (frame === last) return;
    last = frame;
    head.style.left = `${((frame + 0.5) / now.n_frames) * 100}%`;
    node.setAttribute("aria-valuenow", String(frame));
    const i = now.frames.findLastIndex((one) => one <= frame);
    node.setAttribute("aria-valuetext", fill(i < 0 ? words.stripFrame : words.stripValue, { n: frame + 1, count: now.n_frames, value: i < 0 ? "" : figure(now.values[i]) }));
  }

  return { node, show, at };
}

/** The frame that is worst by a measure, in seconds; null where neither way is better. */
export function worstMoment(measured) {
  if (!measured?.values.length || measured.direction === "neither") return null;
  const worse = measured.direction === "higher" ? (a, b) => a < b : (a, b) => a > b;
  const at = measured.values.reduce((worst, value, i) => (worse(value, measured.values[worst]) ? i : worst), 0);
  return (measured.frames[at] + 0.5) / measured.fps;
}

function element(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
