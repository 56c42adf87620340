// The prompt box with everything around it: what a person asks for, as the body of POST /api/generate. What is written is kept
// as a draft until it is ordered.

import { brandChoice } from "./brand_choice.js";
import { capabilityCard } from "./card.js";
import { fill, h, icon } from "./dom.js";
import { improvement } from "./improve.js";
import { optionsPanel } from "./options.js";
import { quoteLine } from "./quote.js";
import { teamChoice } from "./team_choice.js";

/** page: what studio/words/generate.py says. submit(brief): order it. changed(brief, photo): after every change.
 *  below: what stands under the prompt box, after the examples. */
export function composer(page, { submit, changed, below }) {
  const { words, limits } = page;
  const mac = /mac|iphone|ipad/i.test(navigator.platform);
  let draft = null; // where the draft is kept, once it is known whose it is
  let pinned = ""; // the brand kit that the address asked for, until the draft is there

  const prompt = h("textarea", {
    id: "prompt", rows: 3, placeholder: words.promptPlaceholder, "aria-describedby": "counter trouble", autocomplete: "off", spellcheck: "true",
  });
  const counter = h("span", { id: "counter", class: "counter" });
  const trouble = h("p", { id: "trouble", class: "trouble", role: "alert", hidden: true });
  const notice = h("p", { class: "notice", role: "status", hidden: true });
  const card = capabilityCard(page);
  const quote = quoteLine(page);
  const kit = brandChoice(page, () => react());
  const team = teamChoice(page.ordering, "compose", { changed: () => react(), invited });
  let asking = ""; // the invitation that is told above the box
  const options = optionsPanel(page, () => { summarise(); react(); });
  const better = improvement(page, { brief, accept: replace, complain, tell, done: () => prompt.focus() });
  const summary = h("span", { class: "summary" });
  const opener = h("button", { type: "button", class: "quiet", "aria-expanded": "false", "aria-controls": "options", onclick: toggle },
    icon("sliders"), h("span", { class: "opener" }, words.options), summary);
  const go = h("button", { type: "submit", class: "primary", "aria-keyshortcuts": "Control+Enter Meta+Enter" }, h("span", {}, words.make), icon("arrow"));
  const hint = h("kbd", { class: "hint", "aria-hidden": "true" }, fill(words.shortcut, { key: mac ? "⌘" : "Ctrl" }));

  const form = h("form", { class: "composer", novalidate: true, onsubmit: (event) => { event.preventDefault(); send(); } },
    h("label", { for: "prompt", class: "sr" }, words.promptLabel),
    prompt,
    h("div", { class: "tools" }, better.opener, kit.node, team.node, counter),
    h("div", { class: "foot" }, opener, hint, go),
    options.node);

  const chips = page.examples.map(({ title, prompt: text }) => h("li", {},
    h("button", { type: "button", class: "chip", title: text, onclick: () => { prompt.value = text; typed(); prompt.focus(); } }, title)));

  const heading = h("h1", { tabindex: "-1" }, words.title);
  const node = h("section", { class: "view" },
    h("div", { class: "intro" }, heading, h("p", { class: "lead" }, words.lead)),
    notice,
    form,
    trouble,
    better.node,
    h("div", { class: "beneath" }, h("div", { class: "quote-row" }, quote.node, h("a", { class: "quiet", href: "#/variants" }, icon("branch"), h("span", {}, words.variants))), card.node),
    h("div", { class: "examples" }, h("p", { id: "examples", class: "small" }, words.examples), h("ul", { "aria-labelledby": "examples" }, chips)),
    below);

  prompt.addEventListener("input", typed);
  prompt.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); }
  });
  new ResizeObserver(grow).observe(prompt); // it has no height of its own while its tab is closed
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) form.classList.remove("dropping"); });
  form.addEventListener("drop", (event) => { form.classList.remove("dropping"); bring(event, event.dataTransfer.files); });
  form.addEventListener("paste", (event) => { if (!event.clipboardData.types.includes("text/plain")) bring(event, event.clipboardData.files); });

  function bring(event, files) {
    if (!files.length) return;
    event.preventDefault();
    open(true);
    options.takePhoto(files[0]);
  }

  function length() {
    return [...prompt.value.trim()].length;
  }

  function grow() {
    if (!prompt.offsetParent) return;
    prompt.style.height = "auto";
    prompt.style.height = `${prompt.scrollHeight}px`;
  }

  function typed() {
    const n = length();
    counter.textContent = `${n} / ${limits.promptMax}`;
    counter.setAttribute("aria-label", fill(words.counter, { n, max: limits.promptMax }));
    counter.classList.toggle("over", n > limits.promptMax);
    grow();
    complain("");
    react();
  }

  /** After every change, by hand or not. */
  function react() {
    const asked = brief();
    quote.ask(asked);
    draft?.keep({ brief: asked, photo: options.photo() });
    changed(asked, options.photo());
  }

  function toggle() {
    open(options.node.hidden);
  }

  function open(on) {
    options.node.hidden = !on;
    opener.setAttribute("aria-expanded", String(on));
  }

  /** Somebody asks them into a team: said where they are, answered on their Profile page. */
  function invited([one]) {
    const { asked, answer, roles } = page.ordering;
    const text = one ? fill(asked, { team: one.team, role: roles[one.role] }) : "";
    if (text && notice.hidden) tell(text, h("a", { class: "link", href: "#/profile" }, answer));
    else if (!text && asking && notice.textContent.startsWith(asking)) tell("");
    asking = text;
  }

  function summarise() {
    const chosen = options.summary();
    summary.textContent = chosen.length ? chosen.join(" · ") : words.optionsAuto;
    opener.classList.toggle("some", chosen.length > 0);
  }

  function brief() {
    return { prompt: prompt.value.trim(), ...options.value(), kit: kit.value() || null, team: team.value() || null };
  }

  function send() {
    if (go.disabled) return;
    const n = length();
    if (n < limits.promptMin) return complain(fill(words.tooShort, { min: limits.promptMin }));
    if (n > limits.promptMax) return complain(fill(words.tooLong, { max: limits.promptMax }));
    if (options.sending()) return complain(words.photoWait);
    complain("");
    tell("");
    submit(brief());
  }

  /** The improved prompt takes the place of the one typed; Undo brings that back. */
  function replace(text) {
    const before = prompt.value;
    prompt.value = text;
    typed();
    tell(words.accepted, h("button", { type: "button", class: "link", onclick: () => { prompt.value = before; typed(); tell(""); prompt.focus(); } }, words.undo));
    go.focus();
  }

  /** Show one sentence of trouble, or none; the prompt stays as it is. */
  function complain(sentence) {
    trouble.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    trouble.hidden = !sentence;
    prompt.setAttribute("aria-invalid", String(Boolean(sentence)));
    form.classList.toggle("troubled", Boolean(sentence));
    if (sentence) prompt.focus();
  }

  /** Show one sentence above the box, with something to press behind it, or none. */
  function tell(sentence, action = null) {
    notice.replaceChildren(...[h("span", {}, sentence), action].filter(Boolean));
    notice.hidden = !sentence;
  }

  /** Put `asked` into the box and the options; photo: the upload behind its product_image_id, as far as it is known. */
  function choose(asked, photo = null) {
    better.close();
    prompt.value = asked.prompt ?? "";
    options.choose(asked, photo);
    kit.set(asked.kit);
    team.set(asked.team);
    summarise();
    typed();
  }

  summarise();
  typed();
  return {
    node,
    heading,
    complain,
    tell,
    brief,
    choose,
    grow,
    focus: () => prompt.focus(),
    photo: options.photo,
    /** Make the next ad for this brand kit. */
    pin: (id) => { pinned = id; kit.set(id); react(); },
    busy: (on) => { go.disabled = on; go.firstChild.textContent = on ? words.starting : words.make; },
    able: (capabilities) => { card.show(capabilities); if (capabilities) options.offer(capabilities); },
    /** From now on what is written is kept in `kept` (draft.js); what was kept there comes back. */
    keepIn: (kept) => {
      const found = kept.read();
      if (found?.brief && !prompt.value) choose(found.brief, found.photo);
      if (pinned) kit.set(pinned);
      draft = kept;
      react();
    },
    /** An empty box again, as after an order. */
    clear: () => { choose({}); open(false); draft?.drop(); },
  };
}
