// One frame as large as the window, and larger: the way to judge it. ← → go through the frames, + − 0 and the wheel change the size,
// dragging and two fingers move it, F keeps it, P makes it the anchor, Esc ends. The ground is dark by day as well, as a light table's lid.
//
//   heroViewer(root, words, acts) → {open(frames, id), update(frames), shown()}
//     frames: [{frame, name}] in order.  acts: favour(frame, on), anchor(frame), closed(frame), vary(frame), details(frame), live(frame)

import { fill, h, icon } from "./dom.js";
import { zoomable } from "./hero_zoom.js";

/** See above. */
export function heroViewer(root, words, { favour, anchor, closed, vary, details, live: bring }) {
  let frames = [];
  let at = 0;
  const title = h("h2", { id: "viewer-title" });
  const percent = h("output", { class: "percent-now", "aria-live": "off" });
  const live = h("p", { class: "sr", role: "status", "aria-live": "polite" });
  const image = h("img", { draggable: "false", alt: "" });
  const ground = h("div", { class: "ground" }, image);
  const zoom = zoomable(ground, image, (scale) => { percent.textContent = `${Math.round(100 * scale)} %`; });
  const heart = tool("heart", words.favouriteDo, () => favour(now(), !now().favorite), "keep", "edit");
  const mark = tool("anchor", words.makeAnchor, () => anchor(now()), "", "edit");
  const life = more("film", words.live, bring, "edit");
  const before = tool("back", words.previous, () => go(-1), "side before");
  const after = tool("arrow", words.next, () => go(1), "side after");
  const full = tool("fit", words.full, whole);
  // No browser lets a dialog itself fill the screen, so what is in it does.
  const sheet = h("div", { class: "lid" },
    h("header", {}, title, h("div", { class: "tools-row" }, tool("minus", words.smaller, () => zoom.by(1 / 1.5)), percent, tool("plus", words.larger, () => zoom.by(1.5)), full, tool("close", words.close, () => dialog.close()))),
    ground, before, after,
    h("footer", {}, heart, mark, more("branch", words.vary, vary, "edit"), more("info", words.detailsShort, details), life), live);
  const dialog = h("dialog", { class: "viewer", "aria-labelledby": "viewer-title" }, sheet);
  root.append(dialog);
  full.hidden = !document.fullscreenEnabled;
  dialog.addEventListener("keydown", keys);
  dialog.addEventListener("close", () => { leave(); lid(false); closed(now()); });
  document.addEventListener("fullscreenchange", () => {
    const on = Boolean(document.fullscreenElement);
    full.setAttribute("aria-pressed", String(on));
    label(full, on ? words.fullNot : words.full);
  });

  function whole() {
    if (document.fullscreenElement) leave();
    else sheet.requestFullscreen().catch(() => {}); // the browser may refuse, and nothing is lost
  }

  function leave() {
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  }

  function tool(glyph, label, run, kind = "", needs = null) {
    return h("button", { type: "button", class: `tool ${kind}`.trim(), "data-needs": needs, "aria-label": label, title: label, onclick: run }, icon(glyph));
  }

  function more(glyph, label, run, needs = null) {
    return h("button", { type: "button", class: "tool worded", "data-needs": needs, onclick: () => { const frame = now(); dialog.close(); run(frame); } }, icon(glyph), h("span", {}, label));
  }

  function now() {
    return frames[at]?.frame;
  }

  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      ArrowLeft: () => go(-1), ArrowRight: () => go(1), "+": () => zoom.by(1.5), "=": () => zoom.by(1.5), "-": () => zoom.by(1 / 1.5), 0: () => zoom.fit(),
      f: () => favour(now(), !now().favorite), p: () => anchor(now()),
    }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  function go(step) {
    const to = at + step;
    if (to < 0 || to >= frames.length) return;
    at = to;
    paint();
    zoom.fit();
    live.textContent = heading();
  }

  function heading() {
    const { frame, name } = frames[at];
    return [fill(words.frameOf, { name, n: at + 1, count: frames.length }), frame.primary ? words.anchorLong : "", frame.favorite ? words.favourite : ""].filter(Boolean).join(", ");
  }

  function paint() {
    const { frame, name } = frames[at];
    title.replaceChildren(h("span", {}, fill(words.frame, { name })), frame.primary ? h("span", { class: "anchor" }, icon("anchor"), h("span", {}, words.anchor)) : "", h("small", {}, `${at + 1} / ${frames.length}`));
    if (image.getAttribute("src") !== frame.image_url) {
      image.style.setProperty("--ratio", String(frame.width / frame.height));
      image.src = frame.image_url;
    }
    image.alt = frame.prompt;
    before.hidden = at === 0;
    after.hidden = at === frames.length - 1;
    life.hidden = !frame.primary;
    heart.setAttribute("aria-pressed", String(frame.favorite));
    label(heart, frame.favorite ? words.favouriteNot : words.favouriteDo);
    mark.setAttribute("aria-pressed", String(frame.primary));
    label(mark, frame.primary ? words.anchorLong : words.makeAnchor);
  }

  /** Open, nothing of the page is seen beside it: not its scroll bar either. */
  function lid(on) {
    Object.assign(document.documentElement.style, on ? { overflow: "hidden", scrollbarGutter: "auto" } : { overflow: "", scrollbarGutter: "" });
  }

  function label(button, text) {
    button.setAttribute("aria-label", text);
    button.title = text;
  }

  return {
    open(all, id) {
      frames = all;
      at = Math.max(0, frames.findIndex(({ frame }) => frame.id === id));
      paint();
      lid(true);
      dialog.showModal();
      zoom.fit();
      after.hidden ? heart.focus() : after.focus();
    },
    /** The frames as they are now; the one that is looked at stays. */
    update(all) {
      if (!dialog.open) return;
      const id = now()?.id;
      frames = all.length ? all : frames;
      at = Math.max(0, frames.findIndex(({ frame }) => frame.id === id));
      paint();
    },
    shown: () => (dialog.open ? now() : null),
  };
}
