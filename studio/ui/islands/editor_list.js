// Ads that can be edited: those with edits that are not finished, then finished ads, the newest first.
//
//   editorList(words) → {node, start()}

import { api } from "./api.js";
import { ago, duration, fill, h, icon } from "./dom.js";

/** See above. */
export function editorList(words) {
  const drafts = h("ul", { class: "cards" });
  const ads = h("ul", { class: "cards" });
  const begun = h("section", { "aria-labelledby": "begun" }, h("h2", { id: "begun" }, words.begunTitle), drafts);
  const others = h("section", { "aria-labelledby": "others" }, h("h2", { id: "others" }, words.othersTitle), ads);
  const empty = h("div", { class: "state", hidden: true }, h("span", { class: "emblem" }, icon("film")), h("h2", {}, words.emptyTitle), h("p", {}, words.emptyText), h("a", { class: "primary", href: "#/" }, words.emptyGo));
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const node = h("div", { class: "editor-list" }, h("header", {}, h("h1", { tabindex: "-1" }, words.title), h("p", { class: "lead" }, words.lead)), trouble, begun, others, empty);

  async function start() {
    trouble.hidden = true;
    try {
      const [{ drafts: open }, { generations: finished }] = await Promise.all([api("/api/editor/drafts"), api("/api/generations?status=completed&limit=24")]);
      const there = new Set(open.map((one) => one.ad_id));
      drafts.replaceChildren(...open.map((one) => card(one.ad_id, one.prompt, one.aspect_ratio, one.thumbnail_url, fill(one.changes === 1 ? words.changesOne : words.changes, { n: one.changes }), one.changed_at)));
      const rest = finished.filter((one) => !there.has(one.id));
      ads.replaceChildren(...rest.map((one) => card(one.id, one.prompt, one.aspect_ratio, one.thumbnail_url, duration(one.duration), one.completed_at)));
      begun.hidden = !open.length;
      others.hidden = !rest.length;
      empty.hidden = Boolean(open.length || rest.length);
    } catch (error) {
      trouble.replaceChildren(icon("alert"), h("span", {}, error.message && error.status ? error.message : words.offline));
      trouble.hidden = false;
    }
  }

  function card(id, prompt, aspect, picture, about, at) {
    const [across, up] = aspect.split(":").map(Number);
    const image = picture ? h("img", { src: picture, alt: "", loading: "lazy" }) : icon("film");
    const frame = h("span", { class: "card-picture" }, image);
    frame.style.setProperty("--ratio", String(across / up));
    return h("li", {}, h("a", { class: "card", href: `#/editor/${id}` }, frame, h("span", { class: "card-words" }, h("strong", {}, prompt), h("small", {}, [about, ago(at)].join(" · ")))));
  }

  return { node, start };
}
