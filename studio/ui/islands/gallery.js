// The Gallery page: look through all ads, find some, fetch or remove one. What is looked for is in the address
// (#/gallery?q=&status=&sort=&team=), so that it can be reloaded, sent on and gone back to.

import { adCard } from "./ad_card.js";
import { api } from "./api.js";
import { confirmDialog } from "./dialog.js";
import { fill, h, icon, styled } from "./dom.js";
import { watch } from "./events.js";
import { galleryList } from "./gallery_list.js";
import { go, onRoute, route } from "./router.js";

const TYPING_MS = 250;
const BONES = [0.5625, 1.7778, 0.5625, 1, 0.5625, 0.5625, 1.7778, 1, 0.5625];
const SORT = "created_at_desc";

/** Called once by the island; props.value: {name, words, teams: the words about teams}. */
export function mount({ element, props }) {
  const { words, teams } = props.value;
  const root = element.attachShadow({ mode: "open" });
  const cards = new Map(); // id → card
  const live = h("p", { class: "sr", role: "status", "aria-live": "polite" });
  const count = h("p", { class: "count small", "aria-live": "polite" });
  const grid = h("ul", { class: "wall", "aria-label": words.title });
  const more = h("button", { type: "button", class: "secondary more", hidden: true, onclick: showMore }, words.more);
  const state = h("div", { class: "state", hidden: true });
  const lost = h("p", { class: "notice", role: "status", hidden: true }, words.lost);
  const search = h("input", { id: "q", type: "search", placeholder: words.search, autocomplete: "off", spellcheck: "false", maxlength: 200, "aria-label": words.search });
  const clear = h("button", { type: "button", class: "clear", hidden: true, "aria-label": words.clear, onclick: () => { search.value = ""; ask(); search.focus(); } }, icon("close"));
  const status = Object.entries(words.statuses).map(([value, label]) => {
    const input = h("input", { type: "radio", name: "status", value, checked: value === "", onchange: ask });
    return { input, node: h("label", {}, input, h("span", {}, label)) };
  });
  const sort = h("select", { "aria-label": words.sort, onchange: ask }, Object.entries(words.sorts).map(([value, label]) => h("option", { value }, label)));
  const whose = h("select", { "aria-label": teams.whose, onchange: ask }, h("option", { value: "" }, teams.own));
  const teamPick = h("div", { class: "order", hidden: true }, whose, icon("chevron")); // there for people who are in teams
  const tools = h("div", { class: "tools", role: "search" },
    h("div", { class: "find" }, icon("search"), search, clear),
    h("fieldset", { class: "segments", "aria-label": words.status }, status.map(({ node }) => node)),
    teamPick,
    h("div", { class: "order" }, sort, icon("chevron")));
  const title = h("h1", { tabindex: "-1" }, words.title);
  const body = h("div", { class: "page", hidden: true },
    h("header", { class: "head" }, title, count),
    tools, lost, grid, state, h("div", { class: "foot" }, more), live);
  root.append(body);

  const list = galleryList({ changed: draw, failed });
  let typing = 0;
  search.addEventListener("input", () => { clear.hidden = !search.value; clearTimeout(typing); typing = setTimeout(ask, TYPING_MS); });
  search.addEventListener("keydown", (event) => { if (event.key === "Escape" && search.value) { search.value = ""; ask(); } });

  bones();
  styled(root, "base.css", "menu.css", "gallery.css").then(() => { body.hidden = false; });
  onRoute(read);
  knowTeams();
  watch({ generation: list.news, deleted: list.gone, back: () => { lost.hidden = true; list.again(); }, lost: () => { lost.hidden = false; } });
  if (route().name === "gallery") read(route());

  /** The teams that one is in, to look through what they have. */
  async function knowTeams() {
    try {
      const mine = (await api("/api/teams")).teams;
      teamPick.hidden = !mine.length;
      if (mine.length) tools.hidden = false;
      const chosen = route().query.get("team") ?? "";
      whose.replaceChildren(h("option", { value: "" }, teams.own), ...mine.map((team) => h("option", { value: team.id, selected: team.id === chosen }, team.name)));
    } catch { /* one's own are there */ }
  }

  /** The address → the tools and the list. */
  function read({ name, query }) {
    if (name !== "gallery") return;
    const asked = { team: query.get("team") ?? "", q: query.get("q") ?? "", status: query.get("status") ?? "", sort: query.get("sort") ?? SORT };
    if (!(asked.status in words.statuses)) asked.status = "";
    if (!(asked.sort in words.sorts)) asked.sort = SORT;
    if (root.activeElement !== search || !search.value.trim()) search.value = asked.q;
    clear.hidden = !search.value;
    for (const { input } of status) input.checked = input.value === asked.status;
    sort.value = asked.sort;
    if (whose.value !== asked.team) {
      whose.value = asked.team;
      if (whose.value !== asked.team) knowTeams(); // one that was joined meanwhile
    }
    list.show(asked);
  }

  /** The tools → the address, which comes back by read(). */
  function ask() {
    clearTimeout(typing);
    clear.hidden = !search.value;
    const query = new URLSearchParams();
    if (search.value.trim()) query.set("q", search.value.trim());
    const chosen = status.find(({ input }) => input.checked).input.value;
    if (chosen) query.set("status", chosen);
    if (sort.value !== SORT) query.set("sort", sort.value);
    if (whose.value) query.set("team", whose.value);
    go(`#/gallery${query.size ? `?${query}` : ""}`, { replace: true });
  }

  /** Only what is new, gone or elsewhere is touched, so that focus, previews and scroll stay. */
  function draw({ ads, total, asked }) {
    grid.removeAttribute("aria-busy");
    for (const id of [...cards.keys()]) if (!ads.some((ad) => ad.id === id)) cards.delete(id);
    for (const ad of ads) {
      if (!cards.has(ad.id)) cards.set(ad.id, adCard(words, ad, { retry, remove }));
      cards.get(ad.id).show(ad);
    }
    const wanted = ads.map((ad) => cards.get(ad.id).node);
    for (const child of [...grid.children]) if (!wanted.includes(child)) child.remove();
    wanted.forEach((node, i) => { if (grid.children[i] !== node) grid.insertBefore(node, grid.children[i] ?? null); });
    const said = total === 1 ? words.countOne : ads.length === total ? fill(words.countAll, { total }) : fill(words.count, { n: ads.length, total });
    count.textContent = total ? said : "";
    title.textContent = asked.team && whose.value === asked.team ? whose.selectedOptions[0].textContent : words.title;
    more.hidden = ads.length >= total;
    grid.hidden = !total;
    tools.hidden = !total && !asked.q && !asked.status && teamPick.hidden;
    if (total) state.hidden = true;
    else if (!asked.q && !asked.status && !asked.team) tell("film", words.emptyTitle, words.emptyText, h("a", { class: "primary", href: "#/" }, words.emptyGo));
    else tell("search", words.nothingTitle, words.nothingText, h("button", { type: "button", class: "secondary", onclick: () => go("#/gallery", { replace: true }) }, words.nothingGo));
  }

  function failed(error) {
    if (cards.size) { // what is there stays
      live.textContent = error.message || words.offline;
      return;
    }
    grid.hidden = true;
    count.textContent = "";
    tell("alert", words.failedTitle, error.message || words.offline,
      h("button", { type: "button", class: "primary", onclick: () => { bones(); state.hidden = true; list.again(); } }, words.again));
  }

  function tell(glyph, title, text, action) {
    state.replaceChildren(h("span", { class: "emblem" }, icon(glyph)), h("h2", {}, title), h("p", {}, text), action);
    state.hidden = false;
  }

  function bones() {
    cards.clear();
    grid.hidden = false;
    grid.setAttribute("aria-busy", "true");
    grid.replaceChildren(...BONES.map((ratio) => {
      const bone = h("li", { class: "ad", "aria-hidden": "true" }, h("div", { class: "shot bone" }), h("div", { class: "bone line" }), h("div", { class: "bone line short" }));
      bone.style.setProperty("--ratio", ratio);
      return bone;
    }));
  }

  async function showMore() {
    const before = cards.size;
    more.disabled = true;
    more.textContent = words.moreBusy;
    await list.more();
    more.disabled = false;
    more.textContent = words.more;
    grid.children[before]?.querySelector("a")?.focus({ preventScroll: true });
  }

  async function retry(ad) {
    try {
      await api(`/api/generations/${ad.id}/retry`, { method: "POST" });
      live.textContent = words.retried;
      list.again();
    } catch (error) {
      cards.get(ad.id)?.complain(error.message || words.offline);
    }
  }

  async function remove(ad) {
    const sure = await confirmDialog(root, {
      title: words.deleteTitle, text: fill(words.deleteText, { prompt: ad.prompt }), confirm: words.deleteYes, cancel: words.deleteNo, danger: true,
    });
    if (!sure) return;
    cards.get(ad.id)?.leaving(true);
    const node = cards.get(ad.id)?.node;
    const next = node?.nextElementSibling ?? node?.previousElementSibling; // found before the news of it takes the card away
    try {
      await api(`/api/generations/${ad.id}`, { method: "DELETE" });
    } catch (error) {
      if (error.status !== 404) { // 404: gone already
        cards.get(ad.id)?.leaving(false);
        cards.get(ad.id)?.complain(error.message || words.offline);
        return;
      }
    }
    list.gone(ad.id);
    live.textContent = words.deleted;
    (next?.querySelector("a") ?? root.querySelector("h1")).focus({ preventScroll: true });
  }
}
