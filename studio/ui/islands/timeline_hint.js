// While somebody drags: a bubble that says what it would be, and a line where an edge was caught.
//
//   hintOf(scale()) → {nodes, show(frame, text, caught), hide()}   frame: where the bubble stands; caught: the frame that snapped, or null

import { h } from "./dom.js";

/** See above. */
export function hintOf(scale) {
  const bubble = h("div", { class: "bubble", hidden: true, "aria-hidden": "true" }, h("span", {}));
  const line = h("div", { class: "snap-line", hidden: true, "aria-hidden": "true" });

  function show(frame, text, caught) {
    bubble.hidden = false;
    bubble.firstChild.textContent = text;
    bubble.style.left = `${Math.max(bubble.offsetWidth / 2, frame * scale())}px`;
    line.hidden = caught === null;
    if (caught !== null) line.style.transform = `translateX(${caught * scale()}px)`;
  }

  function hide() {
    bubble.hidden = true;
    line.hidden = true;
  }

  return { nodes: [bubble, line], show, hide };
}
