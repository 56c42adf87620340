// The ads (and sets of hero frames, and takes) being made, in one chip: how far the first of them is, and how many there are. A click goes to it. When one ends while
// the person is elsewhere, the chip says so until they have looked.

import { fill, h, icon } from "./dom.js";
import { addressOf, go, onRoute } from "./router.js";

const RING = 2 * Math.PI * 8;
const SVG = "http://www.w3.org/2000/svg";
const FINAL = new Set(["completed", "failed"]);

/** words: studio/words/shell.py; what it says of other kinds than ads is in words[kind]. say(sentence): tell it to those who do not see. */
export function makingChip(words, say) {
  const making = new Map(); // id → detail
  let ended = null; // the last one that ended unseen
  let broken = false;
  const ring = progressRing();
  const sign = h("span", { class: "sign" });
  const text = h("span", { class: "text" });
  const node = h("a", { class: "chip-making", hidden: true }, sign, text);
  node.addEventListener("click", (event) => { event.preventDefault(); go(node.getAttribute("href")); });
  onRoute(look);

  function news(detail) {
    const known = making.has(detail.id);
    if (!FINAL.has(detail.status)) making.set(detail.id, detail);
    else if (making.delete(detail.id) && known && !detail.cancelled && !here(detail)) {
      ended = detail;
      say(detail.status === "completed" ? said(detail).readyLong : said(detail).failedLong);
    }
    show();
  }

  function gone(id) {
    making.delete(id);
    if (ended?.id === id) ended = null;
    show();
  }

  function look() {
    if (ended && here(ended)) ended = null;
    show();
  }

  function lost(on) {
    broken = on;
    show();
  }

  function here(detail) {
    return location.hash.split("?")[0] === addressOf(detail);
  }

  function said({ kind }) {
    return words[kind] ?? words;
  }

  /** Being worked on before waiting, the furthest first. */
  function first() {
    return [...making.values()].sort((a, b) => (b.status === "processing") - (a.status === "processing") || b.progress - a.progress)[0];
  }

  function show() {
    const lead = first();
    node.hidden = !lead && !ended && !broken;
    if (node.hidden) return;
    if (broken) return paint("lost", "alert", "#/", words.lost, words.lostLong);
    if (ended?.status === "completed") return paint("ready", ended.kind === "hero" ? "image" : "play", addressOf(ended), said(ended).ready, said(ended).readyLong);
    if (ended) return paint("failed", "alert", addressOf(ended), said(ended).failed, said(ended).failedLong);
    const percent = Math.floor(lead.progress);
    const waiting = lead.status === "pending";
    const one = [...making.values()].every(({ kind }) => kind === lead.kind) ? said(lead) : words.mixed;
    const count = making.size === 1 ? one.one : fill(one.many, { n: making.size });
    ring.set(waiting ? 0 : percent);
    paint("making", null, addressOf(lead), [h("span", { class: "count" }, `${count} · `), waiting ? words.waiting : `${percent} %`],
      fill(making.size === 1 ? one.makingOne : one.makingMany, { n: making.size, percent }));
  }

  function paint(mood, glyph, href, short, long) {
    node.dataset.mood = mood;
    sign.replaceChildren(glyph ? icon(glyph) : ring.node);
    node.href = href;
    text.replaceChildren(...[short].flat());
    node.setAttribute("aria-label", `${text.textContent}. ${long}`);
  }

  return { node, news, gone, look, lost };
}

function progressRing() {
  const node = document.createElementNS(SVG, "svg");
  const circles = ["track", "run"].map((name) => {
    const circle = document.createElementNS(SVG, "circle");
    for (const [key, value] of Object.entries({ class: name, cx: 10, cy: 10, r: 8 })) circle.setAttribute(key, value);
    return circle;
  });
  node.setAttribute("viewBox", "0 0 20 20");
  node.setAttribute("class", "ring");
  node.setAttribute("aria-hidden", "true");
  node.append(...circles);
  circles[1].style.strokeDasharray = String(RING);
  return { node, set: (percent) => { circles[1].style.strokeDashoffset = String(RING * (1 - percent / 100)); } };
}
