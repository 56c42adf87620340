// Where the films are, and which stretch of them is played over and over: one line for the time, and under it, while a stretch is
// repeated, a lane with its two ends.
//
//   rangeLine(words, {seek(seconds), step(frames), changed(range)}) → {node, show(state), range(), set(range)}
//     range: {from, to} in seconds, or null: nothing is repeated

import { fill, h } from "./dom.js";

const LEAST_FRAMES = 4;
const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

/** See above. */
export function rangeLine(words, { seek, step, changed }) {
  const time = h("input", { type: "range", class: "scrub", min: "0", max: "1", step: "any", value: "0", "aria-label": words.position });
  const done = h("i", { class: "done" });
  const [start, stop] = [handle("from", words.loopFrom), handle("to", words.loopTo)];
  const stretch = h("i", { class: "stretch" });
  const lane = h("div", { class: "lane", hidden: true }, stretch, start, stop);
  const node = h("div", { class: "range-line" }, h("div", { class: "rail" }, done, time), lane);
  let span = { duration: 0, frames: 0 };
  let range = null;

  time.addEventListener("input", () => seek(Number(time.value)));
  time.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (STEPS[event.key]) step(STEPS[event.key]);
    else if (event.key === "Home") seek(range?.from ?? 0);
    else if (event.key === "End") seek(range?.to ?? span.duration);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function handle(side, label) {
    const grip = h("div", { class: `grip ${side}`, role: "slider", tabindex: "0", "aria-label": label, "aria-valuemin": "0", "aria-valuenow": "0", "aria-valuemax": "0" }, h("i", {}));
    grip.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      grip.focus({ preventScroll: true });
      grip.setPointerCapture(event.pointerId);
    });
    grip.addEventListener("pointermove", (event) => {
      if (!grip.hasPointerCapture(event.pointerId)) return;
      const box = lane.getBoundingClientRect();
      move(side, ((event.clientX - box.x) / box.width) * span.duration);
    });
    grip.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || !(STEPS[event.key] || event.key === "Home" || event.key === "End")) return;
      if (STEPS[event.key]) move(side, range[side] + STEPS[event.key] * frame());
      else move(side, event.key === "Home" ? 0 : span.duration);
      event.preventDefault();
      event.stopPropagation();
    });
    return grip;
  }

  function frame() {
    return span.frames ? span.duration / span.frames : 1 / 24;
  }

  function move(side, seconds) {
    const least = LEAST_FRAMES * frame();
    const snapped = Math.round(seconds / frame()) * frame();
    const next = side === "from" ? { ...range, from: Math.min(Math.max(0, snapped), range.to - least) } : { ...range, to: Math.max(Math.min(span.duration, snapped), range.from + least) };
    if (next.from < 0 || next.to > span.duration + 1e-6) return;
    set(next);
    changed(range);
  }

  /** A stretch that does not fit the films any more is cut to them. */
  function set(next) {
    range = next && span.duration ? { from: Math.max(0, Math.min(next.from, span.duration - LEAST_FRAMES * frame())), to: Math.min(next.to, span.duration) } : next;
    lane.hidden = !range;
    if (!range || !span.duration) return;
    const [left, right] = [range.from / span.duration, range.to / span.duration].map((part) => part * 100);
    start.style.left = `${left}%`;
    stop.style.left = `${right}%`;
    stretch.style.left = `${left}%`;
    stretch.style.right = `${100 - right}%`;
    for (const [grip, seconds] of [[start, range.from], [stop, range.to]]) {
      grip.setAttribute("aria-valuenow", String(Math.round(seconds / frame())));
      grip.setAttribute("aria-valuemax", String(span.frames));
      grip.setAttribute("aria-valuetext", fill(words.seconds, { n: seconds.toFixed(2) }));
    }
  }

  function show(state) {
    if (state.duration !== span.duration) {
      span = { duration: state.duration, frames: state.frames };
      time.max = String(span.duration || 1);
      set(range);
    }
    time.value = String(state.time);
    time.setAttribute("aria-valuetext", fill(words.positionNow, { n: state.frame + 1, count: state.frames, seconds: state.time.toFixed(2) }));
    done.style.width = `${span.duration ? (state.time / span.duration) * 100 : 0}%`;
  }

  return { node, show, set, range: () => range };
}
