// The Hero Frames tab. The address says what is shown: the brief and every set (#/hero), the tree of one picture (#/hero/<set id>, a frame of
// it ?frame=<id>), or a frame being set in motion (&motion). The studio knows how everything stands, so a reload loses nothing.

import { api } from "./api.js";
import { confirmDialog } from "./dialog.js";
import { fill, h, icon, styled } from "./dom.js";
import { draftOf } from "./draft.js";
import { heroBrief } from "./hero_brief.js";
import { heroHistory } from "./hero_history.js";
import { heroMotion } from "./hero_motion.js";
import { heroPanel } from "./hero_panel.js";
import { heroStore, running } from "./hero_store.js";
import { heroTree } from "./hero_tree.js";
import { heroViewer } from "./hero_viewer.js";
import { go, onRoute, route } from "./router.js";
import { givenTo } from "./teams_give.js";

const PATIENCE_MS = 1500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Called once by the island; props.value is studio.words.hero.page(). */
export async function mount({ element, props }) {
  const page = props.value;
  const { words, limits } = page;
  const root = element.attachShadow({ mode: "open" });
  const live = h("p", { class: "sr", role: "status", "aria-live": "polite" });
  const lost = h("p", { class: "notice lost", role: "status", hidden: true }, words.lost);
  const desk = h("div", { class: "desk" });
  const body = h("div", { class: "page", hidden: true }, lost, desk, live);
  root.append(body);
  const dressed = styled(root, "base.css", "menu.css", "composer.css", "hero.css", "hero_terms.css", "hero_sheet.css", "hero_viewer.css", "motion.css", "teams_whose.css");
  const user = api("/api/auth/me").then(({ id }) => id, () => "");
  let options = null;
  try {
    options = await api("/api/hero-frames/options");
  } catch (error) {
    await dressed;
    desk.replaceChildren(h("div", { class: "state" }, h("span", { class: "emblem" }, icon("alert")), h("h1", {}, words.failedTitle), h("p", {}, error.message || words.offline),
      h("button", { type: "button", class: "primary", onclick: () => { location.reload(); } }, words.retry)));
    body.hidden = false;
    return;
  }

  let view = "";
  let top = ""; // the root of the tree that is shown
  let asked = ""; // the id in the address it was found by
  let selected = ""; // frame id
  let made = new Map(); // set id → how many frames were there when last told
  const store = heroStore({ changed, gone, trouble: (on) => { lost.hidden = !on; } });
  const brief = heroBrief(page, options, { submit });
  const history = heroHistory(words, page.teams, options, store, { open: (set, frame) => go(`#/hero/${set}?frame=${frame}`), favour,
    role: (name) => { if (!top) root.host.dataset.may = name === "reviewer" ? "look" : "manage"; } });
  const tree = heroTree(words, options.matters, { pick, zoom, favour, anchor, cancel, retry, edit, remove });
  const panel = heroPanel(words, limits, options, { zoom, favour, anchor, live: bring, again, vary, edit });
  const motion = heroMotion(words, page.motion);
  const viewer = heroViewer(root, words, { favour, anchor, closed, vary: (frame) => { pick(frame); panel.vary(); }, details: (frame) => { pick(frame); panel.details(); }, live: bring });
  const treeTitle = h("h1", { tabindex: "-1", class: "asked-title" });
  const directed = h("p", { class: "small directed", hidden: true });
  const whose = givenTo(page.teams, (text) => { live.textContent = text; store.tree(asked).catch(() => {}); });
  const home = h("a", { class: "quiet back", href: "#/hero" }, icon("back"), h("span", {}, words.all));
  const wall = h("section", { class: "view wall" }, h("div", { class: "tree-head" }, home, treeTitle, directed, whose.node), tree.node);
  const VIEWS = { brief: [brief.node, history.node], tree: [wall, panel.node], motion: [motion.node, motion.stage], gone: [missing()] };
  const headings = { brief: brief.heading, tree: treeTitle, motion: motion.heading };

  function switchTo(next) {
    if (view === next) return;
    const first = view === "";
    view = next;
    desk.dataset.view = next;
    desk.replaceChildren(...VIEWS[next]);
    if (next === "brief") brief.grow();
    if (first) return;
    headings[next]?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }

  /** Every frame of the tree that is there, as the viewer takes them. */
  function frames() {
    return store.of(top).flatMap((set, i) => [...set.frames].sort((a, b) => a.position - b.position).filter((frame) => frame.image_url)
      .map((frame) => ({ frame, set, name: `${i + 1}.${frame.position + 1}` })));
  }

  function current() {
    return frames().find(({ frame }) => frame.id === selected) ?? null;
  }

  function draw() {
    if (!top) return;
    const sets = store.of(top);
    if (!sets.length) return;
    const oldest = sets[0];
    const may = current()?.set.may ?? oldest.may;
    root.host.dataset.may = may;
    whose.show({ path: `/api/hero-frames/${oldest.frames[0].id}`, team_id: oldest.team_id, may: sets.some(running) ? "look" : oldest.may });
    treeTitle.textContent = oldest.original_prompt || oldest.prompt;
    treeTitle.title = treeTitle.textContent;
    directed.hidden = treeTitle.textContent === oldest.prompt;
    directed.textContent = fill(words.directedAs, { prompt: oldest.prompt });
    directed.title = oldest.prompt;
    tree.show(sets, { selected });
    panel.show(current());
    viewer.update(frames());
  }

  function changed(set) {
    history.changed(set);
    const there = set.frames.filter((frame) => frame.image_url).length;
    if (top === set.root_id) {
      if (made.has(set.id) && made.get(set.id) < there) live.textContent = fill(words.arrived, { n: there, count: set.count });
      if (set.status === "failed" && made.has(set.id) && !made.get(`${set.id} over`)) { made.set(`${set.id} over`, 1); live.textContent = set.error?.message ?? words.failed; }
      draw();
    }
    made.set(set.id, there);
  }

  function gone(id) {
    history.gone(id);
    if (!top) return;
    if (store.of(top).length) draw();
    else if (view === "tree" || view === "motion") go("#/hero", { replace: true });
  }

  /** Show what the address names. */
  async function routed({ name, id, query }) {
    if (name !== "hero") return;
    if (!id) {
      top = "";
      asked = "";
      root.host.dataset.may = "manage";
      const fresh = view !== "brief";
      home.href = query.size ? `#/hero?${query}` : "#/hero"; // the way back leads to what was looked for
      switchTo("brief");
      return history.start(query, fresh);
    }
    if (!UUID.test(id)) return switchTo("gone");
    selected = query.get("frame") ?? (asked === id ? selected : "");
    if (asked !== id) {
      asked = id;
      try {
        const found = await store.tree(id);
        if (asked !== id) return;
        top = found.root;
        if (found.frame) selected = found.frame.id;
      } catch (error) {
        if (asked !== id) return;
        asked = "";
        if (error.status !== 404) live.textContent = error.message || words.offline;
        return switchTo("gone");
      }
    }
    draw();
    const shown = current();
    if (query.has("motion") && shown && shown.set.may !== "look") {
      motion.show(shown.frame, shown.name, draftOf(`${await user}.motion`));
      return switchTo("motion");
    }
    switchTo("tree");
  }

  function missing() {
    return h("div", { class: "state" }, h("span", { class: "emblem" }, icon("search")), h("h1", { tabindex: "-1" }, words.goneTitle), h("p", {}, words.goneText), h("a", { class: "primary", href: "#/hero" }, words.all));
  }

  function pick(frame, { focus = false } = {}) {
    go(`#/hero/${asked || frame.set_id}?frame=${frame.id}`, { replace: true });
    if (focus) tree.tile(frame.id)?.focus();
  }

  function zoom(frame) {
    viewer.open(frames(), frame.id);
  }

  function closed(frame) {
    if (!frame || view !== "tree") return;
    pick(frame);
    tree.tile(frame.id)?.focus({ preventScroll: true });
  }

  function bring(frame) {
    go(`#/hero/${asked}?frame=${frame.id}&motion`);
  }

  /** Try, and say what went wrong. */
  async function attempt(work, said = "") {
    panel.fault("");
    try {
      const done = await work();
      if (said) live.textContent = said;
      return done;
    } catch (error) {
      const sentence = error.status ? error.message || words.actionFailed : words.offline;
      panel.fault(sentence);
      if (!selected) live.textContent = sentence;
      return null;
    }
  }

  /** A reviewer of its team looks; the keys do no more than the buttons, which are not there. */
  const looks = () => root.host.dataset.may === "look";

  function favour(frame, on) {
    if (looks()) return null;
    return attempt(() => store.favour(frame, on), on ? words.favoured : words.unfavoured);
  }

  function anchor(frame) {
    if (frame.primary || looks()) return null;
    return attempt(() => store.anchor(frame), words.anchored);
  }

  async function another(work) {
    panel.busy(true);
    const set = await attempt(work, words.ordered);
    panel.busy(false);
    if (!set) return;
    selected = "";
    asked = set.id;
    go(`#/hero/${set.id}`);
    requestAnimationFrame(() => tree.node.querySelector('[data-fresh="true"]')?.scrollIntoView({ block: "nearest" }));
  }

  function again(frame) {
    return another(() => store.again(frame));
  }

  function vary(frame, change) {
    return another(() => store.vary(frame, change));
  }

  async function submit(asking) {
    brief.busy(true);
    try {
      const set = await store.order(asking);
      asked = set.id;
      top = set.root_id;
      selected = "";
      go(`#/hero/${set.id}`);
      brief.clear();
    } catch (error) {
      brief.complain(error.status ? error.message || words.actionFailed : words.offline);
    }
    brief.busy(false);
  }

  async function cancel(set) {
    const sure = await confirmDialog(root, { title: words.cancelTitle, text: words.cancelText, confirm: words.cancelYes, cancel: words.cancelNo, danger: true });
    if (sure) await attempt(() => store.cancel(set), words.cancelling);
  }

  function retry(set) {
    return attempt(() => store.retry(set), words.retried);
  }

  async function remove(set) {
    const sure = await confirmDialog(root, { title: words.deleteTitle, text: words.deleteText, confirm: words.deleteYes, cancel: words.deleteNo, danger: true });
    if (sure) await attempt(() => store.remove(set), words.deleted);
  }

  function edit(set) {
    brief.choose({ ...set, seed: undefined, model: set.model === options.default_model ? "" : set.model });
    go("#/hero");
    brief.focus();
  }

  const ready = routed(route());
  onRoute(routed);
  user.then((id) => id && brief.keepIn(draftOf(`${id}.hero`)));
  await Promise.race([Promise.all([dressed, ready, user]), Promise.all([dressed, new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS); })])]);
  body.hidden = false; // once, with everything in its place
  brief.grow();
}
