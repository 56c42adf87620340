// One group on the bench: its attempts side by side, what they measured and what to do next beside them, its versions underneath. Which
// attempts are shown is in the address (?show=1.1,2.3), so that a reload, and a link, find the same comparison.
//
//   groupBench(root, page, options, store, {say, draft}) → {node, heading, show(group, query), key(event), rest()}

import { changePanel } from "./workspace_change.js";
import { compareDesk } from "./compare.js";
import { confirmDialog } from "./dialog.js";
import { fill, h, icon } from "./dom.js";
import { menu } from "./menu.js";
import { go } from "./router.js";
import { givenTo } from "./teams_give.js";
import { scoresPanel } from "./workspace_scores.js";
import { makeMissing, nameGroup, useInAd } from "./versions_use.js";
import { versionsLine } from "./versions.js";
import { running } from "./workspace_store.js";

const MOST = 4;
const AT_FIRST = 3;

/** See above. */
export function groupBench(root, page, options, store, { say, draft }) {
  const { words } = page;
  const heading = h("h1", { tabindex: "-1", class: "bench-title" });
  const rename = h("button", { type: "button", class: "quiet rename", "data-needs": "edit", "aria-label": words.rename, title: words.rename, onclick: naming }, icon("edit"));
  const tag = h("a", { class: "tag", hidden: true });
  const final = h("p", { class: "final-line" });
  const download = h("a", { class: "secondary", download: true }, icon("download"), h("span", {}, words.download));
  const cut = h("a", { class: "secondary cut", "data-needs": "edit", title: words.cutHow }, icon("split"), h("span", {}, words.cut));
  const use = h("button", { type: "button", class: "primary", "data-needs": "edit", onclick: ad }, icon("film"), h("span", {}, words.useInAd));
  const dots = h("button", { type: "button", class: "quiet dots", "aria-label": words.menu }, icon("more"));
  const keys = h("button", { type: "button", class: "quiet keys-open", "aria-label": words.keys, title: `${words.keys}  ?`, onclick: keyboard }, icon("info"));
  const whose = givenTo(page.teams, async (text) => { say(text); await store.load(group.id).catch(() => {}); });
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const news = h("div", { class: "news", role: "status", hidden: true });
  const compare = compareDesk(words, page.measures, { pick, swap, choose, focus, close, retry: redo, say });
  const scores = scoresPanel(words, { measures: page.measures, choose, auto: (on) => attempt(() => store.name(group, { auto_select: on })) });
  const change = changePanel(page, options, { suggest: store.suggest, order, draft: () => draft(group.id) });
  const versions = versionsLine(words, change.names, { toggle, only, cancel: stop, retry: redo, missing });
  const tabs = [tab("scores", words.scores, scores.node), tab("change", words.change, change.node)];
  const side = h("aside", { class: "side-panel", "aria-label": words.beside }, h("div", { class: "panel-tabs", role: "tablist", "aria-label": words.beside }, tabs.map(({ button }) => button)), tabs.map(({ panel }) => panel));
  const node = h("section", { class: "view bench" },
    h("header", { class: "bench-head" }, h("a", { class: "quiet back", href: "#/workspace", "aria-label": words.all }, icon("back"), h("span", {}, words.all)),
      h("div", { class: "bench-name" }, h("div", { class: "named" }, heading, rename), h("div", { class: "under" }, final, tag)),
      h("div", { class: "bench-do" }, keys, download, cut, use, h("span", { class: "dots-box" }, dots, menu(dots, actions)))),
    trouble, news,
    h("div", { class: "desk-grid" }, h("div", { class: "left" }, compare.node, versions.node, whose.node), side));
  let group = null;
  let shown = []; // attempt ids, in the order of the players
  let focused = "";
  let named = false; // the address says which, or the person did
  let busy = false;
  let newsOf = 0; // the iteration that the news is of
  let arrived = new Map(); // iteration → how many films were there when last told
  openTab("scores");

  function tab(id, label, panel) {
    const button = h("button", { type: "button", role: "tab", id: `panel-${id}`, "data-needs": id === "change" ? "edit" : null, "aria-controls": `panel-${id}-body`, onclick: () => openTab(id), onkeydown: arrows }, label);
    panel.id = `panel-${id}-body`;
    panel.setAttribute("aria-labelledby", `panel-${id}`);
    panel.removeAttribute("aria-label");
    return { id, button, panel };
  }

  function openTab(id) {
    for (const one of tabs) {
      const on = one.id === id;
      one.button.setAttribute("aria-selected", String(on));
      one.button.tabIndex = on ? 0 : -1;
      one.panel.hidden = !on;
    }
    side.dataset.open = id;
    if (group) draw();
  }

  function arrows(event) {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = tabs.find(({ button }) => button !== event.currentTarget);
    openTab(other.id);
    other.button.focus();
    event.preventDefault();
    event.stopPropagation();
  }

  const attempts = () => group.iterations.flatMap((iteration) => iteration.attempts.map((one) => ({ attempt: one, iteration })));
  const find = (id) => attempts().find(({ attempt: one }) => one.id === id);
  const labelOf = (id) => find(id)?.attempt.label ?? "";

  /** query: URLSearchParams of the address; null: the news changed something. */
  function show(next, query = null) {
    const other = group?.id !== next.id;
    group = next;
    if (other) { shown = []; focused = ""; named = false; arrived = new Map(); news.hidden = true; fault(""); }
    if (query) read(query);
    shown = shown.filter(find);
    if (!shown.length || (!named && !shown.some((id) => find(id).attempt.video_url))) shown = byItself(); // else nobody is taken away from what they look at
    const settled = !named && find(shown[0])?.iteration.status === "completed"; // nobody chose yet: what is recommended is looked at first
    if (settled || !shown.includes(focused)) focused = shown.find((id) => id === best()) ?? shown[0] ?? "";
    tell(other);
    draw();
  }

  function read(query) {
    const labels = (query.get("show") ?? "").split(",").filter(Boolean);
    const found = labels.map((label) => attempts().find(({ attempt: one }) => one.label === label)?.attempt.id).filter(Boolean);
    if (found.length) { shown = [...new Set(found)].slice(0, MOST); named = true; } else if (!labels.length && !query.has("at")) named = false;
    const at = attempts().find(({ attempt: one }) => one.label === query.get("at"))?.attempt.id;
    if (at && shown.includes(at)) focused = at;
  }

  /** The newest iteration that has a film; while there is none, the one that is being made. */
  function byItself() {
    const newest = [...group.iterations].reverse();
    const iteration = newest.find((one) => one.attempts.some(({ video_url: url }) => url)) ?? newest[0];
    if (!iteration) return [];
    const there = iteration.attempts.filter(({ video_url: url, status }) => url || (running(iteration) && status !== "failed"));
    return (there.length ? there : iteration.attempts).slice(0, iteration.attempts.length <= MOST ? MOST : AT_FIRST).map(({ id }) => id);
  }

  function best() {
    const of = find(shown[0])?.iteration;
    return of?.chosen_attempt_id ?? of?.attempts.filter(({ overall }) => overall !== null).sort((a, b) => b.overall - a.overall)[0]?.id;
  }

  function draw() {
    if (!group || !shown.length) return;
    const now = find(focused);
    const { hero_frame: hero, final_attempt: version } = group;
    root.host.dataset.may = group.may;
    if (group.may === "look" && side.dataset.open === "change") openTab("scores");
    whose.show({ path: `/api/generation-groups/${group.id}`, team_id: group.team_id, may: group.iterations.some(running) ? "look" : group.may });
    if (shown.some((id) => find(id).iteration.number === newsOf)) news.hidden = true; // it is being looked at
    heading.textContent = group.title;
    heading.title = group.title;
    tag.hidden = !group.tag;
    tag.textContent = group.tag ?? "";
    if (group.tag) tag.href = `#/workspace?tag=${encodeURIComponent(group.tag)}`;
    else tag.removeAttribute("href");
    final.textContent = version ? fill(words.finalIs, { label: version.label }) : words.finalNone;
    final.dataset.there = String(Boolean(version));
    download.hidden = !version?.video_url;
    if (version?.video_url) { download.href = version.video_url; download.download = `${group.title.replace(/[^\p{L}\p{N} -]/gu, "").slice(0, 60).trim() || "take"} ${version.label}.mp4`; }
    cut.hidden = !version?.video_url;
    if (version?.video_url) cut.href = editor();
    use.disabled = !version;
    use.title = version ? "" : words.useLater;
    const [across, up] = now.attempt.width ? [now.attempt.width, now.attempt.height] : hero?.width ? [hero.width, hero.height] : (hero?.aspect_ratio ?? "9:16").split(":").map(Number);
    node.style.setProperty("--ratio", String(across / up));
    compare.show({ attempts: shown.map(find), focused, groups: group.iterations, ratio: across / up, busy });
    if (!scores.node.hidden) scores.show({ group, iteration: now.iteration, attempt: now.attempt, shown: shown.map((id) => find(id).attempt), busy });
    if (!change.node.hidden) change.show({ group, iteration: now.iteration, attempt: now.attempt });
    versions.show({ group, shown, focused });
  }

  /** What came while somebody looked at something else is said, and offered; it takes nobody away from where they are. */
  function tell(first) {
    for (const iteration of group.iterations) {
      const there = iteration.attempts.filter(({ video_url: url }) => url).length;
      const before = arrived.get(iteration.number);
      arrived.set(iteration.number, there);
      if (first || before === undefined || there <= before) continue;
      say(fill(words.arrived, { n: there, count: iteration.attempts.length, number: iteration.number }));
      if (iteration.attempts.some(({ id }) => shown.includes(id))) continue;
      const compareWith = [focused, iteration.chosen_attempt_id ?? iteration.attempts.find(({ video_url: url }) => url).id];
      news.replaceChildren(h("span", {}, fill(words.arrived, { n: there, count: iteration.attempts.length, number: iteration.number })),
        h("button", { type: "button", class: "quiet", onclick: () => { news.hidden = true; only(iteration); } }, words.lookAt),
        h("button", { type: "button", class: "quiet", onclick: () => { news.hidden = true; put(compareWith, compareWith[1]); } }, fill(words.compareWith, { label: labelOf(compareWith[0]) })));
      newsOf = iteration.number;
      news.hidden = false;
    }
  }

  /** Show these; the address says so too. */
  function put(ids, at = focused) {
    shown = [...new Set(ids)].filter(find).slice(0, MOST);
    focused = shown.includes(at) ? at : shown[0];
    named = true;
    go(`#/workspace/${group.id}?show=${shown.map(labelOf).join(",")}&at=${labelOf(focused)}`, { replace: true });
    draw();
  }

  function focus(id) {
    if (id === focused) return;
    put(shown, id);
    say(fill(words.focused, { label: labelOf(id) }));
  }

  /** Another attempt in a player's place; one that is shown already changes places with it. */
  function pick(i, id) {
    const from = shown.indexOf(id);
    put(shown.map((one, at) => (at === i ? id : at === from ? shown[i] : one)), id);
  }

  function swap() {
    if (shown.length < 2) return;
    const at = shown.indexOf(focused);
    pick((at + 1) % shown.length, focused);
    say(fill(words.swapSaid, { labels: shown.map(labelOf).join(", ") }));
  }

  function close(id) {
    if (shown.length > 1) put(shown.filter((one) => one !== id));
  }

  function toggle(id) {
    if (shown.includes(id)) return shown.length > 1 ? close(id) : say(words.lastOne);
    if (shown.length < MOST) return put([...shown, id], id);
    const out = shown.findLast((one) => one !== focused);
    put(shown.map((one) => (one === out ? id : one)), id);
    say(fill(words.swapped, { label: labelOf(id), out: labelOf(out) }));
  }

  function only(iteration) {
    const there = iteration.attempts.filter(({ video_url: url }) => url || running(iteration));
    if (there.length) put(there.map(({ id }) => id), iteration.chosen_attempt_id ?? there[0].id);
  }

  /** Try, and say what went wrong. */
  async function attempt(work, said = "") {
    fault("");
    busy = true;
    draw();
    try {
      const made = await work();
      if (said) say(typeof said === "function" ? said() : said);
      return made;
    } catch (error) {
      fault(error.status ? error.message || words.actionFailed : words.offline);
      return null;
    } finally {
      busy = false;
      if (store.get(group.id)) draw();
    }
  }

  function choose(id) {
    if (group.may === "look") return null; // the key; the buttons are not there
    const label = labelOf(id);
    return attempt(() => store.choose(group, id), fill(words.choseSaid, { label }));
  }

  async function order(body) {
    const made = await store.order(group, body);
    say(fill(words.ordered, { n: made.iteration }));
    return made;
  }

  async function stop(iteration) {
    const sure = await confirmDialog(root, { title: fill(words.cancelTitle, { n: iteration.number }), text: words.cancelText, confirm: words.cancelYes, cancel: words.cancelNo, danger: true });
    if (sure) await attempt(() => store.cancel(iteration), words.cancelling);
  }

  function redo(iteration) {
    return attempt(() => store.retry(group, iteration), words.retried);
  }

  function missing(iteration) {
    makeMissing(root, page, { group, iteration, order: async () => { say(fill(words.ordered, { n: (await store.missing(group, iteration)).iteration })); } });
  }

  function naming() {
    nameGroup(root, words, { group, save: (fields) => (Object.keys(fields).length ? store.name(group, fields) : null) });
  }

  function ad() {
    useInAd(root, page, { group, order: (body) => store.use(group, body), done: (id) => go(`#/ad/${id}`) });
  }

  /** Where the final version is edited: the studio makes an ad of one clip of it, as it is. */
  function editor() {
    return `#/editor/${find(group.final_attempt_id).iteration.generation_id}`;
  }

  function actions() {
    return [
      ...(group.may === "look" ? [] : [{ label: words.rename, icon: "edit", run: naming }]),
      ...(group.final_attempt?.video_url && group.may !== "look" ? [{ label: words.cut, icon: "split", href: editor() }] : []),
      ...(group.hero_frame ? [{ label: words.toHero, icon: "image", href: `#/hero/${group.hero_frame.id}` }] : []),
      { label: words.toQuality, icon: "sliders", href: `#/quality/${group.id}` },
      { label: words.keys, icon: "info", run: keyboard },
      ...(group.may === "manage" ? [{ label: words.delete, icon: "trash", danger: true, run: remove }] : []),
    ];
  }

  async function remove() {
    const sure = await confirmDialog(root, { title: words.deleteTitle, text: fill(words.deleteText, { title: group.title }), confirm: words.deleteYes, cancel: words.keep, danger: true });
    if (sure) await attempt(() => store.remove(group), words.deleted);
  }

  function keyboard() {
    const dialog = h("dialog", { class: "dialog", "aria-labelledby": "keys-title" }, h("div", { class: "dialog-body" }, h("h2", { id: "keys-title" }, words.keys),
      h("dl", { class: "keys" }, words.keyList.map(([key, what]) => h("div", {}, h("dt", {}, key.split(" ").map((one) => h("kbd", {}, one))), h("dd", {}, what)))),
      h("div", { class: "dialog-foot" }, h("button", { type: "button", class: "primary", autofocus: true, onclick: () => dialog.close() }, words.keysClose))));
    const before = root.activeElement ?? keys;
    root.append(dialog);
    dialog.addEventListener("close", () => { dialog.remove(); before.focus({ preventScroll: true }); });
    dialog.showModal();
  }

  function fault(sentence) {
    trouble.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    trouble.hidden = !sentence;
  }

  return { node, heading, show, rest: compare.rest, key: (event) => (event.key === "?" ? (keyboard(), true) : compare.key(event)) };
}
