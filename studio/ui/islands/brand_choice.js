// Which brand an ad is made for: a quiet list beside the prompt, for people who have brand kits; nothing for all others.
//
//   brandChoice(page, changed) → {node, value(), set(id)}        value(): id of a kit that is there, "" for none

import { api } from "./api.js";
import { offerKits } from "./brief.js";
import { h, icon } from "./dom.js";
import { onRoute } from "./router.js";

/** See above. changed(): called when another brand was chosen, and when the one that was chosen turns out to be gone. */
export function brandChoice(page, changed) {
  const { words } = page;
  const dot = h("i", { class: "kit-dot", "aria-hidden": "true" });
  const select = h("select", { id: "kit", "aria-label": words.kit, onchange: () => { wanted = select.value; draw(); changed(); } });
  const node = h("div", { class: "kit-choice", hidden: true }, dot, select, icon("chevron"));
  let kits = null; // null until it is known which there are
  let wanted = "";

  function value() {
    return kits && !kits.some((kit) => kit.id === wanted) ? "" : wanted;
  }

  async function load() {
    try {
      kits = (await api("/api/brands")).brands.filter((kit) => kit.may !== "look"); // a team's reviewers see its brand, and make no ads
    } catch {
      return; // what was known of them holds
    }
    offerKits(kits.map((kit) => kit.id));
    const gone = wanted !== value();
    wanted = value();
    select.replaceChildren(h("option", { value: "" }, words.kitNone), ...kits.map((kit) => h("option", { value: kit.id }, kit.name)));
    draw();
    if (gone) changed();
  }

  function draw() {
    const kit = kits?.find((one) => one.id === wanted);
    select.value = kit?.id ?? "";
    node.hidden = !kits?.length;
    node.classList.toggle("chosen", Boolean(kit));
    const [ground = "transparent", accent = ground] = kit?.colors ?? [];
    dot.style.background = `linear-gradient(135deg, ${ground} 50%, ${accent} 50%)`;
  }

  onRoute(({ name }) => { if (name === "compose") load(); }); // it may have been made, or removed, meanwhile
  load();
  return { node, value, set: (id) => { wanted = id ?? ""; draw(); } };
}
