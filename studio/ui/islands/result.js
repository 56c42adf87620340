// The view of a finished ad: what can be done with it, its figures, its story, how it was made.

import { date, duration, fill, h, icon, fileSize, money } from "./dom.js";
import { provenanceOf } from "./provenance.js";
import { qualityOf } from "./quality.js";
import { reviewOf } from "./review.js";
import { sharePanel } from "./share.js";
import { starsOf } from "./stars.js";
import { teamOf } from "./teams_ad.js";

/** page: what studio/words/generate.py says. again(ad): the same brief with the next seed; edit(ad); remove(ad); seek(seconds). */
export function resultView(page, { again, edit, remove, seek }) {
  const { words } = page;
  const heading = h("h1", { tabindex: "-1" }, words.doneTitle);
  const node = h("section", { class: "view result" });
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const share = sharePanel(page, { fault });
  let shown = "";

  function show(ad) {
    if (shown === ad.id) return;
    shown = ad.id;
    share.close();
    fault("");
    const { result } = ad;
    const manages = (ad.may ?? "manage") === "manage";
    const edits = ad.may !== "look"; // a reviewer of its team watches, comments and decides
    const take = ad.kind === "take"; // a final version: asked for, repeated and removed where its attempts are
    heading.textContent = take ? words.takeTitle : words.doneTitle;
    let review = reviewOf(ad, words, seek);
    const team = teamOf(ad, page.teams, { said: () => { const fresh = reviewOf(ad, words, seek); review.replaceWith(fresh); review = fresh; } });
    node.replaceChildren(
      heading,
      h("p", { class: "asked", title: ad.brief.prompt }, `“${ad.brief.prompt}”`),
      h("div", { class: "actions" },
        h("a", { class: "primary", href: result.download_url, download: true }, icon("download"), h("span", {}, words.download)),
        ...(edits ? [
          h("a", { class: "secondary", href: `#/editor/${ad.id}`, title: words.editorHint }, icon("split"), h("span", {}, words.editor)),
          ...(take ? [h("a", { class: "secondary", href: `#/workspace/${ad.group_id}` }, icon("sliders"), h("span", {}, words.toWorkspace))]
            : [button("edit", words.edit, () => edit(ad), words.editHint), button("again", words.again, once(() => again(ad)), words.againHint)]),
          button("link", words.share, () => share.open(ad)),
        ] : []),
        ...(manages && !take ? [button("trash", words.delete, () => remove(ad), "", "quiet")] : [])),
      trouble, share.told, share.node, team, review, manages ? starsOf(ad, words) : "",
      h("dl", { class: "facts" },
        fact(words.length, duration(result.duration_s)),
        result.width ? fact(words.size, `${result.width} × ${result.height}`, fileSize(result.size_bytes)) : fact(words.size, fileSize(result.size_bytes)),
        fact(words.cost, money(ad.cost ?? 0), ad.quoted_cost ? fill(words.quoted, { cost: money(ad.quoted_cost) }) : ""),
        fact(words.made, ad.elapsed_s === null ? "–" : duration(ad.elapsed_s), ad.completed_at ? date(ad.completed_at) : "")),
      result.framework ? h("div", { class: "told" }, h("h2", {}, `${words.story}: ${result.framework}`), result.rationale ? h("p", {}, result.rationale) : null) : "",
      result.notes.length ? h("div", { class: "notes" }, h("h2", {}, words.notes), h("ul", {}, result.notes.map((note) => h("li", {}, note)))) : "",
      qualityOf(ad, words, seek),
      details(ad), provenanceOf(ad, words.provenance));
  }

  function button(glyph, label, act, title = null, kind = "secondary") {
    return h("button", { type: "button", class: kind, title: title || null, onclick: act }, icon(glyph), h("span", {}, label));
  }

  /** However often one clicks, one at a time. */
  function once(act) {
    return async ({ currentTarget: pressed }) => {
      pressed.disabled = true;
      await act();
      pressed.disabled = false;
    };
  }

  function fact(name, value, more = "") {
    return h("div", {}, h("dt", {}, name), h("dd", {}, value, more ? h("small", {}, more) : null));
  }

  function details(ad) {
    const { models, stages, lufs } = ad.result;
    const longest = Math.max(0.1, ...stages.map((stage) => stage.seconds));
    return h("details", {},
      h("summary", {}, icon("chevron"), h("span", {}, words.details)),
      h("div", { class: "details" },
        h("table", {}, h("tbody", {}, stages.map((stage) => {
          const bar = h("i", {});
          bar.style.width = `${(100 * stage.seconds) / longest}%`;
          return h("tr", {}, h("th", { scope: "row" }, stage.label), h("td", { class: "amount" }, bar), h("td", {}, `${stage.seconds.toFixed(1)} s`));
        }))),
        h("p", { class: "small" }, `${words.models}: ${models.join(", ")}`),
        typeof lufs === "number" ? h("p", { class: "small" }, `${words.loudness}: ${lufs.toFixed(1)} LUFS`) : null,
        h("p", { class: "small" }, `${words.seed}: ${ad.brief.seed}`)));
  }

  function fault(sentence) {
    trouble.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    trouble.hidden = !sentence;
  }

  return { node, heading, show, fault, forget: () => { shown = ""; } };
}
