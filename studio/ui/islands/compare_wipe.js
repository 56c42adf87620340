// The edge between two films that are laid over each other: drawn with the pointer, moved with the arrow keys.
//
//   wipe(words) → {node, show(labels)}   labels: [left, right], or null: nothing is laid over anything

import { fill, h } from "./dom.js";
import { compareIcon } from "./compare_icons.js";

const STEPS = { ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10 };

/** See above. The edge is told to the films as --edge, in percent, on the parent. */
export function wipe(words) {
  const grip = h("div", { class: "grip-edge", role: "slider", tabindex: "0", "aria-label": words.edge, "aria-valuemin": "0", "aria-valuemax": "100", "aria-orientation": "horizontal" }, h("i", {}, compareIcon("wipeGrip")));
  const sides = [h("b", { class: "side-name left" }), h("b", { class: "side-name right" })];
  const node = h("div", { class: "edge", hidden: true }, ...sides, grip);
  let at = 50;

  function put(percent) {
    at = Math.min(100, Math.max(0, percent));
    node.parentElement?.style.setProperty("--edge", `${at}%`);
    grip.setAttribute("aria-valuenow", String(Math.round(at)));
  }

  function go(event) {
    const box = node.getBoundingClientRect();
    put(((event.clientX - box.x) / box.width) * 100);
  }

  node.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    node.setPointerCapture(event.pointerId);
    grip.focus({ preventScroll: true });
    go(event);
  });
  node.addEventListener("pointermove", (event) => { if (node.hasPointerCapture(event.pointerId)) go(event); });
  grip.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (STEPS[event.key]) put(at + STEPS[event.key]);
    else if (event.key === "Home" || event.key === "End") put(event.key === "Home" ? 0 : 100);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function show(labels) {
    node.hidden = !labels;
    if (!labels) return;
    sides.forEach((side, i) => { side.textContent = labels[i]; });
    grip.setAttribute("aria-label", fill(words.edge, { left: labels[0], right: labels[1] }));
    put(at);
  }

  return { node, show };
}
