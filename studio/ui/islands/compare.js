// Up to four attempts side by side on one ground, played as one, with one transport; or two of them laid over each other.
//
//   compareDesk(words, measures, {pick(i, id), swap(), choose(id), focus(id), close(id), retry(iteration), say(text)}) → {node, show(given), key(event), rest()}
//     given: {attempts: [{attempt, iteration}], focused: id, groups, ratio, busy}
//     key(event): a key was pressed that nothing else wants; true when it meant something.  rest(): nobody looks, so nothing plays
//   measures: names of measures by their ids (studio/words/quality.py).

import { framesOf } from "./compare_frames.js";
import { compareIcon } from "./compare_icons.js";
import { player } from "./compare_player.js";
import { worstMoment } from "./compare_strip.js";
import { filmSync } from "./compare_sync.js";
import { transport } from "./compare_transport.js";
import { wipe } from "./compare_wipe.js";
import { fill, h } from "./dom.js";

const MOST = 4;
const GAP = 12;
const AROUND = 96; // height of a player without its picture
const SPARE = 16;

/** See above. */
export function compareDesk(words, measures, hooks) {
  const sync = filmSync(told);
  const slider = wipe(words);
  const wall = h("div", { class: "monitors", role: "group", "aria-label": words.players }, slider.node);
  const players = Array.from({ length: MOST }, (_, i) => player(words, i + 1, {
    pick: (id) => hooks.pick(i, id), choose: hooks.choose, focus: () => now.attempts[i] && hooks.focus(now.attempts[i].attempt.id), close: () => hooks.close(now.attempts[i].attempt.id),
    retry: hooks.retry, seek: sync.seek, step: sync.step,
  }));
  const bar = transport(words, { toggle: sync.toggle, step: sync.step, seek: sync.seek, rate: sync.rate, looped: sync.loop, sound, view: see, whole });
  const frames = framesOf(measures, words, { changed: strips });
  const worst = h("button", { type: "button", class: "tool worded", title: `${words.worst}  X`, onclick: toWorst }, compareIcon("worst"), h("span", {}, words.worst));
  const node = h("section", { class: "compare", "aria-label": words.compare }, wall, bar.node, h("div", { class: "reading" }, frames.node, worst));
  let now = { attempts: [] };
  let view = "sides";
  let loud = false;
  let using = "";

  new ResizeObserver(() => { requestAnimationFrame(fit); }).observe(wall); // its height follows from its width

  function show(given) {
    now = given;
    const shown = given.attempts.map(({ attempt }) => attempt.id);
    given.attempts.forEach(({ attempt, iteration }, i) => players[i].show({
      attempt, iteration, groups: given.groups, shown, ratio: given.ratio, focused: attempt.id === given.focused, closable: given.attempts.length > 1, busy: given.busy,
    }));
    const wanted = [...players.slice(0, shown.length).map((one) => one.node), slider.node];
    for (const child of [...wall.children]) if (!wanted.includes(child)) child.remove();
    wanted.forEach((child, i) => { if (wall.children[i] !== child) wall.insertBefore(child, wall.children[i] ?? null); });
    bar.views(pair().length === 2);
    see(view);
    fit();
    use();
    sound(loud);
    frames.show(given.attempts.map(({ attempt }) => attempt));
    strips();
  }

  /** The films that are there; a new set is brought to where the others are. */
  function use() {
    const there = players.slice(0, now.attempts.length).filter((one) => one.film.getAttribute("src"));
    const key = there.map((one) => `${one.node.dataset.n} ${one.film.getAttribute("src")}`).join(" ");
    if (key === using) return;
    using = key;
    sync.use(there.map((one) => one.film), there[0]?.shown().fps ?? 24);
  }

  function told(state) {
    bar.show(state);
    for (const one of players.slice(0, now.attempts.length)) one.strip.at(state);
    node.dataset.playing = String(state.playing);
  }

  function strips() {
    const scale = frames.scale();
    now.attempts.forEach(({ attempt }, i) => {
      players[i].strip.show(frames.of(attempt.id), scale, attempt, frames.name());
      players[i].strip.at(sync.state());
    });
    worst.hidden = worstMoment(frames.of(now.focused)) === null;
  }

  function toWorst() {
    const seconds = worstMoment(frames.of(now.focused));
    if (seconds === null) return;
    sync.pause();
    sync.seek(seconds);
    hooks.say(fill(words.worstSaid, { label: now.attempts.find(({ attempt }) => attempt.id === now.focused).attempt.label, measure: frames.name(), seconds: seconds.toFixed(2) }));
  }

  /** The two that are laid over each other: the one in focus, and the first of the others. */
  function pair() {
    const there = players.slice(0, now.attempts.length).filter((one) => one.shown()?.video_url);
    const first = there.find((one) => one.shown().id === now.focused) ?? there[0];
    const other = there.find((one) => one !== first);
    return [first, other].filter(Boolean).sort((a, b) => a.node.dataset.n - b.node.dataset.n);
  }

  function see(next) {
    view = next;
    const two = pair();
    const over = view !== "sides" && two.length === 2;
    wall.dataset.view = over ? view : "sides";
    players.forEach((one) => { one.node.dataset.side = over ? { 0: "left", 1: "right" }[two.indexOf(one)] ?? "away" : ""; });
    slider.show(over && view === "wipe" ? two.map((one) => one.shown().label) : null);
    fit();
  }

  function sound(on) {
    loud = on;
    const silent = (one) => !loud || one.shown()?.id !== now.focused;
    const changing = players.filter((one) => one.film.muted !== silent(one));
    for (const one of changing) one.film.muted = silent(one);
    if (changing.length) sync.heard();
  }

  /** As large as they can be side by side, in one row or two; nothing moves when a film arrives, for its shape is known before. */
  function fit() {
    const n = wall.dataset.view === "sides" ? now.attempts.length : 1;
    wall.style.removeProperty("--need");
    const { width, height } = wall.getBoundingClientRect();
    if (!n || !width || !now.ratio) return;
    const fits = (cols) => {
      const rows = Math.ceil(n / cols);
      const around = wall.dataset.view === "sides" ? AROUND : AROUND + 56;
      return Math.min((width - GAP * (cols - 1)) / cols, ((height - GAP * (rows - 1)) / rows - around) * now.ratio);
    };
    const cols = [1, 2, 3, 4].filter((one) => one <= n).reduce((best, one) => (fits(one) > fits(best) + 1 ? one : best), 1);
    wall.style.setProperty("--cols", String(cols));
    const across = Math.max(120, Math.floor(fits(cols)));
    wall.style.setProperty("--w", `${across}px`);
    if (wall.dataset.view !== "sides") return;
    const rows = Math.ceil(n / cols);
    wall.style.setProperty("--need", `${Math.ceil(rows * (across / now.ratio + AROUND) + (rows - 1) * GAP) + SPARE}px`); // wide films leave no empty ground
  }

  function whole() {
    if (document.fullscreenElement) document.exitFullscreen();
    else node.requestFullscreen?.();
  }

  const KEYS = {
    " ": () => sync.toggle(), k: () => sync.toggle(),
    ArrowLeft: (event) => sync.step(event.shiftKey ? -10 : -1), ArrowRight: (event) => sync.step(event.shiftKey ? 10 : 1), ",": () => sync.step(-1), ".": () => sync.step(1),
    Home: () => sync.seek(0), End: () => sync.seek(Infinity),
    i: () => bar.mark("from"), o: () => bar.mark("to"), l: () => bar.loop(), m: () => bar.mute(), f: whole, d: () => bar.cycle(), x: toWorst, s: () => hooks.swap(),
    "[": () => hooks.say(fill(words.speedSaid, { n: bar.faster(-1) })), "]": () => hooks.say(fill(words.speedSaid, { n: bar.faster(1) })),
    w: () => { const one = now.attempts.find(({ attempt }) => attempt.id === now.focused); if (one?.attempt.is_final) return; if (one?.attempt.video_url && one.iteration.status === "completed") hooks.choose(one.attempt.id); else hooks.say(words.chooseLater); },
  };

  function key(event) {
    const digit = now.attempts[Number(event.key) - 1];
    const run = digit ? () => hooks.focus(digit.attempt.id) : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run) return false;
    run(event);
    return true;
  }

  return { node, show, key, rest: () => sync.pause() };
}
