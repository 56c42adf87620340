// A set on the wall: every ad under the name it is uploaded with, played as one.
//
//   setWall(root, page, {say, gone}) → {node, show(id) → Promise, rest()}
//     show rejects when there is no such set; rest(): nothing plays and nothing is asked any more

import { api } from "./api.js";
import { filmSync } from "./compare_sync.js";
import { confirmDialog } from "./dialog.js";
import { duration, fill, h, icon, money } from "./dom.js";
import { watch } from "./events.js";
import { go } from "./router.js";
import { givenTo } from "./teams_give.js";
import { card } from "./variants_card.js";

const SETTLE_MS = 300;

/** See above. */
export function setWall(root, page, { say, gone }) {
  const { words } = page;
  const cards = new Map(); // generation id → card
  let set = null;
  let stop = () => {};
  let settling = 0;
  let playing = "";

  const heading = h("h1", { tabindex: "-1" });
  const state = h("p", { class: "set-state" });
  const prompt = h("p", { class: "lead" });
  const bar = h("div", { class: "bar", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": words.matrix }, h("i"));
  const zip = h("a", { class: "primary", download: true }, icon("download"), h("span", {}, words.zip));
  const csv = h("a", { class: "secondary", download: true, "aria-label": words.csvLong }, h("span", {}, words.csv));
  const halt = h("button", { type: "button", class: "secondary", "data-needs": "manage", onclick: cancel }, words.stop);
  const bin = h("button", { type: "button", class: "quiet danger", "data-needs": "manage", onclick: remove }, icon("trash"), h("span", {}, words.delete));
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const whose = givenTo(page.teams, (text) => { say(text); load(set.id).catch(() => {}); });
  const lost = h("p", { class: "notice", role: "status", hidden: true }, words.lost);
  const play = h("button", { type: "button", class: "secondary play", onclick: () => sync.toggle() });
  const seek = h("input", { type: "range", min: 0, max: 1, step: 0.01, value: 0, "aria-label": words.seek, oninput: () => sync.seek(Number(seek.value)) });
  const clock = h("output", { class: "small" });
  const deck = h("div", { class: "deck", hidden: true }, play, seek, clock);
  const walls = h("div", { class: "walls" });
  const sync = filmSync((now) => {
    const text = now.playing ? words.pauseAll : words.playAll;
    if (play.dataset.text !== text) { play.dataset.text = text; play.replaceChildren(icon(now.playing ? "pause" : "play"), h("span", {}, text)); }
    seek.max = String(now.duration || 1);
    if (root.activeElement !== seek || now.playing) seek.value = String(now.time);
    const said = fill(words.at, { at: duration(now.time), all: duration(now.duration) });
    clock.textContent = said;
    seek.setAttribute("aria-valuetext", said);
  });
  const node = h("section", { class: "wall" },
    h("header", { class: "set-head" }, h("div", {}, heading, prompt, state, whose.node), h("div", { class: "set-acts" }, zip, csv, halt, bin,
      h("a", { class: "quiet", href: "#/variants?results" }, icon("sliders"), h("span", {}, words.results)), h("a", { class: "quiet", href: "#/variants" }, icon("plus"), h("span", {}, words.all)))),
    bar, lost, trouble, deck, walls);

  async function load(id) {
    const told = await api(`/api/variants/${id}`);
    draw(told);
  }

  async function show(id) {
    rest();
    set = null;
    cards.clear();
    playing = "";
    await load(id);
    const mine = new Set(set.cells.map(({ ad }) => ad.id));
    stop = watch({
      generation: (detail) => { if (mine.has(detail.id)) news(detail); },
      deleted: (one) => { if (mine.has(one)) later(id); },
      lost: () => { lost.hidden = false; }, back: () => { lost.hidden = true; later(id); },
    });
  }

  /** An ad has changed: at once on its card, and soon after in the sums. */
  function news(detail) {
    cards.get(detail.id)?.news(detail);
    later(set.id);
  }

  function later(id) {
    clearTimeout(settling);
    settling = setTimeout(() => load(id).catch((error) => { if (error.status === 404) gone(); }), SETTLE_MS);
  }

  function draw(told) {
    set = told;
    const all = told.cells.length;
    const making = told.status === "pending" || told.status === "processing";
    heading.textContent = told.title;
    prompt.textContent = told.prompt;
    const text = making ? words.stateMaking : told.done === all ? words.stateDone : told.done ? words.statePart : words.stateNone;
    const sums = [fill(text, { done: told.done, all }), fill(words.clips, { made: told.clips_made, all: told.clips }),
      making ? "" : told.cost ? fill(words.paid, { cost: money(told.cost) }) : words.paidNone];
    state.textContent = sums.filter(Boolean).join(" · ");
    say(fill(words.live, { done: told.done, all }));
    bar.hidden = !making;
    bar.setAttribute("aria-valuenow", String(told.progress));
    bar.firstChild.style.transform = `scaleX(${told.progress / 100})`;
    zip.hidden = !told.done;
    zip.href = `/api/variants/${told.id}/films.zip`;
    csv.href = `/api/variants/${told.id}/manifest.csv`;
    root.host.dataset.may = told.may;
    whose.show({ path: `/api/variants/${told.id}`, team_id: told.team_id, may: making ? "look" : told.may });
    halt.hidden = !making;
    bin.hidden = making;
    const groups = Map.groupBy(told.cells, (cell) => `${cell.framework} ${cell.aspect_ratio}`);
    for (const cell of told.cells) {
      if (!cards.has(cell.ad.id)) cards.set(cell.ad.id, card(words, cell, { retry, hear }));
      cards.get(cell.ad.id).show(cell);
    }
    const key = told.cells.map(({ ad }) => ad.id).join();
    if (walls.dataset.key !== key) {
      walls.dataset.key = key;
      walls.replaceChildren(...[...groups.values()].map((cells) => h("section", { class: "group" },
        h("h2", {}, fill(words.matrixOf, { framework: cells[0].framework, aspect: cells[0].aspect_ratio })),
        h("ul", { class: "films", "data-aspect": cells[0].aspect_ratio }, cells.map((cell) => cards.get(cell.ad.id).node)))));
    }
    const films = told.cells.map(({ ad }) => cards.get(ad.id).film()).filter(Boolean);
    deck.hidden = films.length < 1;
    const ready = told.cells.filter(({ ad }) => ad.result).map(({ ad }) => ad.id).join();
    if (ready !== playing) { playing = ready; sync.use(films, told.cells.find(({ ad }) => ad.result)?.ad.result.fps ?? 24); }
  }

  /** One film is heard, or none. */
  function hear(id) {
    for (const [other, one] of cards) one.sound(other === id);
  }

  async function retry(id) {
    await act(() => api(`/api/generations/${id}/retry`, { method: "POST" }));
  }

  async function cancel() {
    const sure = await confirmDialog(root, { title: words.stopTitle, text: words.stopText, confirm: words.stopYes, cancel: words.keep, danger: true });
    if (sure) await act(() => api(`/api/variants/${set.id}/cancel`, { method: "POST" }));
  }

  async function remove() {
    const sure = await confirmDialog(root, { title: words.deleteTitle, text: words.deleteText, confirm: words.deleteYes, cancel: words.deleteNo, danger: true });
    if (!sure) return;
    stop();
    if (await act(() => api(`/api/variants/${set.id}`, { method: "DELETE" }), false)) go("#/variants");
  }

  async function act(work, reload = true) {
    trouble.hidden = true;
    try {
      await work();
      if (reload) await load(set.id);
      return true;
    } catch (error) {
      trouble.replaceChildren(icon("alert"), h("span", {}, error.status ? error.message || words.actionFailed : words.offline));
      trouble.hidden = false;
      return false;
    }
  }

  function rest() {
    stop();
    stop = () => {};
    clearTimeout(settling);
    sync.pause();
  }

  return { node, show, rest };
}
