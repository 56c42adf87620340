// The manner a brand's type is set in: each shown in its own face, or left to the mood of the ad.
//
//   manners(page, save(value or null)) → {node, show(kit)}        save → Promise that rejects with the studio's own sentence

import { family } from "./brands_type.js";
import { h, icon } from "./dom.js";

/** See above. */
export function manners(page, save) {
  const { words, styles } = page;
  const fault = h("p", { class: "fault", role: "alert", hidden: true });
  const inputs = [null, ...styles].map((style) => h("input", { type: "radio", name: "kit-manner", value: style?.value ?? "" }));
  const tiles = [null, ...styles].map((style, n) => {
    const letters = h("span", { class: "aa", "aria-hidden": "true" }, style ? "Aa" : icon("wand"));
    if (style) letters.style.fontFamily = family(`style ${style.display}`, style.display);
    return h("label", { class: "manner" }, inputs[n], h("span", { class: "tile" }, letters, h("span", {}, style?.title ?? words.styleAuto)));
  });
  const node = h("fieldset", { class: "manners" }, h("legend", {}, words.style), h("div", { class: "tiles" }, tiles), fault);
  let shown = "";

  node.addEventListener("change", async () => {
    const wanted = inputs.find((input) => input.checked).value;
    fault.hidden = true;
    try {
      await save(wanted || null);
    } catch (error) {
      choose(shown);
      fault.replaceChildren(icon("alert"), h("span", {}, error.status ? error.message || words.actionFailed : words.offline));
      fault.hidden = false;
    }
  });

  function choose(value) {
    inputs.find((input) => input.value === value).checked = true;
  }

  function show(kit) {
    shown = kit.font_style ?? "";
    choose(shown);
  }

  return { node, show };
}
