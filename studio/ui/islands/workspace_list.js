// Every group of takes, newest first: the picture it began with, how far it has come, and what stands for it. Empty, it teaches.
//
//   groupList(page, store) → {node, heading, start({tag, team}), other()}    team: whose groups, "" for one's own

import { scoreOf } from "./compare_player.js";
import { ago, date, fill, h, icon } from "./dom.js";
import { go } from "./router.js";
import { whosePick } from "./teams_whose.js";
import { PAGE, running } from "./workspace_store.js";

const SETTLE_MS = 400;
const BONES = 6;

/** See above. */
export function groupList({ words, teams }, store) {
  const heading = h("h1", { tabindex: "-1" }, words.title);
  const lead = h("p", { class: "lead" }, words.lead);
  const count = h("p", { class: "small count", "aria-live": "polite" });
  const whose = whosePick(teams, (team) => go(`#/workspace${team ? `?team=${team}` : ""}`));
  const filter = h("div", { class: "filtered", hidden: true });
  const grid = h("ul", { class: "groups", "aria-label": words.groups });
  const state = h("div", { class: "state", hidden: true });
  const more = h("button", { type: "button", class: "secondary more-groups", hidden: true, onclick: next }, words.more);
  const node = h("section", { class: "view group-list" }, h("header", { class: "list-head" }, h("div", {}, heading, lead), whose.node, h("a", { class: "secondary", href: "#/hero" }, icon("plus"), h("span", {}, words.begin))), filter, count, grid, state, more);
  const cards = new Map();
  let groups = [];
  let total = 0;
  let asked = null; // {tag, team}
  let turn = 0;
  let settling = 0;

  async function start(wanted) {
    const fresh = asked?.tag !== wanted.tag || asked.team !== wanted.team;
    asked = wanted;
    whose.read(asked.team);
    if (fresh) { groups = []; cards.clear(); bones(); }
    await begin();
  }

  async function begin() {
    const mine = (turn += 1);
    try {
      const pages = [];
      do pages.push(await store.list(pages.length * PAGE, asked)); while (pages.length * PAGE < Math.min(groups.length, pages[0].total));
      if (mine !== turn) return;
      groups = pages.flatMap((page) => page.groups);
      total = pages[0].total;
      draw();
    } catch (error) {
      if (mine !== turn || groups.length) return;
      grid.replaceChildren();
      tell("alert", words.failedTitle, error.status ? error.message : words.offline, h("button", { type: "button", class: "primary", onclick: () => { state.hidden = true; bones(); begin(); } }, words.retry));
    }
  }

  async function next() {
    more.disabled = true;
    const at = groups.length;
    try {
      const page = await store.list(groups.length, asked);
      const known = new Set(groups.map(({ id }) => id));
      groups = [...groups, ...page.groups.filter(({ id }) => !known.has(id))];
      total = page.total;
      draw();
      grid.children[at]?.querySelector("a")?.focus({ preventScroll: true });
    } catch { /* the button is still there */ }
    more.disabled = false;
  }

  function draw() {
    grid.removeAttribute("aria-busy");
    for (const id of [...cards.keys()]) if (!groups.some((group) => group.id === id)) cards.delete(id);
    for (const group of groups) {
      if (!cards.has(group.id)) cards.set(group.id, card(group.id));
      cards.get(group.id).show(group);
    }
    const wanted = groups.map(({ id }) => cards.get(id).node);
    for (const child of [...grid.children]) if (!wanted.includes(child)) child.remove();
    wanted.forEach((child, i) => { if (grid.children[i] !== child) grid.insertBefore(child, grid.children[i] ?? null); });
    const home = `#/workspace${asked.team ? `?team=${asked.team}` : ""}`;
    filter.hidden = !asked.tag;
    filter.replaceChildren(h("span", {}, fill(words.tagged, { tag: asked.tag })), h("a", { class: "quiet", href: home }, icon("close"), h("span", {}, words.allGroups)));
    count.textContent = total ? fill(total === 1 ? words.groupOne : words.groupMany, { n: total }) : "";
    more.hidden = groups.length >= total;
    state.hidden = total > 0;
    if (total) return;
    if (asked.tag) tell("search", words.noneTagged, words.noneTaggedText, h("a", { class: "secondary", href: "#/workspace" }, words.allGroups));
    else lesson();
  }

  function lesson() {
    state.className = "state lesson";
    state.replaceChildren(
      h("div", { class: "three", "aria-hidden": "true" }, ["1", "2", "3"].map((n) => h("i", {}, h("b", {}, n)))),
      h("h2", {}, words.emptyTitle), h("ol", { class: "steps" }, words.emptySteps.map(([title, text]) => h("li", {}, h("b", {}, title), h("span", {}, text)))),
      h("a", { class: "primary", href: "#/hero" }, h("span", {}, words.emptyGo), icon("arrow")));
    state.hidden = false;
  }

  function tell(glyph, title, text, action) {
    state.className = "state";
    state.replaceChildren(h("span", { class: "emblem" }, icon(glyph)), h("h2", {}, title), h("p", {}, text), action);
    state.hidden = false;
  }

  function bones() {
    grid.setAttribute("aria-busy", "true");
    grid.replaceChildren(...Array.from({ length: BONES }, () => h("li", { class: "group", "aria-hidden": "true" }, h("div", { class: "shot bone" }), h("div", { class: "bone line" }))));
  }

  function card(id) {
    const picture = h("img", { alt: "", loading: "lazy", decoding: "async" });
    const link = h("a", { class: "open", href: `#/workspace/${id}` });
    const facts = h("p", { class: "facts-line" });
    const status = h("p", { class: "status" });
    const when = h("time", { class: "small" });
    const badge = h("span", { class: "badge" });
    const label = h("button", { type: "button", class: "tag", hidden: true });
    const shot = h("div", { class: "shot" }, picture, badge);
    const node = h("li", { class: "group" }, shot, h("div", { class: "group-text" }, h("h2", {}, link), facts, h("div", { class: "group-foot" }, status, when, label)));

    function show(group) {
      const hero = group.hero_frame;
      const src = group.final_attempt?.thumbnail_url ?? hero?.thumbnail_url ?? hero?.image_url;
      if (src && picture.getAttribute("src") !== src) picture.src = src;
      picture.hidden = !src;
      link.textContent = group.title;
      link.title = group.title;
      node.dataset.status = group.status;
      badge.hidden = !group.final_attempt && group.best_overall === null;
      badge.className = group.final_attempt ? "badge final" : "badge";
      badge.textContent = group.final_attempt ? fill(words.cardFinal, { label: group.final_attempt.label }) : fill(words.cardBest, { value: scoreOf(group.best_overall) });
      facts.textContent = [fill(group.n_iterations === 1 ? words.iterationOne : words.iterationMany, { n: group.n_iterations }), fill(group.n_attempts === 1 ? words.attemptOne : words.attemptMany, { n: group.n_attempts }),
        group.final_attempt && typeof group.final_attempt.overall === "number" ? fill(words.cardScore, { value: scoreOf(group.final_attempt.overall) }) : ""].filter(Boolean).join(" · ");
      status.textContent = running(group) ? words.cardMaking : group.status === "failed" ? words.cardFailed : group.final_attempt ? words.cardDone : words.cardOpen;
      when.dateTime = group.created_at;
      when.textContent = ago(group.created_at);
      when.title = date(group.created_at, { time: true });
      label.hidden = !group.tag;
      label.textContent = group.tag ?? "";
      label.setAttribute("aria-label", fill(words.showTagged, { tag: group.tag ?? "" }));
      label.onclick = () => go(`#/workspace?${new URLSearchParams({ tag: group.tag, ...(asked.team ? { team: asked.team } : {}) })}`);
    }

    return { node, show };
  }

  return { node, heading, start, other: () => { if (!asked) return; clearTimeout(settling); settling = setTimeout(begin, SETTLE_MS); } };
}
