// The links to a finished ad: one more, for somebody, with a password or for longer; and those that are out, each to be taken back.
//
//   shareLinks(words, {made(link), fault(sentence)}) → {node, load(ad)}
//     words: page.words of studio/words/generate.py.  made: the reply of POST …/share.

import { api } from "./api.js";
import { ago, date, fill, h, icon } from "./dom.js";

const DAYS = [7, 14, 30, 90];

/** See above. */
export function shareLinks(words, { made, fault }) {
  let ad = null;
  const name = h("input", { id: "link-name", type: "text", maxlength: 80, placeholder: words.linkNameHint });
  const days = h("select", { id: "link-days" }, DAYS.map((n) => h("option", { value: n, selected: n === 14 }, fill(words.linkDays, { n }))));
  const password = h("input", { id: "link-password", type: "text", maxlength: 72, autocomplete: "off", placeholder: words.linkPasswordHint });
  const versions = h("input", { type: "checkbox" });
  const wrong = h("p", { class: "fault", role: "alert" });
  const send = h("button", { type: "submit", class: "secondary" }, icon("plus"), h("span", {}, words.linkMake));
  const list = h("ul", { class: "links" });
  const node = h("details", { class: "share-more", hidden: true },
    h("summary", {}, icon("chevron"), h("span", {}, words.linkMore)),
    h("form", { class: "link-form", onsubmit: make, novalidate: true },
      field("link-name", words.linkName, name), field("link-days", words.linkLasts, days), field("link-password", words.linkPassword, password),
      h("label", { class: "check" }, versions, h("span", {}, words.linkVersions)), wrong, send),
    list);

  async function load(of) {
    ad = of;
    try {
      const { links } = await api(`/api/generations/${ad.id}/links`);
      draw(links);
      node.hidden = false;
    } catch { /* what is out is told when it can be asked again */ }
  }

  function draw(links) {
    list.replaceChildren(...links.filter((link) => !link.ended).map((link) => h("li", {},
      h("div", {},
        h("strong", {}, link.name || words.linkAnyone),
        h("span", { class: "small" }, [
          fill(words.linkUntil, { date: date(link.expires_at) }),
          link.has_password ? words.linkGuarded : null,
          link.with_versions ? words.linkWithVersions : null,
          link.opened_at ? fill(words.linkOpened, { ago: ago(link.opened_at) }) : words.linkUnopened,
        ].filter(Boolean).join(" · "))),
      h("button", { type: "button", class: "quiet danger", "aria-label": fill(words.linkEndNamed, { name: link.name || words.linkAnyone }), onclick: () => end(link) }, words.linkEnd))));
  }

  async function make(event) {
    event.preventDefault();
    wrong.replaceChildren();
    send.disabled = true;
    try {
      const body = { name: name.value, days: Number(days.value), password: password.value, with_versions: versions.checked };
      made(await api(`/api/generations/${ad.id}/share`, { body }));
      for (const input of [name, password]) input.value = "";
      await load(ad);
    } catch (error) {
      wrong.replaceChildren(icon("alert"), error.message && error.status ? error.message : words.shareFailed);
      ({ name, password, days })[error.field]?.focus();
    }
    send.disabled = false;
  }

  async function end(link) {
    try {
      await api(`/api/generations/${ad.id}/links/${link.id}`, { method: "DELETE" });
      await load(ad);
    } catch (error) {
      fault(error.message && error.status ? error.message : words.actionFailed);
    }
  }

  return { node, load };
}

function field(id, label, input) {
  return h("div", { class: "field" }, h("label", { for: id }, label), input);
}
