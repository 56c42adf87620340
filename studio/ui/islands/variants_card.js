// One ad of a set: its film or how far it is, what it says, and the name it is uploaded with.
//
//   card(words, cell, {retry(id), hear(id)}) → {node, show(cell), news(detail), film() → <video> once there is one, sound(on)}

import { fill, h, icon } from "./dom.js";
import { strip } from "./variants_matrix.js";

const COPIED_MS = 1600;

/** See above. */
export function card(words, cell, { retry, hear }) {
  const video = h("video", { playsinline: true, preload: "metadata", disablepictureinpicture: true, hidden: true, "aria-label": fill(words.film, { name: cell.name }) });
  video.muted = true;
  const wait = h("div", { class: "wait" });
  const loud = h("button", { type: "button", class: "loud", "aria-pressed": "false", hidden: true, onclick: () => hear(video.muted ? cell.ad.id : "") }, icon("play"));
  const screen = h("div", { class: "screen" }, video, wait, loud);
  const copy = h("button", { type: "button", class: "clear", "aria-label": fill(words.copy, { name: cell.name }), onclick: copied }, icon("copy"));
  const name = h("a", { class: "name", href: `#/ad/${cell.ad.id}`, title: `${cell.name}.mp4`, "aria-label": fill(words.open, { name: cell.name }) }, cell.name.replaceAll("_", "_\u200b"));
  const node = h("li", { class: "card-ad" }, screen,
    h("p", { class: "marks" }, h("b", {}, cell.hook), h("span", {}, cell.hook_text), h("b", {}, cell.call), h("span", {}, cell.call_text)),
    strip(cell), h("div", { class: "named" }, name, copy));
  screen.style.aspectRatio = cell.aspect_ratio.replace(":", " / ");
  let drawn = "";
  sound(false);

  function show(given) {
    news(given.ad);
  }

  function news(ad) {
    const { result } = ad;
    node.dataset.status = ad.status;
    video.hidden = !result;
    loud.hidden = !result;
    wait.hidden = Boolean(result);
    if (result) {
      if (video.getAttribute("src") !== result.video_url) { video.poster = result.poster_url ?? ""; video.src = result.video_url; }
      return sound(!video.muted);
    }
    const text = ad.cancelled ? words.stopped : ad.error ? ad.error.message : ad.status === "pending" ? (ad.queue_position ? fill(words.queued, { n: ad.queue_position }) : words.inLine) : ad.current_step;
    const key = JSON.stringify([ad.status, text, ad.progress]);
    if (key === drawn) return;
    drawn = key;
    const failed = ad.status === "failed";
    wait.replaceChildren(...[
      failed ? icon("alert") : h("b", {}, ad.status === "processing" ? `${Math.floor(ad.progress)} %` : ""),
      h("p", {}, text),
      failed ? h("button", { type: "button", class: "secondary", "data-needs": "manage", onclick: () => retry(ad.id) }, icon("again"), h("span", {}, words.again)) : null,
    ].filter(Boolean));
  }

  function sound(on) {
    video.muted = !on;
    loud.setAttribute("aria-pressed", String(on));
    loud.setAttribute("aria-label", fill(on ? words.mute : words.sound, { name: cell.name }));
    loud.replaceChildren(icon(on ? "speaker" : "silent"));
  }

  async function copied() {
    await navigator.clipboard?.writeText(`${cell.name}.mp4`).catch(() => {});
    copy.replaceChildren(icon("check"));
    copy.title = words.copied;
    setTimeout(() => { copy.replaceChildren(icon("copy")); copy.title = ""; }, COPIED_MS);
  }

  return { node, show, news, sound, film: () => (video.getAttribute("src") ? video : null) };
}
