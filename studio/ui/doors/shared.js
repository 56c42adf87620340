// /r/{token}: one film and its name, for whoever has the link.

import { api } from "./api.js";
import { h, icon } from "./dom.js";

const stage = document.querySelector(".screen");
const heading = document.querySelector("h1");
const about = document.querySelector(".about");

try {
  const ad = await api(`/api/shared/${location.pathname.split("/").at(-1)}`, { stay: true });
  const [across, up] = ad.aspect_ratio.split(":").map(Number);
  const video = h("video", {
    controls: true, playsinline: true, preload: "metadata", src: ad.video_url, poster: ad.poster_url, "aria-label": ad.brand ? `Ad for ${ad.brand}` : "Ad",
  });
  stage.style.setProperty("--ratio", String(across / up));
  stage.replaceChildren(video);
  heading.textContent = ad.brand || "A film for you";
  about.textContent = `${ad.duration_s} s`;
  document.title = `${ad.brand || "Shared ad"} · Ad Studio`;
} catch (error) {
  document.body.dataset.state = "ended";
  stage.replaceWith(h("span", { class: "emblem" }, icon("film")));
  const ended = error.status === 404 || error.status === 410;
  heading.textContent = ended ? "This film is not here any more" : "The film cannot be shown";
  about.textContent = ended
    ? "The link has ended, was taken back, or was not copied whole. Ask whoever sent it for a new one."
    : error.message || "The studio does not answer. Try again in a moment.";
  document.title = "Not here · Ad Studio";
}
document.body.removeAttribute("aria-busy");
