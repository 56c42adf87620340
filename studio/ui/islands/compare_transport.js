// One transport for all players: play, step, repeat a stretch, speed, sound, and how the films are set side by side.
//
//   transport(words, {toggle, step, seek, rate, looped, sound, view, whole}) → {node, show(state), …}
//     looped(range)   a stretch is repeated; null: none.  sound(on)  view("sides" | "wipe" | "difference")  whole(): full screen
//     loop(), mark("from" | "to"), faster(by), cycle(), mute(): what keys do.  views(on): whether two films can be laid over each other

import { compareIcon } from "./compare_icons.js";
import { fill, h } from "./dom.js";
import { rangeLine } from "./compare_range.js";

const SPEEDS = [0.25, 0.5, 1, 1.5, 2];
const VIEWS = ["sides", "wipe", "difference"];

/** See above. */
export function transport(words, { toggle, step, seek, rate, looped, sound, view, whole }) {
  const line = rangeLine(words, { seek, step, changed: looped });
  const play = tool("play", words.play, toggle, "Space", "play");
  const clock = h("output", { class: "clock" });
  const speed = h("select", { class: "pick", "aria-label": words.speed, title: `${words.speed}  [ ]`, onchange: () => rate(Number(speed.value)) }, SPEEDS.map((n) => h("option", { value: n, selected: n === 1 }, `${n}×`)));
  const repeat = tool("loop", words.loop, () => loop(), "L");
  const mute = tool("muted", words.soundOn, () => silence(), "M");
  const full = tool("full", words.full, whole, "F");
  const inputs = VIEWS.map((value) => h("input", { type: "radio", name: "compare-view", value, checked: value === "sides", onchange: () => view(value) }));
  const views = h("fieldset", { class: "segments views", "aria-label": words.view }, VIEWS.map((value, i) => h("label", { title: words.viewsHow[value] }, inputs[i], h("span", {}, compareIcon(value), h("b", {}, words.views[value])))));
  const node = h("div", { class: "transport", role: "group", "aria-label": words.transport },
    line.node,
    h("div", { class: "controls" },
      h("div", { class: "cluster" }, tool("stepBack", words.stepBack, () => step(-1), "←"), play, tool("stepOn", words.stepOn, () => step(1), "→"), clock),
      h("div", { class: "cluster" }, repeat, h("span", { class: "picker" }, speed, compareIcon("down")), mute),
      h("div", { class: "cluster end" }, views, full)));
  let now = null;
  let loud = false;
  full.hidden = !document.fullscreenEnabled;
  repeat.setAttribute("aria-pressed", "false");

  function tool(glyph, label, run, key, kind = "") {
    return h("button", { type: "button", class: `tool ${kind}`.trim(), "aria-label": label, title: key ? `${label}  ${key}` : label, onclick: () => run() }, compareIcon(glyph));
  }

  function dress(button, glyph, label, key) {
    if (button.getAttribute("aria-label") === label) return;
    button.replaceChildren(compareIcon(glyph));
    button.setAttribute("aria-label", label);
    button.title = `${label}  ${key}`;
  }

  function show(state) {
    now = state;
    line.show(state);
    dress(play, state.playing ? "pause" : "play", state.playing ? words.pause : words.play, "Space");
    const text = state.frames ? fill(words.clock, { time: state.time.toFixed(2), n: state.frame + 1, count: state.frames }) : "–";
    if (clock.value !== text) clock.value = text;
  }

  function loop(range = line.range() ? null : { from: 0, to: now?.duration || 0 }) {
    if (range && !now?.duration) return; // the films are still on their way
    line.set(range);
    repeat.setAttribute("aria-pressed", String(Boolean(range)));
    looped(range);
  }

  /** The stretch begins, or ends, where the films are now. */
  function mark(side) {
    if (!now?.duration) return;
    const whole = line.range() ?? { from: 0, to: now.duration };
    const least = (4 * now.duration) / now.frames;
    const at = side === "from" ? Math.min(now.frame / now.frames * now.duration, whole.to - least) : Math.max(((now.frame + 1) / now.frames) * now.duration, whole.from + least);
    loop({ ...whole, [side]: at });
  }

  function silence(on = !loud) {
    loud = on;
    dress(mute, loud ? "sound" : "muted", loud ? words.soundOff : words.soundOn, "M");
    sound(loud);
  }

  return {
    node, show, loop, mark, mute: silence,
    faster: (by) => { speed.selectedIndex = Math.min(SPEEDS.length - 1, Math.max(0, speed.selectedIndex + by)); rate(Number(speed.value)); return speed.value; },
    cycle: () => { if (views.hidden) return; const next = (inputs.findIndex((input) => input.checked) + 1) % VIEWS.length; inputs[next].checked = true; view(VIEWS[next]); },
    views: (on) => { views.hidden = !on; if (!on && !inputs[0].checked) { inputs[0].checked = true; view("sides"); } },
  };
}
