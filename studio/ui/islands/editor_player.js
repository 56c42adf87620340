// The stage: the film as it is cut now, from the clips themselves. Two clips lie over each other where a transition is; type is set over
// the picture, sound runs beside it. What only the finished film has – grade, grain, how type moves – is not pretended. While an end or a
// cut is dragged it shows the frames that are asked about: one, or the two sides of a cut beside each other.
//
//   player(store, words, letters) → {node, rest()}     letters: how type is set, of studio/words/editor_type.py

import { compareIcon } from "./compare_icons.js";
import { fill, h, icon } from "./dom.js";
import { saying } from "./editor_captions.js";
import { blended } from "./editor_transitions.js";
import { block } from "./editor_type.js";
import { loudAt, ofFile, pieceAt, timecode } from "./timeline_model.js";

const MOST_VIDEOS = 6;
const DRIFT_S = 0.12;

/** See above. */
export function player(store, words, letters) {
  const { state } = store;
  const videos = new Map(); // media name → <video>, in order of use
  const sounds = new Map(); // url → <audio>
  const film = h("div", { class: "film" });
  const black = h("div", { class: "blind" });
  const glint = h("div", { class: "glint" });
  const note = h("p", { class: "stage-note", hidden: true });
  const type = h("div", { class: "type", "aria-hidden": "true" });
  const safe = h("div", { class: "safe", hidden: true, "aria-hidden": "true" });
  const said = saying();
  const screen = h("div", { class: "screen", role: "img", "aria-label": words.stage }, film, glint, black, type, said.node, safe, note);
  const time = h("span", { class: "time" });
  const play = h("button", { type: "button", class: "primary round", onclick: () => store.play(!state.playing) });
  const guides = h("button", { type: "button", class: "quiet small-button", "aria-pressed": "false", onclick: () => { safe.hidden = !safe.hidden; guides.setAttribute("aria-pressed", String(!safe.hidden)); } }, words.safe);
  const loud = h("button", { type: "button", class: "quiet round", onclick: () => { silent = !silent; dress(); } });
  const node = h("section", { class: "stage", "aria-label": words.stage },
    h("div", { class: "frame" }, screen),
    h("div", { class: "transport" },
      h("button", { type: "button", class: "quiet round", "aria-label": words.toStart, onclick: () => store.seek(0) }, icon("toStart")),
      h("button", { type: "button", class: "quiet round", "aria-label": words.frameBack, onclick: () => step(-1) }, compareIcon("stepBack")),
      play,
      h("button", { type: "button", class: "quiet round", "aria-label": words.frameOn, onclick: () => step(1) }, compareIcon("stepOn")),
      time, loud, guides));
  let from = null; // {time, frame} that playing began at
  let shownAs = "";
  let silent = false;
  let dressed = null; // what the button says: playing or not
  dress();

  function dress() {
    loud.replaceChildren(compareIcon(silent ? "muted" : "sound"));
    loud.setAttribute("aria-label", silent ? words.soundOn : words.soundOff);
    for (const audio of sounds.values()) audio.muted = silent;
  }

  function step(by) {
    store.play(false);
    store.seek(state.playhead + by);
  }

  /** A file in a video of its own, in another one where both sides of a cut are of one file; few are kept. */
  function videoOf(media, side = "") {
    const name = `${media}${side}`;
    const there = videos.get(name);
    if (there) {
      videos.delete(name);
      videos.set(name, there);
      return there;
    }
    const made = h("video", { muted: true, playsinline: true, preload: "auto", src: (state.told.media[media]?.proxy ?? state.told.media[media])?.url ?? "", tabindex: "-1", "aria-label": media });
    made.muted = true;
    videos.set(name, made);
    film.append(made);
    if (videos.size > MOST_VIDEOS) {
      const [oldest, video] = videos.entries().next().value;
      video.removeAttribute("src");
      video.load();
      video.remove();
      videos.delete(oldest);
    }
    return made;
  }

  /** The picture that a gap holds; none where the film begins, or after one that is dark. */
  function pictureBefore(edit, gap) {
    const before = edit.pieces[edit.pieces.indexOf(gap) - 1];
    return before?.gap && before.shows === "hold" ? pictureBefore(edit, before) : before?.gap ? null : before ?? null;
  }

  /** What is to be seen at a frame: [{piece, at (frame of its file), opacity, still (does not move)}], the lower first. */
  function layers(frame) {
    const { edit } = state.told;
    const i = edit.pieces.indexOf(pieceAt(edit, frame));
    const piece = edit.pieces[i];
    const one = (which, opacity) => {
      const held = which.gap && which.shows === "hold" ? pictureBefore(edit, which) : null;
      return held ? { piece: held, at: held.media_in + held.n_frames - 1, opacity, still: true } : { piece: which, at: which.media_in + frame - which.start, opacity, still: false };
    };
    const next = edit.pieces[i + 1];
    const into = (which, half) => which && which.transition !== "cut" && half > 0;
    if (next && into(next, next.transition_frames / 2) && frame >= next.start - next.transition_frames / 2) {
      return [one(piece, 1), one(next, (frame - next.start + next.transition_frames / 2) / next.transition_frames)];
    }
    if (i > 0 && into(piece, piece.transition_frames / 2) && frame < piece.start + piece.transition_frames / 2) {
      return [one(edit.pieces[i - 1], 1), one(piece, (frame - piece.start + piece.transition_frames / 2) / piece.transition_frames)];
    }
    return [one(piece, 1)];
  }

  const PLAIN = { opacity: "1", transform: "", maskImage: "" };

  /** Videos with what is seen of them: [[video, styles, seconds, how quickly it moves]], the lower first, and what lies over them. */
  function pictures(edit, frame) {
    if (state.peek.length) {
      const two = state.peek.length > 1;
      return { veil: null, seen: state.peek.map(({ media, at }, k) => [videoOf(media, k ? "+" : ""), two ? { ...PLAIN, transform: `translateX(${k ? 25 : -25}%) scale(0.495)` } : PLAIN, (at + 0.5) / edit.fps, 0]) };
    }
    const over = layers(frame);
    const blend = over.length > 1 ? blended(over[1].piece.transition, over[1].opacity) : null;
    const gap = over.find((one) => one.piece.gap);
    const seen = over.filter((one) => !one.piece.gap).map((one, k) => [
      videoOf(one.piece.media, k && one.piece.media === over[0].piece.media ? "+" : ""), { ...PLAIN, ...(blend && (k ? blend.over : blend.under)) }, (ofFile(one.piece, one.at) + 0.5) / edit.fps, one.still ? 0 : one.piece.speed / 100,
    ]);
    return { seen, veil: gap ? { color: "#000", opacity: 1 } : blend?.veil, glint: blend?.glint, unlike: blend && !blend.known ? over[1].piece.transition : "" };
  }

  function show() {
    const { told, playhead, playing, rate, peek } = state;
    if (!told) return;
    const { edit } = told;
    const frame = Math.floor(playhead);
    screen.style.setProperty("--ratio", String(edit.width / edit.height));
    safe.style.inset = `${edit.safe[1] * 100}% ${edit.safe[2] * 100}% ${edit.safe[3] * 100}% ${edit.safe[0] * 100}%`;
    const { seen, veil, glint: streak, unlike } = pictures(edit, frame);
    const shown = new Set(seen.map(([video]) => video));
    for (const [k, [video, styles, t, speed]] of seen.entries()) {
      Object.assign(video.style, styles, { zIndex: String(k) });
      if (playing && speed && rate > 0) {
        if (video.playbackRate !== speed * rate) video.playbackRate = speed * rate;
        if (video.paused) {
          video.currentTime = t;
          video.play().catch(() => {});
        } else if (Math.abs(video.currentTime - t) > DRIFT_S * rate) video.currentTime = t;
      } else {
        video.pause();
        if (Math.abs(video.currentTime - t) > 0.5 / edit.fps && !(playing && video.seeking)) video.currentTime = t; // backwards: as quickly as it can
      }
    }
    for (const video of videos.values()) if (!shown.has(video)) {
      video.style.opacity = "0";
      video.pause();
    }
    black.style.background = veil?.color ?? "#000";
    black.style.opacity = String(veil?.opacity ?? 0);
    glint.style.opacity = String(streak?.opacity ?? 0);
    if (streak) glint.style.left = `${(streak.at * 100).toFixed(1)}%`;
    note.hidden = !unlike;
    if (unlike) note.textContent = fill(words.previewedAs, { name: words.transitions[unlike] ?? unlike.replaceAll("_", " ") });
    type.hidden = peek.length > 0;
    said.node.hidden = peek.length > 0;
    if (!peek.length) ahead(edit, frame);
    letter(edit, frame);
    said.show(edit, frame);
    const now = `${timecode(frame, edit.fps)} / ${timecode(edit.n_frames, edit.fps)}${rate === 1 ? "" : `  ${rate < 0 ? "−" : ""}${Math.abs(rate)}×`}`;
    if (time.textContent !== now) time.textContent = now;
    if (dressed !== playing) {
      dressed = playing;
      play.replaceChildren(icon(playing ? "pause" : "play"));
      play.setAttribute("aria-label", playing ? words.pause : words.play);
    }
  }

  /** The next clip is loaded before its turn. */
  function ahead(edit, frame) {
    const next = edit.pieces[edit.pieces.indexOf(pieceAt(edit, frame)) + 1];
    if (next && !next.gap && !videos.has(next.media)) videoOf(next.media).style.opacity = "0";
  }

  function letter(edit, frame) {
    const now = edit.captions.filter((one) => frame >= one.start && frame < one.start + one.n_frames);
    const key = JSON.stringify([now, edit.safe]);
    for (const title of type.children) fade(title, edit, frame);
    if (key === shownAs) return;
    shownAs = key;
    type.replaceChildren(...now.map((caption) => {
      const title = block(letters, caption);
      title.style.inset = safe.style.inset;
      title.dataset.start = caption.start;
      title.dataset.n = caption.n_frames;
      fade(title, edit, frame);
      return title;
    }));
  }

  function fade(title, edit, frame) {
    const at = frame - Number(title.dataset.start);
    const left = Number(title.dataset.n) - at;
    title.style.opacity = String(Math.max(0, Math.min(1, (at + 1) / (edit.fps * 0.3), left / (edit.fps * 0.3))));
  }

  /** Music, effects and voices beside the picture. */
  function sound() {
    const { told, playing, playhead } = state;
    if (!told) return;
    const { edit } = told;
    const now = playhead / edit.fps;
    const wanted = new Map();
    if (edit.music) wanted.set(told.media[edit.music.media]?.url, { at: now, volume: loudAt(edit, "music", playhead) });
    if (edit.effects) wanted.set(told.media[edit.effects.media]?.url, { at: now, volume: loudAt(edit, "effects", playhead) });
    for (const line of edit.spoken) if (now >= line.start_s && now < line.start_s + line.length_s) wanted.set(told.media[line.media]?.url, { at: now - line.start_s, volume: 1 });
    const heard = playing && state.rate === 1;
    for (const [url, audio] of sounds) if (!heard || !wanted.has(url)) audio.pause();
    if (!heard) return;
    for (const [url, { at, volume }] of wanted) {
      if (!url) continue;
      if (!sounds.has(url)) sounds.set(url, h("audio", { src: url, preload: "auto" }));
      sounds.get(url).muted = silent;
      const audio = sounds.get(url);
      audio.volume = Math.max(0, Math.min(1, volume));
      if (audio.paused) {
        audio.currentTime = at;
        audio.play().catch(() => {});
      } else if (Math.abs(audio.currentTime - at) > 0.25) audio.currentTime = at;
    }
  }

  function tick() {
    if (!state.playing || !node.isConnected) return;
    const { edit } = state.told;
    const frame = from.frame + ((performance.now() - from.time) / 1000) * edit.fps * state.rate;
    if (frame >= edit.n_frames - 1 || frame < 0) {
      store.play(false);
      return store.seek(frame);
    }
    from.mine = true;
    store.seek(frame);
    from.mine = false;
    requestAnimationFrame(tick);
  }

  let was = false;
  store.on((_, what) => {
    if (what !== "told" && what !== "seek") return;
    if (state.playing && (!was || !from?.mine)) {
      from = { time: performance.now(), frame: state.playhead, mine: false };
      if (!was) requestAnimationFrame(tick);
    }
    was = state.playing;
    show();
    if (!from?.mine || !state.playing || Math.floor(state.playhead) % 6 === 0) sound();
  });

  return {
    node,
    rest: () => {
      store.play(false);
      for (const one of [...videos.values(), ...sounds.values()]) one.pause();
    },
  };
}
