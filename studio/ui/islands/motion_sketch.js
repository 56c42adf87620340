// A sketch of a camera's move on a still: the flat picture moved as the film will move, at its pace and as far. Styled by motion.css;
// with less motion asked for it stands still.
//
//   motionSketch() → {node, picture(url, ratio), show(motion)}   motion: {camera, direction, intensity, speed, slow_motion}

import { h } from "./dom.js";

/** See above. */
export function motionSketch() {
  const image = h("img", { alt: "" });
  const dark = h("i", { class: "dark" });
  const node = h("div", { class: "sketch" }, image, dark);

  function picture(url, ratio) {
    if (image.getAttribute("src") !== url) image.src = url;
    node.style.setProperty("--ratio", String(ratio));
  }

  function show({ camera, direction, intensity, speed, slow_motion: slow }) {
    node.dataset.move = camera;
    node.style.setProperty("--amount", String(Math.max(0.15, intensity)));
    node.style.setProperty("--toward", direction === "left" ? "1" : "-1");
    node.style.setProperty("--pace", `${slow || speed === "slow_motion" ? 7 : speed === "brisk" ? 2.6 : 4}s`);
    for (const animation of [...image.getAnimations(), ...dark.getAnimations()]) animation.currentTime = 0; // a change is seen from its beginning
  }

  return { node, picture, show };
}
