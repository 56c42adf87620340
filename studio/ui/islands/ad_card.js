// One ad in the gallery: its picture in its own shape, what was asked, and what became of it.

import { ago, date, fill, h, icon, money } from "./dom.js";
import { menu } from "./menu.js";
import { previewOn } from "./preview.js";

/** words: studio/words/gallery.py. retry(ad), remove(ad): called from the card's menu.
 *  → {node, show(ad), leaving(on), complain(sentence)}; leaving: it is being removed, so its film is not asked for any more. */
export function adCard(words, first, { retry, remove }) {
  let ad = first;
  let pictured = "";
  let going = false;
  const picture = h("div", { class: "shot" });
  const meter = h("i", {});
  const bar = h("div", { class: "bar", "aria-hidden": "true" }, meter);
  const step = h("span", { class: "step" });
  const link = h("a", { href: `#/ad/${ad.id}`, class: "open" });
  const facts = h("span", {});
  const status = h("p", { class: "status" });
  const when = h("time", {});
  const why = h("p", { class: "why" });
  const fault = h("p", { class: "fault", role: "alert", hidden: true });
  const again = h("button", { type: "button", class: "secondary again", onclick: () => retry(ad) }, icon("again"), h("span", {}, words.retry));
  const opener = h("button", { type: "button", class: "quiet dots", "aria-label": fill(words.menu, { prompt: ad.prompt }) }, icon("more"));
  const node = h("li", { class: "ad" },
    picture,
    h("div", { class: "text" },
      h("h2", {}, link),
      h("div", { class: "tools-box" }, opener, menu(opener, actions)),
      status, h("p", { class: "meta" }, when, facts), why, fault, again));
  const stopPreview = previewOn(node, picture, link, () => (ad.status === "completed" && !going ? ad.video_url : null));

  /** Of a team's, its owners and whoever made it remove an ad, or try it again. */
  function manages() {
    return ad.may === undefined || ad.may === "manage";
  }

  function actions() {
    const over = ad.status === "completed" || ad.status === "failed";
    return [
      { label: words.open, icon: "arrow", href: `#/ad/${ad.id}` },
      ...(ad.status === "completed" && ad.may !== "look" ? [{ label: words.edit, icon: "split", href: `#/editor/${ad.id}` }] : []),
      ...(ad.status === "completed" && ad.video_url ? [{ label: words.download, icon: "download", href: `/api/video/${ad.id}`, download: true }] : []),
      ...(ad.status === "failed" && manages() ? [{ label: words.retry, icon: "again", run: () => retry(ad) }] : []),
      ...(over && manages() ? [{ label: words.delete, icon: "trash", danger: true, run: () => remove(ad) }] : []),
    ];
  }

  function show(next) {
    ad = next;
    const [across, up] = ad.aspect_ratio.split(":").map(Number);
    node.style.setProperty("--ratio", String(across / up));
    node.dataset.status = ad.status;
    link.textContent = ad.prompt;
    link.title = ad.prompt;
    status.textContent = ad.cancelled ? words.cancelled : fill(words[ad.status], { percent: Math.floor(ad.progress) });
    when.dateTime = ad.created_at;
    when.textContent = ago(ad.created_at);
    when.title = date(ad.created_at, { time: true });
    facts.textContent = [fill(words.seconds, { n: ad.duration }), ad.cost === null ? null : money(ad.cost)].filter(Boolean).map((fact) => `· ${fact}`).join(" ");
    meter.style.transform = `scaleX(${ad.progress / 100})`;
    step.textContent = ad.status === "processing" ? ad.current_step ?? "" : "";
    why.textContent = ad.status === "failed" && !ad.cancelled ? ad.error?.message ?? ad.error ?? "" : "";
    again.hidden = ad.status !== "failed" || !manages();
    fault.hidden = true;
    paint(across, up);
  }

  /** The picture is made anew only when it is another one. */
  function paint(across, up) {
    const kind = ad.thumbnail_url ?? ad.status;
    if (kind === pictured) return;
    pictured = kind;
    picture.className = `shot ${ad.thumbnail_url ? "" : "set"}`;
    if (ad.thumbnail_url) {
      const image = h("img", { src: ad.thumbnail_url, alt: "", loading: "lazy", decoding: "async", width: across * 100, height: up * 100 });
      image.addEventListener("error", () => { picture.classList.add("set"); image.remove(); });
      picture.replaceChildren(image);
    } else if (ad.status === "failed") picture.replaceChildren(h("i", { class: "disc" }), h("i", { class: "plinth" }));
    else picture.replaceChildren(h("i", { class: "beam" }), h("i", { class: "disc" }), h("i", { class: "plinth" }), step, bar);
  }

  function complain(sentence) {
    fault.replaceChildren(icon("alert"), h("span", {}, sentence));
    fault.hidden = false;
  }

  function leaving(on) {
    going = on;
    if (on) stopPreview();
  }

  return { node, show, leaving, complain };
}
