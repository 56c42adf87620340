// The camera moves, each drawn: a product on its plinth as the viewfinder shows it, moving as the picture would while the pointer is on
// it, the keyboard is, or it is chosen (motion.css). An arrow says the same to those who asked for less motion.

import { h } from "./dom.js";
import { row } from "./fields.js";

const SVG = "http://www.w3.org/2000/svg";

/** In 72 × 48, what tells the move without moving. */
const ARROWS = {
  static: "M33 43h6",
  push_in: "M8 8l8 6M16 10v4h-4M64 8l-8 6M56 10v4h4M8 42l8-6M16 40v-4h-4M64 42l-8-6M56 40v-4h4",
  pull_out: "M16 14l-8-6M8 12V8h4M56 14l8-6M64 12V8h-4M16 36l-8 6M8 38v4h4M56 36l8 6M64 38v4h-4",
  dolly: "M24 43h24M44.500 40l3.500 3-3.500 3",
  pan: "M22 43q14-6 28 0M46 39.500l4 3.500-5 1.500",
  orbit: "M17 33q-4 9 19 9t19-9M58.500 36.500L55 33l-3.500 3",
  rise: "M62 36V14M58.500 17.500L62 14l3.500 3.500",
  handheld: "M20 43q4-4 8 0t8 0 8 0 8 0",
  rack_focus: "M12 20a5 5 0 1 0 .1 0M60 20a5 5 0 1 0 .1 0M19 43h34M49.500 40l3.500 3-3.500 3",
  light_reveal: "M10 6v6M18 9l-3 4M4 13l4 2.500",
};

/** → {node, value(), set(id), directed()}; cameras: [{id, title, what, directed}]. Changes bubble as `input`. */
export function cameraMoves(name, label, cameras) {
  const inputs = cameras.map((one, i) => h("input", { type: "radio", name, value: one.id, checked: i === 0, "aria-describedby": `${name}-what` }));
  const what = h("p", { id: `${name}-what`, class: "small", "aria-live": "polite" });
  const tiles = cameras.map((one, i) => h("label", { class: "move" }, inputs[i], drawn(one.id), h("span", {}, one.title)));
  const node = row(label, [h("div", { class: "moves" }, tiles), what], { group: true });
  node.addEventListener("input", tell);

  function chosen() {
    return cameras[Math.max(0, inputs.findIndex((input) => input.checked))];
  }

  function tell() {
    what.textContent = chosen().what;
  }

  tell();
  return {
    node,
    value: () => chosen().id,
    set: (id) => { (inputs.find((input) => input.value === id) ?? inputs[0]).checked = true; tell(); },
    directed: () => chosen().directed,
  };
}

/** The small picture of a move. */
export function drawn(move) {
  return svg("svg", { viewBox: "0 0 72 48", class: "drawn", "data-move": move, "aria-hidden": "true" },
    svg("rect", { width: 72, height: 48, class: "wall" }),
    svg("g", { class: "far" }, svg("rect", { x: -40, y: 33, width: 152, height: 40, class: "floor" }), svg("circle", { cx: 36, cy: 21, r: 14, class: "disc" })),
    svg("g", { class: "near" },
      svg("ellipse", { cx: 36, cy: 35, rx: 13, ry: 3.2, class: "plinth" }),
      svg("g", { class: "thing" },
        svg("path", { d: "M31.500 19.500q0-2.500 2.500-3v-4.500h4v4.500q2.500.5 2.500 3V33.500q0 1.500-1.500 1.500h-6q-1.500 0-1.500-1.500z", class: "body" }),
        svg("path", { d: "M33.600 20.500v12", class: "shine" }))),
    svg("rect", { width: 72, height: 48, class: "dark" }),
    svg("path", { d: ARROWS[move] ?? "", class: "arrow" }));
}

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
