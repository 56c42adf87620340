// The captions' lane: every phrase as a block at its time, chosen and opened; what is hidden stands there struck out, what is a title already in italics.
// A block is as long as the phrase is seen; where that is longer than its words are said, a line at its foot says how long these are.
//
//   captionLane(words, {drag(event, id, how: "move", "head" or "tail"), pick(id)}) → {node, show(edit, scale), dress(fn(node, id)), find(id)}

import { phrases, wordsOf } from "./captions_model.js";
import { fill, h } from "./dom.js";
import { timecode } from "./timeline_model.js";

const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };
const set = (node, name, value) => { if (node.getAttribute(name) !== value) node.setAttribute(name, value); };

/** See above. */
export function captionLane(words, { drag, pick }) {
  const node = h("div", { class: "lane phrases", role: "listbox", "aria-label": words.laneCaptions, hidden: true });
  const blocks = new Map();

  function show(edit, scale) {
    const all = phrases(edit);
    const seen = new Set(all.map((one) => one.id));
    node.hidden = !all.length;
    for (const [id, one] of blocks) if (!seen.has(id)) { one.remove(); blocks.delete(id); }
    all.forEach((phrase, i) => {
      const one = blocks.get(phrase.id) ?? block(phrase.id);
      one.style.transform = `translateX(${phrase.start * scale}px)`;
      const w = Math.max(8, phrase.n_frames * scale - 2);
      one.style.width = `${w}px`;
      const said = wordsOf(edit, phrase);
      const lasts = (said.start + said.n_frames - phrase.start) * scale;
      one.style.setProperty("--said", `${lasts}px`);
      set(one, "data-stays", String(phrase.n_frames * scale - lasts > 4));
      set(one, "data-narrow", String(w < 88));
      set(one, "data-hidden", String(phrase.hidden));
      put(one.firstChild, phrase.text);
      const told = fill(words.captionLabel, { text: phrase.text, at: timecode(phrase.start, edit.fps), n: (phrase.n_frames / edit.fps).toFixed(2) });
      set(one, "data-typed", String(phrase.typed));
      set(one, "aria-label", phrase.hidden || phrase.typed ? fill(phrase.hidden ? words.captionHidden : words.captionTyped, { what: told }) : told);
      set(one, "title", phrase.text);
      if (node.children[i] !== one) node.insertBefore(one, node.children[i] ?? null);
    });
  }

  function block(id) {
    const one = h("div", { class: "phrase", role: "option", tabindex: "-1", onpointerdown: (event) => drag(event, id, "move"), ondblclick: () => pick(id),
      onkeydown: (event) => { if (event.key === "Enter") { event.preventDefault(); pick(id); } } }, h("span", {}),
    ...["head", "tail"].map((edge) => h("i", { class: `handle ${edge}`, "aria-hidden": "true", onpointerdown: (event) => drag(event, id, edge) })));
    blocks.set(id, one);
    return one;
  }

  return { node, show, find: (id) => blocks.get(id), dress: (fn) => { for (const [id, one] of blocks) fn(one, id); } };
}
