// Type on the Editor's stage, set as the film sets it: its typefaces, sizes, capitals and buttons. Where a brand has fonts of its own the
// shipped ones of the same manner stand in; how type moves is not pretended.
//
//   block(type, caption) → the element of one title     type: of studio/words/editor_type.py, caption: of an edit

import { contrast, readable } from "./brands_colors.js";
import { family } from "./brands_type.js";
import { h } from "./dom.js";

const LEGIBLE = 4.5; // WCAG's contrast of what is written on a filled button

/** See above. */
export function block(type, caption) {
  const manner = type[caption.style.split("+")[0]];
  const node = h("div", { class: `block ${caption.position}` }, caption.lines.map((line) => paragraph(manner, line)));
  node.style.color = caption.color;
  node.style.setProperty("--accent-of", caption.accent);
  node.style.setProperty("--label-of", contrast(caption.color, caption.accent) >= LEGIBLE ? caption.color : readable(caption.accent));
  return node;
}

function paragraph(manner, line) {
  const voice = manner?.roles[line.role];
  const shape = line.role === "cta" ? manner?.button : line.role === "badge" ? manner?.badge : undefined;
  const node = h("p", { class: shape ? `${line.role} as-${shape}` : line.role }, line.text);
  if (!voice) return node;
  Object.assign(node.style, {
    fontFamily: family(`type ${voice.face}`, `/s/${voice.face}`),
    fontSize: `calc(${voice.size} * var(--short))`,
    letterSpacing: `${voice.tracking}em`,
    lineHeight: String(voice.leading),
    textTransform: voice.caps ? "uppercase" : "none",
  });
  return node;
}
