// The frame beside the panel: an empty set in the ad's shape, lit while the ad is made, and then the player.

import { fill, h } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const PLINTH = [
  ["linearGradient", { id: "drum" }, [0, 0.26, 0.6, 1].map((offset) => ["stop", { offset }])],
  ["radialGradient", { id: "gleam" }, [0, 1].map((offset) => ["stop", { offset }])],
  ["ellipse", { cx: 206, cy: 190, rx: 190, ry: 42, class: "cast" }],
  ["path", { d: "M40 70v88a160 40 0 0 0 320 0V70z", fill: "url(#drum)" }],
  ["ellipse", { cx: 200, cy: 70, rx: 160, ry: 40, class: "top" }],
  ["ellipse", { cx: 200, cy: 70, rx: 150, ry: 36, class: "gleam" }],
];

/** page: what studio/words/generate.py says. */
export function stage(page) {
  const { words } = page;
  const readout = h("p", { class: "readout" });
  const message = h("p", { class: "message" });
  const set = h("div", { class: "set", "aria-hidden": "true" },
    h("i", { class: "beam" }), h("i", { class: "disc" }), drawn("svg", { viewBox: "0 0 400 250", class: "plinth" }, PLINTH), h("i", { class: "sweep" }), ...["tl", "tr", "bl", "br"].map((corner) => h("i", { class: `corner ${corner}` })));
  const frame = h("div", { class: "frame" }, set, message, readout);
  const node = h("aside", { class: "stage", "aria-label": words.frame }, frame);
  const subject = h("img", { class: "subject", alt: "", hidden: true });
  set.append(subject);
  subject.addEventListener("error", () => { subject.hidden = true; });
  let video = null;

  function shape(width, height) {
    frame.style.setProperty("--ratio", String(width / height));
  }

  /** The set in the shape and colours of `brief`, with the product photo on it when there is one ({url}), else with `said` on it. */
  function idle(brief, photo = null, said = words.frameIdle) {
    empty();
    const aspect = page.aspects.find((a) => a.value === brief.aspect_ratio) ?? page.aspects[0];
    shape(aspect.width, aspect.height);
    const [ground, accent] = brief.brand_colors ?? [];
    for (const [name, colour] of [["--ground-colour", ground], ["--accent-colour", accent]]) {
      if (colour) frame.style.setProperty(name, colour);
      else frame.style.removeProperty(name);
    }
    frame.classList.toggle("tinted", Boolean(ground));
    frame.dataset.mood = "idle";
    subject.hidden = !photo?.url;
    if (photo?.url && subject.getAttribute("src") !== photo.url) subject.src = photo.url;
    message.textContent = photo?.url ? "" : said;
    readout.textContent = fill("{value}  {width} × {height}", aspect);
  }

  /** The same set with the lights on. */
  function busy(ad) {
    if (frame.dataset.mood !== "busy") idle(ad.brief);
    frame.dataset.mood = "busy";
    message.textContent = "";
  }

  /** The player. It starts by itself where the browser lets it and nobody asked for less motion; else it waits, showing the poster. */
  function play(ad) {
    if (video?.dataset.ad === ad.id) return;
    empty();
    const { result } = ad;
    if (result.width) shape(result.width, result.height);
    frame.dataset.mood = "done";
    readout.textContent = "";
    message.textContent = "";
    video = h("video", {
      controls: true, playsinline: true, preload: "metadata", poster: result.poster_url, src: result.video_url, "aria-label": words.video, "data-ad": ad.id,
    });
    video.addEventListener("error", () => { message.textContent = words.loadFailed; });
    frame.append(video);
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches && !document.hidden) video.play().catch(() => {});
  }

  /** Nobody looks: the player, if any, pauses. */
  function rest() {
    video?.pause();
  }

  /** Show that moment, and go on from there only when somebody presses play. */
  function seek(seconds) {
    if (!video) return;
    video.pause();
    video.currentTime = seconds;
  }

  function empty() {
    if (!video) return;
    video.pause();
    video.removeAttribute("src");
    video.load(); // lets go of the connection at once
    video.remove();
    video = null;
  }

  return { node, idle, busy, play, rest, seek };
}

function drawn(tag, attributes, children = []) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.map((child) => drawn(...child)));
  return element;
}
