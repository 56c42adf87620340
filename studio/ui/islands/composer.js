// The prompt box with its options: what a person asks for, as the body of POST /api/ads.

import { fill, h, icon } from "./dom.js";
import { optionsPanel } from "./options.js";

/** page: what studio/words.py says. submit(brief), changed(brief): called with the body of POST /api/ads. */
export function composer(page, { submit, changed }) {
  const { words, limits } = page;
  const mac = /mac|iphone|ipad/i.test(navigator.platform);

  const prompt = h("textarea", {
    id: "prompt", rows: 3, placeholder: words.promptPlaceholder, "aria-describedby": "counter trouble", autocomplete: "off", spellcheck: "true",
  });
  const counter = h("span", { id: "counter", class: "counter" });
  const trouble = h("p", { id: "trouble", class: "trouble", role: "alert", hidden: true });
  const notice = h("p", { class: "notice", role: "status", hidden: true });
  const options = optionsPanel(page, () => { summarise(); changed(brief()); });
  const summary = h("span", { class: "summary" });
  const opener = h("button", { type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": "options", onclick: toggle },
    icon("sliders"), h("span", {}, words.options), summary);
  const go = h("button", { type: "submit", class: "primary", "aria-keyshortcuts": "Control+Enter Meta+Enter" }, h("span", {}, words.make), icon("arrow"));

  const form = h("form", { class: "composer", novalidate: true, onsubmit: (event) => { event.preventDefault(); send(); } },
    h("label", { for: "prompt", class: "sr" }, words.promptLabel),
    prompt,
    h("div", { class: "foot" }, opener, counter, go),
    options.node);

  const chips = page.examples.map((text) => h("li", {},
    h("button", { type: "button", class: "chip", onclick: () => { prompt.value = text; typed(); prompt.focus(); } }, text)));

  const heading = h("h1", { tabindex: "-1" }, words.title);
  const node = h("section", { class: "view" },
    heading,
    h("p", { class: "lead" }, words.lead),
    notice,
    form,
    trouble,
    h("div", { class: "examples" }, h("p", { id: "examples", class: "small" }, words.examples), h("ul", { "aria-labelledby": "examples" }, chips)));

  const hint = h("kbd", { class: "hint", "aria-hidden": "true" }, fill(words.shortcut, { key: mac ? "⌘" : "Ctrl" }));
  go.before(hint);

  prompt.addEventListener("input", typed);
  prompt.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); }
  });

  function length() {
    return [...prompt.value.trim()].length;
  }

  function typed() {
    const n = length();
    counter.textContent = `${n} / ${limits.promptMax}`;
    counter.setAttribute("aria-label", fill(words.counter, { n, max: limits.promptMax }));
    counter.classList.toggle("over", n > limits.promptMax);
    prompt.style.height = "auto";
    prompt.style.height = `${prompt.scrollHeight}px`;
    complain("");
    changed(brief());
  }

  function toggle() {
    const open = options.node.hidden;
    options.node.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  }

  function summarise() {
    const chosen = options.summary();
    summary.textContent = chosen.length ? chosen.join(" · ") : words.optionsAuto;
  }

  function brief() {
    return { prompt: prompt.value.trim(), ...options.value() };
  }

  function send() {
    if (go.disabled) return;
    const n = length();
    if (n < limits.promptMin) return complain(fill(words.tooShort, { min: limits.promptMin }));
    if (n > limits.promptMax) return complain(fill(words.tooLong, { max: limits.promptMax }));
    complain("");
    notice.hidden = true;
    submit(brief());
  }

  /** Show one sentence of trouble, or none; the prompt stays as it is. */
  function complain(sentence) {
    trouble.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    trouble.hidden = !sentence;
    prompt.setAttribute("aria-invalid", String(Boolean(sentence)));
    form.classList.toggle("troubled", Boolean(sentence));
    if (sentence) prompt.focus();
  }

  summarise();
  typed();
  return {
    node,
    heading,
    complain,
    brief,
    focus: () => prompt.focus(),
    grow: typed,
    tell: (sentence) => { notice.textContent = sentence; notice.hidden = !sentence; },
    busy: (on) => { go.disabled = on; go.firstChild.textContent = on ? words.starting : words.make; },
    fill: (asked) => { prompt.value = asked.prompt; options.fill(asked); summarise(); typed(); },
  };
}
