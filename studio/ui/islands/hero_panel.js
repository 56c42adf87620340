// What can be done with one frame: look closely, keep, make it the anchor, see it again or otherwise, read how it was made.
//
//   heroPanel(words, limits, options, acts) → {node, heading, show({frame, set, name} | null), vary(), details(), fault(sentence), busy(on)}
//     acts: zoom(frame), favour(frame, on), anchor(frame), live(frame), again(frame), vary(frame, {choices, words}), edit(set)
//     name: "2.1".  vary(), details(): open that part and go there

import { fill, h, icon, money } from "./dom.js";
import { cameraHelpers, sides, termTitle } from "./hero_terms.js";
import { priceLine } from "./price_line.js";

const VARIED = ["light", "composition", "mood", "lens", "film_stock"];

/** See above. */
export function heroPanel(words, limits, options, acts) {
  let shown = null;
  let pictured = "";
  const heading = h("h2", { tabindex: "-1" });
  const badge = h("span", { class: "anchor" }, icon("anchor"), h("span", {}, words.anchor));
  const picture = h("button", { type: "button", class: "big", onclick: () => acts.zoom(shown.frame) });
  const first = h("button", { type: "button", class: "primary", "data-needs": "edit", onclick: () => (shown.frame.primary ? acts.live(shown.frame) : acts.anchor(shown.frame)) });
  const heart = h("button", { type: "button", class: "secondary keep", "data-needs": "edit", "aria-pressed": "false", onclick: () => acts.favour(shown.frame, !shown.frame.favorite) }, icon("heart"), h("span", {}, words.favouriteDo));
  const again = h("button", { type: "button", class: "secondary", "data-needs": "edit", title: words.againHint, onclick: () => acts.again(shown.frame) }, icon("again"), h("span", {}, words.again));
  const other = h("button", { type: "button", class: "secondary", "data-needs": "edit", "aria-expanded": "false", "aria-controls": "vary", onclick: () => { open(form.hidden); if (!form.hidden) form.scrollIntoView({ block: "nearest" }); } }, icon("branch"), h("span", {}, words.vary));
  const hint = h("p", { class: "small", "data-needs": "edit" });
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const price = priceLine(words, "/api/hero-frames/estimate", () => fill(words.priceAgain, { n: shown?.set.count ?? options.counts[0] }));
  const helpers = cameraHelpers(words, options.matters.filter(({ id }) => VARIED.includes(id)), { name: "vary", open: words.asNow, onchange: ready });
  const own = h("input", { id: "vary-words", type: "text", maxlength: limits.wordsMax, placeholder: words.varyPlaceholder, autocomplete: "off", oninput: ready });
  const submit = h("button", { type: "submit", class: "primary" }, h("span", {}), icon("arrow"));
  const form = h("form", { id: "vary", class: "vary", hidden: true, novalidate: true, onsubmit: (event) => { event.preventDefault(); if (!submit.disabled) acts.vary(shown.frame, changes()); } },
    h("h3", {}, words.varyTitle), helpers.node, h("div", { class: "field" }, h("label", { for: "vary-words" }, words.varyWords), own), submit);
  const made = h("div", { class: "made" });
  const details = h("details", {}, h("summary", {}, icon("chevron"), h("span", {}, words.details)), made);
  const body = h("div", { class: "inspected" }, h("header", {}, heading, badge), picture, h("div", { class: "acts", "data-needs": "edit" }, first, heart, again, other), hint, trouble, h("div", { "data-needs": "edit" }, price.node), form, details);
  const empty = h("div", { class: "teach" }, h("h2", {}, words.pickTitle), h("p", {}, words.pickText), h("dl", { class: "keys" }, words.keys.map(([key, what]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)))));
  const node = h("aside", { class: "inspector", "aria-label": words.inspector });

  function show(next) {
    const before = shown?.frame.id;
    shown = next;
    const part = next ? body : empty;
    if (node.firstChild !== part) node.replaceChildren(part);
    if (!next) return;
    const { frame, set, name } = next;
    if (before !== frame.id) { open(false); fault(""); details.open = false; }
    heading.textContent = fill(words.frame, { name });
    badge.hidden = !frame.primary;
    const { width, height } = sides(frame.aspect_ratio);
    picture.style.setProperty("--ratio", String(width / height));
    picture.setAttribute("aria-label", fill(words.zoomFrame, { name }));
    if (pictured !== frame.image_url) {
      pictured = frame.image_url;
      picture.replaceChildren(h("img", { src: frame.image_url, alt: frame.prompt, width: frame.width, height: frame.height }), icon("zoom"));
    }
    first.replaceChildren(icon(frame.primary ? "film" : "anchor"), h("span", {}, frame.primary ? words.live : words.makeAnchor));
    hint.textContent = frame.primary ? words.anchorIs : words.anchorWhat;
    heart.setAttribute("aria-pressed", String(frame.favorite));
    submit.firstChild.textContent = fill(words.varyDo, { n: set.count });
    const { prompt, choices, aspect_ratio, negative_prompt, model, count } = set;
    price.ask({ prompt, choices, aspect_ratio, count, ...(negative_prompt ? { negative_prompt } : {}), ...(model ? { model } : {}) });
    ready();
    tell(next);
  }

  function changes() {
    const chosen = Object.fromEntries(Object.entries(helpers.value()).filter(([matter, id]) => shown.set.choices?.[matter] !== id));
    return { choices: chosen, ...(own.value.trim() ? { words: own.value.trim() } : {}) };
  }

  function ready() {
    if (!shown) return;
    const { choices, words: said } = changes();
    submit.disabled = !Object.keys(choices).length && !said;
  }

  function open(on) {
    form.hidden = !on;
    other.setAttribute("aria-expanded", String(on));
    if (!on) { helpers.set({}); own.value = ""; }
    ready();
  }

  function tell({ frame, set }) {
    const chosen = Object.entries(frame.choices ?? {}).map(([matter, id]) => fact(options.matters.find((one) => one.id === matter)?.title ?? matter, termTitle(options.matters, matter, id)));
    const told = Object.entries(frame.made ?? {}).filter(([, value]) => ["string", "number"].includes(typeof value) && value !== "").map(([key, value]) => fact(words.madeNames[key] ?? key.replaceAll("_", " "), String(value)));
    made.replaceChildren(
      h("p", { class: "prompt-text" }, frame.prompt),
      h("div", { class: "acts" }, copier(words.copyPrompt, () => frame.prompt), copier(words.copySettings, () => settings(frame)),
        h("button", { type: "button", class: "quiet", onclick: () => acts.edit(set) }, icon("edit"), h("span", {}, words.edit))),
      h("dl", {}, ...(frame.negative_prompt ? [fact(words.negative, frame.negative_prompt)] : []), ...chosen, fact(words.model, frame.model || set.model || "–"), fact(words.seed, String(frame.seed ?? "–")),
        fact(words.size, `${frame.width} × ${frame.height}`), ...(typeof frame.cost === "number" ? [fact(words.cost, money(frame.cost))] : []), ...told),
      ...(Array.isArray(frame.made?.notes) ? frame.made.notes.map((note) => h("p", { class: "small" }, String(note))) : []));
  }

  function settings({ prompt, negative_prompt, choices, model, seed, aspect_ratio, width, height }) {
    return JSON.stringify({ prompt, negative_prompt, choices, model, seed, aspect_ratio, width, height }, null, 2);
  }

  function fact(name, value) {
    return h("div", {}, h("dt", {}, name), h("dd", {}, value));
  }

  function copier(label, text) {
    const said = h("span", { "aria-live": "polite" }, label);
    return h("button", { type: "button", class: "quiet", onclick: async () => {
      await copy(text(), node);
      said.textContent = words.copied;
      setTimeout(() => { said.textContent = label; }, 2000);
    } }, icon("copy"), said);
  }

  function fault(sentence) {
    trouble.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    trouble.hidden = !sentence;
  }

  function to(part, focus) {
    part.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    focus.focus({ preventScroll: true });
  }

  return {
    node, heading, show, fault,
    vary: () => { open(true); to(form, form.querySelector("button")); },
    details: () => { details.open = true; to(details, details.firstElementChild); },
    busy: (on) => { for (const button of [again, submit, first]) button.disabled = on; if (!on) ready(); },
  };
}

async function copy(text, near) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // not a secure context, or not allowed: the old way
    const box = h("textarea", { class: "sr", "aria-hidden": "true" }, text);
    near.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
}
