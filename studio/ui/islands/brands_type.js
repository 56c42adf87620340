// The type of brand kits: the studio's own typefaces by manner, a brand's own by content, loaded when something is set in them.
//
//   typeOf(styles, kit) → {display, text, caps, tracking, names: {display, text}}    families for font-family; names: as people know them

const faces = new Map(); // family → FontFace

/** What `kit` is set in; where it says nothing, the plainest of the studio's. styles: of studio/words/brands.py. */
export function typeOf(styles, kit) {
  const style = styles.find((one) => one.value === kit.font_style) ?? styles.find((one) => one.value === "modern_grotesk");
  const own = Object.fromEntries(kit.fonts.map((font) => [font.role, font]));
  const text = own.display ? own.text : undefined; // a font for small type alone is not used (studio/services/brands.py)
  return {
    display: own.display ? family(`own ${own.display.sha256}`, own.display.url) : family(`style ${style.display}`, style.display),
    text: text ? family(`own ${text.sha256}`, text.url) : family(`style ${style.text}`, style.text),
    caps: style.caps,
    tracking: style.tracking,
    names: { display: own.display?.title ?? style.names.display, text: text?.title ?? style.names.text },
  };
}

/** The family of the font at `url`; until it is there, and where it cannot be read, the page's own type stands in. */
export function family(name, url) {
  if (!faces.has(name)) {
    const face = new FontFace(name, `url("${url}")`, { display: "swap" });
    faces.set(name, face);
    document.fonts.add(face); // loaded when it is used first; fonts of the document hold in shadow roots
  }
  return `"${name}", var(--sans)`;
}
