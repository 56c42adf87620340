// A film that plays silently over its picture while a mouse rests on it or the keyboard is on it; one at a time, never on touch.
//
//   previewOn(card, picture, link, source) → stop()
//     card: where the mouse rests; picture: what it plays over; link: what the keyboard is on; source() → the film's address or null.

import { h } from "./dom.js";

const REST_MS = 350;

let stopOther = () => {};

/** See above. */
export function previewOn(card, picture, link, source) {
  let timer = 0;
  let video = null;

  function begin() {
    const address = source();
    if (!address || video || matchMedia("(prefers-reduced-motion: reduce)").matches || navigator.connection?.saveData) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      stopOther();
      stopOther = end;
      video = h("video", { class: "preview", src: address, loop: true, playsinline: true, preload: "auto", "aria-hidden": "true", tabindex: "-1" });
      video.muted = true;
      video.addEventListener("playing", (event) => event.target.classList.add("on"));
      video.addEventListener("error", end);
      picture.append(video);
      video.play().catch(() => {}); // stopped before it began
    }, REST_MS);
  }

  function end() {
    clearTimeout(timer);
    if (!video) return;
    const last = video;
    video = null;
    last.pause();
    last.removeAttribute("src");
    last.load(); // lets go of the connection at once
    last.remove();
  }

  card.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") begin(); });
  card.addEventListener("pointerleave", end);
  link.addEventListener("focus", () => { if (link.matches(":focus-visible")) begin(); });
  link.addEventListener("blur", end);
  return end;
}
