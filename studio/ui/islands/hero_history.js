// Every set there is, newest first, each as a strip of its frames; or single frames of all of them that are looked for. Empty, it teaches.
//
//   heroHistory(words, teams, options, store, {open(setId, frameId), favour(frame, on), role(name)}) → {node, start(query, fresh), changed(set), gone(id)}
//     query: URLSearchParams of the address, which says what is looked for.  fresh: somebody came from elsewhere, so ask for all of it

import { ago, date, fill, h, icon } from "./dom.js";
import { heroFind } from "./hero_find.js";
import { heroFound } from "./hero_found.js";
import { running } from "./hero_store.js";
import { sides } from "./hero_terms.js";
import { drawn } from "./motion_moves.js";
import { go } from "./router.js";

const VIEWS = ["6 -6 60 75", "22 3 34 42.5", "30 12 18 22.5", "8 2 34 42.5"]; // four ways to see one bottle

/** See above. */
export function heroHistory(words, teams, options, store, { open, favour, role }) {
  const sets = new Map(); // id → strip
  let total = 0;
  const list = h("ol", { class: "strips" });
  const state = h("div", { class: "state", hidden: true });
  const more = h("button", { type: "button", class: "secondary more", hidden: true, onclick: () => load(sets.size) }, words.showMore);
  const count = h("p", { class: "small count", role: "status" });
  const find = heroFind(words, teams, options, (text) => go(`#/hero${text ? `?${text}` : ""}`, { replace: true }), role);
  const found = heroFound(words, store, { favour, offer: find.offer, said: (n) => { count.textContent = n === null ? "" : fill(n === 1 ? words.foundOne : words.foundMany, { n }); } });
  const head = h("header", { class: "history-head" }, h("h2", {}, words.history), count, find.node);
  const node = h("section", { class: "history" }, head, list, found.node, state, more);
  let asked = "";
  let loaded = false;

  async function load(offset = 0) {
    try {
      total = (await store.list(offset)).total; // each set passes through changed()
      loaded = true;
      draw();
    } catch (error) {
      if (!sets.size) tell("alert", words.failedTitle, error.message || words.offline, h("button", { type: "button", class: "secondary", onclick: () => load() }, words.retry));
    }
  }

  function changed(set) {
    const known = sets.has(set.id);
    if (!known) { sets.set(set.id, strip(words, open)); total = Math.max(total, sets.size); }
    sets.get(set.id).show(set);
    if (!known) draw();
  }

  function gone(id) {
    if (sets.delete(id)) total -= 1;
    draw();
  }

  function draw() {
    const wanted = [...sets.values()].sort((a, b) => b.created().localeCompare(a.created())).map((one) => one.node);
    for (const child of [...list.children]) if (!wanted.includes(child)) child.remove();
    wanted.forEach((one, i) => { if (list.children[i] !== one) list.insertBefore(one, list.children[i] ?? null); });
    const narrowed = find.narrowed();
    more.hidden = narrowed || sets.size >= total;
    list.hidden = narrowed;
    head.hidden = !sets.size && !narrowed && !find.team();
    if (!narrowed && !sets.size && loaded) lesson();
    else state.hidden = true;
  }

  /** Show what the address asks for. */
  function look(query, fresh) {
    find.read(query);
    const wanted = find.asked();
    draw();
    if (!find.narrowed()) {
      asked = "";
      count.textContent = "";
      return found.rest();
    }
    if (fresh || String(wanted) !== asked) found.show(wanted);
    asked = String(wanted);
  }

  function tell(glyph, title, text, action = null) {
    state.className = "state";
    state.replaceChildren(h("span", { class: "emblem" }, icon(glyph)), h("h2", {}, title), h("p", {}, text), ...(action ? [action] : []));
    state.hidden = false;
  }

  /** What this page is for, for those who have made nothing yet. */
  function lesson() {
    state.className = "state lesson";
    state.replaceChildren(
      h("div", { class: "blank", "aria-hidden": "true" }, VIEWS.map((box, i) => {
        const frame = drawn("static");
        frame.setAttribute("viewBox", box);
        return h("i", { class: i === 1 ? "marked" : null }, frame, i === 1 ? icon("anchor") : null);
      })),
      h("h2", {}, words.emptyTitle),
      h("ol", { class: "steps" }, words.emptySteps.map((step) => h("li", {}, h("b", {}, step.title), h("span", {}, step.text)))));
    state.hidden = false;
  }

  function start(query, fresh) {
    look(query, fresh);
    if (fresh) load();
  }

  return { node, start, changed, gone };
}

function strip(words, open) {
  let set = null;
  const link = h("a", { class: "strip-title" });
  const facts = h("p", { class: "small" });
  const frames = h("div", { class: "strip" });
  const node = h("li", {}, h("header", {}, h("h3", {}, link), facts), frames);

  function show(next) {
    set = next;
    const { width, height } = sides(set.aspect_ratio);
    node.style.setProperty("--ratio", String(width / height));
    node.style.setProperty("--n", String(width > height && set.count > 4 ? Math.ceil(set.count / 2) : set.count));
    link.href = `#/hero/${set.id}`;
    link.textContent = set.original_prompt || set.prompt;
    link.title = set.prompt;
    const state = running(set) ? fill(words.statePercent, { percent: Math.floor(set.progress) }) : set.status === "failed" ? (set.error?.code === "cancelled" ? words.stateCancelled : words.stateFailed) : "";
    facts.replaceChildren(...[set.change === "new" ? "" : words[set.change === "vary" ? "changeVary" : "changeAgain"], h("time", { datetime: set.created_at, title: date(set.created_at, { time: true }) }, ago(set.created_at)), state && h("span", { class: set.status === "failed" ? "bad" : null }, state)].filter(Boolean).flatMap((fact, i) => (i ? [" · ", fact] : [fact])));
    const sorted = [...set.frames].sort((a, b) => a.position - b.position);
    frames.replaceChildren(...Array.from({ length: Math.max(set.count, sorted.length) }, (_, i) => small(sorted[i], i)));
  }

  function small(frame, i) {
    const made = frame?.image_url;
    const inside = made ? h("img", { src: frame.thumbnail_url ?? frame.image_url, alt: "", loading: "lazy" }) : null;
    const marks = frame?.primary || frame?.favorite ? h("span", { class: "mark" }, icon(frame.primary ? "anchor" : "heart")) : null;
    if (!made) return h("span", { class: "shot", "data-state": running(set) ? "waiting" : "failed" });
    const told = [fill(words.frame, { name: String(i + 1) }), frame.primary ? words.anchorLong : "", frame.favorite ? words.favourite : ""].filter(Boolean).join(", ");
    return h("button", { type: "button", class: `shot ${frame.primary ? "is-primary" : ""}`, "aria-label": told, onclick: () => open(set.id, frame.id) }, inside, marks);
  }

  return { node, show, created: () => set.created_at };
}
