// Captions in the Editor: what is said at a frame over the stage, and how they are shown, among what can be set of the whole film.
//
//   saying() → {node, show(edit, frame)}     captionFields(edit, choices, words, field, act) → nodes of the inspector, none without captions

import { fill, h } from "./dom.js";

/** What stands over the picture: the page of words that is said; the word itself is marked where the style marks it. */
export function saying() {
  const node = h("div", { class: "said", "aria-hidden": "true" });
  let shown = "";

  function show(edit, frame) {
    const page = (edit.cues ?? []).flatMap((one) => one.pages).find((one) => frame >= one.start && frame < one.start + one.n_frames);
    const now = page ? page.words.findLastIndex(([, start]) => frame - page.start >= start) : -1;
    const raised = edit.captions.some((one) => one.position === "bottom" && frame >= one.start && frame < one.start + one.n_frames);
    const key = page ? JSON.stringify([page.start, page.words, now, edit.captioned, raised, edit.safe]) : "";
    if (key === shown) return;
    shown = key;
    if (!page) return node.replaceChildren();
    const { style, color, accent } = edit.captioned;
    const marked = (i) => style === "highlight" && i === now;
    const line = h("p", { class: `${style} ${light(color) ? "light" : "dark"}` },
      page.words.map(([text], i) => h("span", { class: marked(i) ? "lit" : "" }, text)));
    line.style.setProperty("--lit", accent);
    node.style.bottom = `${(edit.safe[3] + 0.01) * 100}%`;
    node.classList.toggle("raised", raised);
    node.style.top = raised ? `${edit.safe[1] * 100}%` : "";
    node.replaceChildren(line);
  }

  return { node, show };
}

/** How captions are shown, and what each of them says. */
export function captionFields({ cues = [], captioned, fps }, choices, words, field, act) {
  if (!cues.length) return [];
  return [
    field.choice("captioned", words.captions, choices.caption_styles, captioned.style, words.captionStyles, (to) => act({ action: "captions", to })),
    ...(captioned.style === "off" ? [] : cues.map((cue, i) =>
      field.words(`cue-${i}`, fill(words.captionAt, { time: (cue.start / fps).toFixed(1) }), cue.text, (said) => {
        if (said === cue.text) return false;
        act({ action: "edit_caption", cue: i, text: said });
        return true;
      }))),
  ];
}

/** Whether a colour is light enough for a dark ground. */
function light(color) {
  const [r, g, b] = [1, 3, 5].map((k) => parseInt(color.slice(k, k + 2), 16) / 255);
  return 0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2 > 0.18;
}
