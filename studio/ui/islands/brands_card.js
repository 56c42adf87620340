// A brand as it looks: its face, set in its own colours and type, and the card of the list around it.
//
//   face(page, kit) → node          the name, the logo, the line and the button, as an end card has them
//   sheet(page, kit) → nodes        its colours and its type
//   kitCard(page, kit) → <li>       both, and where to go from here

import { fill, h, icon } from "./dom.js";
import { plateFor, readable } from "./brands_colors.js";
import { typeOf } from "./brands_type.js";

const GROUND = "#1B2029"; // of a brand without colours, whose ads choose their own

/** See above. kit: as GET /api/brands tells it; plated(yes): told whether the logo stands on a plate. */
export function face(page, kit, { heading = "h2", plated = () => {} } = {}) {
  const { words } = page;
  const type = typeOf(page.styles, kit);
  const [ground = GROUND, accent = kit.type_color] = kit.colors;
  const name = h(heading, { class: "face-name" }, kit.name);
  const node = h("div", { class: "face" },
    h("div", { class: "face-top" }, kit.logo_url ? logoOn(words, kit, ground, plated) : null),
    h("div", { class: "face-foot" }, name, h("i", { class: "rule", "aria-hidden": "true" }),
      kit.tone ? h("p", { class: "face-tone" }, kit.tone) : null,
      kit.call ? h("span", { class: "face-call" }, kit.call) : null));
  const set = { ground, type: kit.colors.length ? kit.type_color : readable(ground), accent, "on-accent": readable(accent), display: type.display, text: type.text };
  for (const [key, value] of Object.entries(set)) node.style.setProperty(`--kit-${key}`, value);
  name.style.setProperty("--chars", String(Math.max(6, [...kit.name].length)));
  name.style.letterSpacing = `${type.tracking}em`;
  if (type.caps) name.classList.add("caps");
  return node;
}

/** The logo, on a plate where it would drown. */
function logoOn(words, kit, ground, plated) {
  const image = h("img", { class: "face-logo", src: kit.logo_url, alt: fill(words.logoOf, { name: kit.name }) });
  image.addEventListener("load", () => {
    const plate = plateFor(image, ground);
    image.classList.toggle("plated", plate !== "");
    image.style.backgroundColor = plate;
    plated(plate !== "");
  });
  image.addEventListener("error", () => { image.hidden = true; plated(false); });
  return image;
}

/** See above. */
export function kitCard(page, kit) {
  const { words } = page;
  return h("li", { class: "kit" },
    h("a", { class: "to-face", href: `#/brands/${kit.id}`, "aria-label": fill(kit.may === "look" ? words.lookNamed : words.editNamed, { name: kit.name }) }, face(page, kit)),
    h("div", { class: "legend" }, ...sheet(page, kit),
      h("footer", {}, // a team's reviewers see its brand, and make no ads
        kit.may === "look" ? null : h("a", { class: "secondary", href: `#/?kit=${kit.id}`, "aria-label": fill(words.useNamed, { name: kit.name }) }, icon("wand"), h("span", {}, words.use)),
        h("a", { class: "quiet", href: `#/brands/${kit.id}`, "aria-label": fill(kit.may === "look" ? words.lookNamed : words.editNamed, { name: kit.name }) }, icon(kit.may === "look" ? "eye" : "edit"), h("span", {}, kit.may === "look" ? words.look : words.edit)))));
}

/** What it consists of: colours and type. */
export function sheet(page, kit) {
  const { words, styles } = page;
  const type = typeOf(styles, kit);
  return [
    kit.colors.length ? colorBar(words, kit) : h("p", { class: "small" }, words.none),
    h("div", { class: "types" }, ["display", "text"].map((role) => specimen(type[role], type.names[role], words.rolesShort[role]))),
  ];
}

/** The colours in their order, each with its number. */
function colorBar(words, kit) {
  return h("ul", { class: "color-bar", "aria-label": fill(words.colorsOf, { name: kit.name }) }, kit.colors.map((color) => {
    const chip = h("i", { "aria-hidden": "true" });
    chip.style.backgroundColor = color;
    return h("li", {}, chip, h("code", {}, color));
  }));
}

/** Two letters of a font, what it is called and what it is for. */
function specimen(family, name, role) {
  const letters = h("span", { class: "aa", "aria-hidden": "true" }, "Aa");
  letters.style.fontFamily = family;
  return h("div", { class: "specimen" }, letters, h("div", {}, h("b", {}, name), h("small", {}, role)));
}
