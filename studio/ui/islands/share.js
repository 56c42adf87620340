// Sharing a finished ad: a link anyone can open until it expires or is taken back.

import { api } from "./api.js";
import { copyRow } from "./copy_row.js";
import { date, fill, h } from "./dom.js";
import { shareLinks } from "./share_links.js";

/** page: what studio/words/generate.py says. The panel is empty until open(ad). fault(sentence): says what went wrong. */
export function sharePanel(page, { fault }) {
  const { words } = page;
  const node = h("section", { class: "share", "aria-labelledby": "share-title", hidden: true });
  const told = h("p", { class: "notice", role: "status", tabindex: "-1", hidden: true });

  const links = shareLinks(words, { made: (link) => show(current, link), fault });
  let current = null;

  async function open(ad) {
    if (!node.hidden) return focus();
    told.hidden = true;
    fault("");
    try {
      current = ad;
      show(ad, await api(`/api/generations/${ad.id}/share`, { method: "POST" }));
      await links.load(ad);
    } catch (error) {
      fault(error.message && error.status ? error.message : words.shareFailed);
    }
  }

  function show(ad, { url, expires_at: until }) {
    const address = new URL(url, location.href).href;
    const via = navigator.share
      ? h("button", { type: "button", class: "secondary", onclick: () => navigator.share({ title: ad.brief.prompt, url: address }).catch(() => {}) }, words.shareVia)
      : null;
    node.replaceChildren(
      h("h2", { id: "share-title", tabindex: "-1" }, words.shareTitle),
      copyRow({ label: words.shareLink, copy: words.copy, copied: words.copied }, address, via),
      h("div", { class: "share-foot" }, h("p", { class: "small" }, fill(words.shareUntil, { date: date(until) })),
        h("button", { type: "button", class: "quiet danger", onclick: () => end(ad) }, words.shareEnd)),
      links.node);
    node.hidden = false;
    focus();
  }

  function focus() {
    node.querySelector("h2").focus({ preventScroll: true });
  }

  async function end(ad) {
    try {
      await api(`/api/generations/${ad.id}/share`, { method: "DELETE" });
      close();
      told.textContent = words.shareEnded;
      told.hidden = false;
      told.focus({ preventScroll: true });
    } catch (error) {
      fault(error.message && error.status ? error.message : words.actionFailed);
    }
  }

  function close() {
    node.hidden = true;
    node.replaceChildren();
    told.hidden = true;
  }

  return { node, told, open, close };
}
