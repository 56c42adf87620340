// What could be asked differently: from what was measured, and from what somebody says in their own words. Each is shown as what it
// changes, and changes nothing before it is taken.
//
//   advicePanel(words, {suggest(said, signal), names, measures, take(change), untake(change)}) → {node, show(key), forget()}
//     suggest: Promise of {suggestions: [{because, sentence, field, before, after}]}.  take: the form follows it; untake: as before
//     show(key): of this attempt; asked for once per key

import { fill, h, icon } from "./dom.js";

/** See above. */
export function advicePanel(words, { suggest, names, measures, take, untake }) {
  const said = h("input", { type: "text", maxlength: 500, placeholder: words.sayPlaceholder, "aria-label": words.say, autocomplete: "off" });
  const go = h("button", { type: "submit", class: "secondary", "aria-label": words.suggest }, icon("wand"));
  const chips = h("div", { class: "chips" }, words.remarks.map((text) => h("button", { type: "button", class: "chip", onclick: () => { said.value = text; ask(text); } }, text)));
  const list = h("ul", { class: "advice-list" });
  const state = h("p", { class: "small", role: "status" });
  const node = h("section", { class: "advice" }, h("h2", {}, words.adviceTitle), h("form", { onsubmit: (event) => { event.preventDefault(); ask(said.value.trim()); } }, said, go), chips, state, list);
  let shown = "";
  let aborter = null;

  function show(key) {
    if (key === shown) return;
    shown = key;
    said.value = "";
    ask("");
  }

  async function ask(text) {
    aborter?.abort();
    aborter = new AbortController();
    const mine = aborter;
    node.setAttribute("aria-busy", "true");
    state.textContent = text ? words.thinking : "";
    try {
      const { suggestions } = await suggest(text, mine.signal);
      if (mine.signal.aborted) return;
      list.replaceChildren(...suggestions.map(card));
      state.textContent = suggestions.length ? "" : text ? words.noAdviceSaid : words.noAdvice;
    } catch (error) {
      if (mine.signal.aborted) return;
      list.replaceChildren();
      state.textContent = error.status ? error.message : words.offline;
    }
    node.removeAttribute("aria-busy");
  }

  function card(change) {
    const button = h("button", { type: "button", class: "secondary", "aria-pressed": "false", onclick: flip }, icon("plus"), h("span", {}, words.accept));
    const row = h("li", {}, h("p", { class: "because" }, named(change.because)), h("p", {}, change.sentence), h("p", { class: "diff" }, names().change(change)), button);

    function flip() {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      button.replaceChildren(icon(on ? "check" : "plus"), h("span", {}, on ? words.accepted : words.accept));
      row.classList.toggle("taken", on);
      if (on) take(change);
      else untake(change);
    }

    return row;
  }

  /** A sentence with measures by their names for people. */
  function named(sentence) {
    return sentence.replace(/\b(vbench|proxy)\.(\w+)/g, (_, kind, metric) => fill(words.measureNamed, { name: measures[metric] ?? metric.replaceAll("_", " "), kind: kind === "vbench" ? words.kindExact : words.kindProxy }));
  }

  return { node, show, forget: () => { shown = ""; } };
}
