// The view of an ad that is no film: failed, cancelled, or not here at all.

import { h, icon } from "./dom.js";

/** page: what studio/words/generate.py says. retry(ad), edit(ad), remove(ad): what can be done about it. */
export function endedView(page, { retry, edit, remove }) {
  const { words } = page;
  const heading = h("h1", { tabindex: "-1" });
  const node = h("section", { class: "view ended" });
  const trouble = h("p", { class: "trouble", role: "alert" });

  /** An ad that failed or was cancelled. */
  function show(ad) {
    heading.textContent = ad.cancelled ? words.cancelledTitle : words.failedTitle;
    fault(ad.cancelled ? "" : ad.error?.message);
    const again = h("button", { type: "button", class: "primary", onclick: () => retry(ad) }, icon("again"), h("span", {}, words.retry));
    node.replaceChildren(
      heading,
      h("p", { class: "asked", title: ad.brief.prompt }, `“${ad.brief.prompt}”`),
      ad.cancelled ? h("p", { class: "notice" }, words.cancelledText) : "",
      trouble,
      h("div", { class: "actions" }, again,
        h("button", { type: "button", class: "secondary", title: words.editHint, onclick: () => edit(ad) }, icon("edit"), h("span", {}, words.edit)),
        h("button", { type: "button", class: "quiet", onclick: () => remove(ad) }, icon("trash"), h("span", {}, words.delete))),
      h("p", { class: "small" }, words.retryHint));
  }

  /** An ad nobody shows to this person. */
  function missing() {
    heading.textContent = words.goneTitle;
    node.replaceChildren(
      heading,
      h("p", { class: "lead" }, words.goneText),
      h("div", { class: "actions" },
        h("a", { class: "primary", href: "#/" }, icon("plus"), h("span", {}, words.newAd)),
        h("a", { class: "secondary", href: "#/gallery" }, h("span", {}, words.gallery))));
  }

  function fault(sentence) {
    trouble.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    trouble.hidden = !sentence;
  }

  function busy(on) {
    const button = node.querySelector("button.primary");
    if (!button) return;
    button.disabled = on;
    button.lastChild.textContent = on ? words.retrying : words.retry;
  }

  return { node, heading, show, missing, busy, fault };
}
