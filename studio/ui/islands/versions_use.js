// Questions about a group that are answered in a window of their own: the ad its version becomes a scene of, attempts
// that are made once more, and what it is called.
//
//   useInAd(root, page, {group, order(body) → Promise of {generation_id}, done(id)})
//   makeMissing(root, page, {group, iteration, order() → Promise})
//   nameGroup(root, words, {group, save(fields) → Promise})
//     root: a shadow root with base.css and composer.css

import { segmented, toggle } from "./fields.js";
import { fill, h, icon, money } from "./dom.js";
import { priceLine } from "./price_line.js";

const LENGTHS = [15, 30, 60];
let opened = 0;

/** See above. */
export function useInAd(root, { words, price: priceWords }, { group, order, done }) {
  const final = group.final_attempt;
  const prompt = h("textarea", { id: "ad-prompt", class: "box", rows: 3, maxlength: 500, placeholder: group.title, oninput: () => { typed = true; quote(); } });
  let typed = false; // until then, what the studio would take: what the version shows, without talk of cameras
  const length = segmented("ad-length", words.adLength, LENGTHS.map((n) => ({ value: String(n), text: fill(words.seconds, { n }) })));
  const price = priceLine(priceWords, `/api/generation-groups/${group.id}/use-in-ad/estimate`, (said) => {
    if (!typed && said.prompt) prompt.value = said.prompt;
    return [fill(words.adPrice, { n: said.duration, aspect: said.aspect_ratio }), said.already_paid ? fill(words.adPaid, { cost: money(said.already_paid) }) : words.adMade].join(" · ");
  });
  length.node.addEventListener("input", quote);
  quote();
  ask(root, {
    title: words.adTitle, text: fill(words.adText, { label: final?.label ?? "" }), yes: words.adMake, no: words.keep, wide: true,
    content: [
      final?.thumbnail_url ? h("figure", { class: "ad-scene" }, h("img", { src: final.thumbnail_url, alt: "" }), h("figcaption", { class: "small" }, words.adScene)) : null,
      h("div", { class: "field" }, h("label", { for: "ad-prompt" }, words.adPrompt), prompt), length.node, price.node,
    ],
    go: async () => done((await order(asked())).generation_id),
  }, words);

  function asked() {
    const text = prompt.value.trim();
    return { ...(typed && text ? { prompt: text } : {}), duration: Number(length.value()) };
  }

  function quote() {
    price.ask(asked());
  }
}

/** See above. */
export function makeMissing(root, { words, price: priceWords }, { group, iteration, order }) {
  const n = iteration.n_failed;
  const price = priceLine(priceWords, `/api/generation-groups/${group.id}/missing/estimate`, () => { asking.ready(); return fill(words.priceFilms, { n, seconds: iteration.seconds }); });
  const asking = ask(root, {
    title: fill(n === 1 ? words.missingTitleOne : words.missingTitle, { n }), text: fill(words.missingText, { n: iteration.number, next: group.iterations.at(-1).number + 1 }),
    yes: words.missingMake, no: words.keep, content: [price.node], go: order, held: true,
  }, words);
  price.ask({ iteration: iteration.number });
}

/** See above. */
export function nameGroup(root, words, { group, save }) {
  const title = h("input", { type: "text", id: "group-title", maxlength: 200, value: group.title, required: true, autofocus: true });
  const tag = h("input", { type: "text", id: "group-tag", maxlength: 60, value: group.tag ?? "", placeholder: words.tagPlaceholder });
  const auto = toggle("auto-select", words.auto, words.autoHow);
  auto.set(group.auto_select);
  ask(root, {
    title: words.nameTitle, text: "", yes: words.save, no: words.keep,
    content: [
      h("div", { class: "field" }, h("label", { for: "group-title" }, words.nameLabel), title), h("div", { class: "field" }, h("label", { for: "group-tag" }, words.tagLabel), tag),
      h("div", { class: "switches" }, auto.node),
    ],
    go: () => save({
      ...(title.value.trim() !== group.title ? { title: title.value.trim() } : {}), ...(tag.value.trim() !== (group.tag ?? "") ? { tag: tag.value.trim() } : {}),
      ...(auto.value() !== group.auto_select ? { auto_select: auto.value() } : {}),
    }),
  }, words);
}

/** held: it can be agreed to only once ready() was called. */
function ask(root, { title, text, content, yes, no, go, wide = false, held = false }, words) {
  const id = `ask-${(opened += 1)}`;
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const send = h("button", { type: "submit", class: "primary", disabled: held }, yes);
  const before = root.activeElement;
  const dialog = h("dialog", { class: wide ? "dialog wide" : "dialog", "aria-labelledby": id },
    h("form", { class: "dialog-body", novalidate: true, onsubmit: submit }, h("h2", { id }, title), text ? h("p", {}, text) : null, ...content.filter(Boolean), trouble,
      h("div", { class: "dialog-foot" }, h("button", { type: "button", class: "secondary", onclick: () => dialog.close() }, no), send)));
  root.append(dialog);
  dialog.addEventListener("close", () => { dialog.remove(); if (before?.isConnected) before.focus({ preventScroll: true }); });
  dialog.showModal();

  async function submit(event) {
    event.preventDefault();
    if (send.disabled) return;
    send.disabled = true;
    trouble.hidden = true;
    try {
      await go();
      dialog.close();
    } catch (error) {
      trouble.replaceChildren(icon("alert"), h("span", {}, error.status ? error.message || words.actionFailed : words.offline));
      trouble.hidden = false;
      send.disabled = false;
    }
  }

  return { ready: () => { send.disabled = false; } };
}
