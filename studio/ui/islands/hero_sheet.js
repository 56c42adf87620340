// One set as a contact sheet: its frames in order, those to come as empty frames of the right shape, each with its number, its heart and,
// when it is the one, its mark as anchor.
//
//   contactSheet(words, {pick(frame), zoom(frame), favour(frame, on), anchor(frame)}) → {node, show(set, {number, selected}), tile(id)}
//     pick: a click, or moving there by the arrow keys and Enter; zoom: a second click (so a double click) or Z.  number: of the set in its tree

import { fill, h, icon } from "./dom.js";
import { sides } from "./hero_terms.js";
import { running } from "./hero_store.js";

/** See above. */
export function contactSheet(words, acts) {
  const node = h("ol", { class: "frames", onkeydown: arrows });
  const tiles = new Map(); // position → tile
  let set = null;

  function show(next, { number = 0, selected = "" } = {}) {
    set = next;
    const { width, height } = sides(set.aspect_ratio);
    node.style.setProperty("--ratio", String(width / height));
    node.dataset.shape = width > height ? "wide" : width < height ? "tall" : "square";
    node.setAttribute("aria-label", fill(words.sheet, { n: set.frames.length || set.count }));
    const count = Math.max(set.count, set.frames.length);
    for (const at of [...tiles.keys()]) if (at >= count) { tiles.get(at).node.remove(); tiles.delete(at); }
    const sorted = [...set.frames].sort((a, b) => a.position - b.position);
    const next_ = sorted.findIndex((frame) => !frame.image_url && frame.status !== "failed");
    for (let i = 0; i < count; i += 1) {
      if (!tiles.has(i)) { tiles.set(i, frameTile(words, acts)); node.append(tiles.get(i).node); }
      tiles.get(i).show(sorted[i] ?? null, { set, i, number, selected, lit: running(set) && (next_ < 0 ? i === sorted.length : i === next_) && set.status === "processing" });
    }
    const all = [...tiles.values()];
    const tabbed = all.find((one) => one.frame()?.id === selected) ?? all.find((one) => one.frame()?.image_url);
    all.forEach((one) => one.tab(one === tabbed));
  }

  /** Arrow keys move through every frame of the page, row by row as they stand. */
  function arrows(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 0, ArrowUp: 0 }[event.key];
    if (step === undefined || !event.target.matches(".tile")) return;
    const all = [...node.getRootNode().querySelectorAll(".sheets .tile:not(:disabled)")];
    const at = all.indexOf(event.target);
    const to = step ? all[at + step] : below(all, event.target, event.key === "ArrowDown");
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  return { node, show, tile: (id) => [...tiles.values()].find((one) => one.frame()?.id === id)?.button };
}

/** The nearest tile in the next row down, or up. */
function below(all, from, down) {
  const middle = (tile) => { const box = tile.getBoundingClientRect(); return { x: box.x + box.width / 2, y: box.y + box.height / 2, h: box.height }; };
  const here = middle(from);
  const others = all.map((tile) => ({ tile, at: middle(tile) })).filter(({ at }) => (down ? at.y > here.y + here.h / 2 : at.y < here.y - here.h / 2));
  const off = ({ at }) => Math.abs(at.y - here.y);
  const row = Math.min(...others.map(off)) + here.h / 2;
  return others.filter((one) => off(one) < row).sort((a, b) => Math.abs(a.at.x - here.x) - Math.abs(b.at.x - here.x))[0]?.tile;
}

function frameTile(words, { pick, zoom, favour, anchor }) {
  let frame = null;
  let selected = false;
  let pictured = "";
  const picture = h("span", { class: "shot" });
  const badge = h("span", { class: "anchor", hidden: true }, icon("anchor"), h("span", {}, words.anchor));
  const edge = h("span", { class: "edge", "aria-hidden": "true" });
  const button = h("button", { type: "button", class: "tile", onclick: press, onkeydown: keys }, picture, badge);
  const heart = h("button", { type: "button", class: "heart", "data-needs": "edit", "aria-pressed": "false", hidden: true, onclick: () => favour(frame, !frame.favorite) }, icon("heart"));
  const node = h("li", { class: "cell" }, button, heart, edge);

  function press() {
    if (!frame?.image_url) return;
    if (selected || matchMedia("(max-width: 1023px)").matches) zoom(frame);
    else pick(frame);
  }

  function keys(event) {
    const act = { f: () => favour(frame, !frame.favorite), p: () => anchor(frame), z: () => zoom(frame) }[event.key.toLowerCase()];
    if (!act || !frame?.image_url || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  }

  function show(next, { set, i, number, selected: id, lit }) {
    frame = next;
    selected = Boolean(frame) && frame.id === id;
    const made = Boolean(frame?.image_url);
    const failed = frame?.status === "failed" || (!made && !running(set));
    node.dataset.state = made ? "made" : failed ? "failed" : lit ? "lit" : "waiting";
    button.disabled = !made;
    if (selected) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    const name = number ? `${number}.${i + 1}` : String(i + 1);
    edge.textContent = name;
    const told = [fill(words.frame, { name }), made ? "" : failed ? words.frameFailed : words.frameWaiting, frame?.primary ? words.anchorLong : "", frame?.favorite ? words.favourite : ""];
    button.setAttribute("aria-label", told.filter(Boolean).join(", "));
    badge.hidden = !frame?.primary;
    node.classList.toggle("primary-frame", Boolean(frame?.primary));
    heart.hidden = !made;
    heart.setAttribute("aria-pressed", String(Boolean(frame?.favorite)));
    heart.setAttribute("aria-label", fill(words.favourFrame, { name }));
    const kind = frame?.thumbnail_url ?? frame?.image_url ?? (failed ? "failed" : "waiting");
    if (kind === pictured) return;
    pictured = kind;
    if (made) picture.replaceChildren(h("img", { src: frame.thumbnail_url ?? frame.image_url, alt: "", decoding: "async", draggable: "false" }));
    else picture.replaceChildren(failed ? icon("close") : h("i", { class: "beam" }));
  }

  return { node, button, show, frame: () => frame, tab: (on) => { button.tabIndex = on ? 0 : -1; } };
}
