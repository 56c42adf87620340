// Where a finished ad comes from: whether it bears Content Credentials and by whom, what to say of it where it is shown, models and seeds,
// licences. Shut at first; the film is read when somebody opens it.
//
//   provenanceOf(ad, says) → <details>     says: studio/words/provenance.py

import { api } from "./api.js";
import { date, fill, h, icon } from "./dom.js";

/** See above. */
export function provenanceOf(ad, says) {
  const body = h("div", { class: "provenance", "aria-live": "polite" });
  const node = h("details", { ontoggle: opened }, h("summary", {}, icon("chevron"), h("span", {}, says.title)), body);
  let asked = false;
  return node;

  async function opened() {
    if (!node.open || asked) return;
    asked = true;
    body.replaceChildren(h("p", { class: "small" }, says.loading));
    try {
      body.replaceChildren(...drawn(await api(`/api/generations/${ad.id}/provenance`)));
    } catch (error) {
      asked = false;
      body.replaceChildren(h("p", { class: "small" }, error.message && error.status ? error.message : says.failed));
    }
  }

  function drawn(told) {
    return [seal(told), disclosure(told.disclosures), made(told.shots), licences(told)].filter(Boolean);
  }

  function seal({ state, why, credentials, origin_words: origin }) {
    const fine = state === "signed" && credentials.whole;
    const title = state === "signed" && !fine ? says.broken : says[state];
    const how = state !== "signed" ? [why || (state === "unsigned" ? says.unsignedHow : "")]
      : !fine ? [says.brokenHow]
        : credentials.development ? [says.development, credentials.trusted ? "" : says.untrusted] : [fill(says.by, { issuer: credentials.issuer })];
    const from = credentials?.ingredients.length ? `${says.ingredients}: ${credentials.ingredients.join(", ")}.` : "";
    return h("div", { class: `seal ${fine ? "fine" : state === "signed" ? "broken" : ""}` }, icon(fine ? "check" : state === "unsigned" ? "info" : "alert"),
      h("div", {}, h("h3", {}, title), [...how, origin, from].filter(Boolean).map((text) => h("p", { class: "small" }, text))));
  }

  function disclosure(platforms) {
    const text = h("p", { class: "say" });
    const asks = h("p", { class: "small" });
    const label = h("span", { "aria-live": "polite" }, says.copy);
    const choice = h("select", { "aria-label": says.platform, onchange: choose }, platforms.map((one) => h("option", { value: one.platform }, one.title)));
    choose();
    return h("section", {}, h("h3", {}, says.say),
      h("div", { class: "say-head" }, choice, h("button", { type: "button", class: "secondary", onclick: take }, icon("copy"), label)), text, asks);

    function choose() {
      const one = platforms.find(({ platform }) => platform === choice.value) ?? platforms[0];
      text.textContent = one.text;
      asks.replaceChildren(one.asks, one.source && one.ai ? ` ${says.switch}` : "", one.source ? " " : "",
        one.source ? h("a", { href: one.source, target: "_blank", rel: "noopener noreferrer" }, fill(says.source, { platform: one.title })) : "");
    }

    async function take() {
      try {
        await navigator.clipboard.writeText(text.textContent);
      } catch { // not a secure context, or not allowed: the old way
        const root = node.getRootNode();
        const selection = (root.getSelection ? root : document).getSelection();
        selection.selectAllChildren(text);
        document.execCommand("copy");
      }
      label.textContent = says.copied;
      setTimeout(() => { label.textContent = says.copy; }, 2000);
    }
  }

  /** Shots of the same models and seed share a line. */
  function made(shots) {
    if (!shots.length) return null;
    const alike = Map.groupBy(shots, ({ still, clip, seed }) => JSON.stringify([still, clip, seed]));
    return h("section", {}, h("h3", {}, says.made), h("ul", { class: "ledger" }, [...alike.values()].map((group) => {
      const [{ still, clip, seed }] = group;
      return h("li", {}, h("span", {}, group.map(({ shot }) => shot).join(", ")),
        h("p", {}, [...new Set([still, clip])].filter(Boolean).join(" → "), h("small", {}, fill(says.seed, { seed }))));
    })));
  }

  function licences({ licences: rows, kept_at: kept }) {
    if (!rows.length) return h("section", {}, h("h3", {}, says.licences), h("p", { class: "small" }, says.none));
    return h("section", {}, h("h3", {}, says.licences),
      h("ul", { class: "ledger" }, rows.map((row) => h("li", {}, h("span", {}, says.sorts[row.sort]),
        h("p", {}, `${row.name} · `, row.licence || says.owner, row.url ? " · " : "",
          row.url ? h("a", { href: row.url, target: "_blank", rel: "noopener noreferrer", "aria-label": `${says.terms}: ${row.name}` }, says.terms) : "", row.note ? h("small", {}, row.note) : "")))),
      h("p", { class: "small" }, kept ? fill(says.kept, { date: date(kept) }) : says.now));
  }
}
