// The frames that were looked for, newest first, whatever sets they are of.
//
//   heroFound(words, store, {favour(frame, on), said(text), offer(models)}) → {node, show(asked), rest()}
//     asked: URLSearchParams for GET /api/hero-frames.  rest(): nobody looks; what is still asked for is not shown
//   A frame that is a favourite no more stays until it is looked for again, so that nothing moves under a finger.

import { h, icon } from "./dom.js";
import { sides } from "./hero_terms.js";

const PAGE = 36;

/** See above. */
export function heroFound(words, store, { favour, said, offer }) {
  const wall = h("ul", { class: "favourites", "aria-label": words.found });
  const state = h("div", { class: "state", hidden: true });
  const more = h("button", { type: "button", class: "secondary more", hidden: true, onclick: next }, words.showMore);
  const node = h("div", { class: "found", hidden: true }, wall, state, more);
  let asked = null;
  let turn = 0;

  async function show(wanted) {
    node.hidden = false;
    asked = wanted;
    await load(0);
  }

  async function load(offset) {
    const mine = (turn += 1);
    wall.setAttribute("aria-busy", "true");
    try {
      const { total, frames, models } = await store.find(asked, PAGE, offset);
      if (mine !== turn) return;
      offer(models);
      if (offset) wall.append(...frames.map(cell));
      else wall.replaceChildren(...frames.map(cell));
      more.hidden = wall.children.length >= total;
      wall.hidden = !total;
      said(total);
      if (total) state.hidden = true;
      else if (String(asked) === "favorites=true") tell("heart", words.noFavourites, words.noFavouritesText);
      else tell("search", words.nothingTitle, words.nothingText, h("a", { class: "secondary", href: "#/hero" }, words.showAll));
    } catch (error) {
      if (mine !== turn) return;
      wall.hidden = true;
      more.hidden = true;
      said(null);
      tell("alert", words.failedTitle, error.status ? error.message : words.offline, h("button", { type: "button", class: "secondary", onclick: () => load(0) }, words.retry));
    }
    wall.removeAttribute("aria-busy");
  }

  async function next() {
    const before = wall.children.length;
    await load(before);
    wall.children[before]?.querySelector("a").focus({ preventScroll: true });
  }

  function cell(frame) {
    const { width, height } = sides(frame.aspect_ratio);
    const heart = h("button", { type: "button", class: "heart", "data-needs": "edit", onclick: () => flip() }, icon("heart"));
    const item = h("li", { class: `cell ${frame.primary ? "primary-frame" : ""}` },
      h("a", { class: "tile", href: `#/hero/${frame.set_id}?frame=${frame.id}`, "aria-label": [frame.prompt, frame.primary ? words.anchorLong : ""].filter(Boolean).join(", ") },
        h("span", { class: "shot" }, h("img", { src: frame.thumbnail_url ?? frame.image_url, alt: "", loading: "lazy" })), frame.primary ? h("span", { class: "anchor" }, icon("anchor"), h("span", {}, words.anchor)) : null), heart);
    let on = frame.favorite;
    item.style.setProperty("--ratio", String(width / height));
    dress();

    function dress() {
      heart.setAttribute("aria-pressed", String(on));
      heart.setAttribute("aria-label", on ? words.favouriteNot : words.favouriteDo);
    }

    async function flip() {
      if (!(await favour(frame, !on))) return;
      on = !on;
      dress();
    }

    return item;
  }

  function tell(glyph, title, text, action = null) {
    state.replaceChildren(h("span", { class: "emblem" }, icon(glyph)), h("h2", {}, title), h("p", {}, text), ...(action ? [action] : []));
    state.hidden = false;
  }

  return { node, show, rest: () => { turn += 1; node.hidden = true; } };
}
