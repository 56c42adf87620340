// The Generate tab: one of four views beside one frame. The address says which ad is shown (router.js), and the studio knows how
// it stands, so reloading, going back, a second window and a restarted server all work by themselves.

import { api } from "./api.js";
import { asBody } from "./brief.js";
import { composer } from "./composer.js";
import { confirmDialog } from "./dialog.js";
import { fill, h, styled } from "./dom.js";
import { draftOf } from "./draft.js";
import { endedView } from "./ended.js";
import { follow } from "./events.js";
import { progressView } from "./progress.js";
import { recentAds } from "./recent.js";
import { resultView } from "./result.js";
import { go, onRoute, route, tabOf } from "./router.js";
import { stage } from "./stage.js";

const PATIENCE_MS = 1500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Called once by the island; `props.value` is studio.words.generate.page(). */
export async function mount({ element, props }) {
  const page = props.value;
  const { words } = page;
  const root = element.attachShadow({ mode: "open" });
  let view = null;
  let stopFollowing = () => {};
  let id = ""; // of the ad shown
  let stopped = ""; // the ad this window asked to be stopped
  let spoken = "";
  let order = ""; // of the brief in the box: "asked", then "taken" until the box is emptied
  let arrived = () => {}; // resolves what routed() returned

  const live = h("p", { class: "sr", role: "status", "aria-live": "polite" });
  const panel = h("div", { class: "panel" });
  const frame = stage(page);
  const desk = h("div", { class: "desk" }, panel, frame.node);
  const body = h("div", { class: "page", hidden: true, ondragover: keepPage, ondrop: keepPage }, desk, live);
  const recent = recentAds(page);
  const compose = composer(page, { submit, changed: (brief, photo) => view && view === compose && frame.idle(brief, photo), below: recent.node });
  const progress = progressView(page, { cancel });
  const ended = endedView(page, { retry, edit, remove });
  const result = resultView(page, { again, edit, remove, seek: frame.seek });
  const names = new Map([[compose, "compose"], [progress, "making"], [ended, "ended"], [result, "done"]]);
  root.append(body);

  function switchTo(next) {
    if (view === next) return;
    const first = view === null;
    if (view === progress) progress.stop();
    if (view === result) result.forget();
    emptyBox(); // not before: an empty box would flash
    view = next;
    desk.dataset.view = names.get(next);
    panel.replaceChildren(next.node);
    if (next === progress) { progress.cancelling(false); progress.start(); }
    if (next === compose) { compose.grow(); frame.idle(compose.brief(), compose.photo()); }
    if (first) return;
    next.heading.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }

  function keepPage(event) {
    event.preventDefault(); // a file dropped beside the box would take the page's place
  }

  function emptyBox() {
    if (order !== "taken") return;
    order = "";
    compose.clear();
    compose.busy(false);
  }

  function say(sentence) {
    if (sentence === spoken) return;
    spoken = sentence;
    live.textContent = sentence;
  }

  function title(text) {
    document.title = text ? `${text} · ${page.name}` : page.name;
  }

  /** The prompt, with everything that was asked in it. */
  function edit(ad, { notice = "", trouble = "" } = {}) {
    compose.choose({ ...ad.brief, team: ad.team_id }, ad.photo ?? null);
    switchTo(compose); // at once, not with the address: what follows has the last word on where the focus is
    go("#/");
    compose.tell(notice);
    compose.complain(trouble);
    if (!trouble) compose.focus();
  }

  function show(ad) {
    arrived();
    if (ad.status === "failed") {
      if (ad.cancelled && stopped === ad.id) { stopped = ""; return edit(ad, { notice: words.cancelled }); }
      ended.show(ad);
      switchTo(ended);
      frame.idle(ad.brief, null, "");
      title(ended.heading.textContent);
      return say(ended.heading.textContent);
    }
    if (ad.status === "completed") {
      result.show(ad);
      switchTo(result);
      frame.play(ad);
      title(words.doneTitle);
      return say(words.doneTitle);
    }
    progress.show(ad);
    switchTo(progress);
    frame.busy(ad);
    title(`${Math.floor(ad.progress)} %`);
    if (progress.label()) say(fill(words.live, { percent: Math.floor(ad.progress), step: progress.label() }));
  }

  function gone() {
    arrived();
    stopFollowing();
    ended.missing();
    switchTo(ended);
    frame.idle({}, null, "");
    title(words.goneTitle);
  }

  /** Show what the address names; resolves when it is there. */
  function routed(where) {
    const elsewhere = where.name === "variants"; // in this tab, and an island of its own (variants.js)
    element.style.display = elsewhere ? "none" : "";
    if (elsewhere || tabOf(where) !== "generate") { // another page is open: nothing here plays, asks or names the window
      stopFollowing();
      recent.stop();
      frame.rest();
      id = "";
      return;
    }
    const wanted = where.name === "ad" ? where.id : "";
    if (wanted && wanted === id) return;
    stopFollowing();
    id = wanted;
    if (!id) {
      emptyBox();
      switchTo(compose);
      title("");
      if (where.query.get("kit")) { // from the Brands page
        compose.pin(where.query.get("kit"));
        go("#/", { replace: true });
      }
      return recent.start();
    }
    recent.stop();
    if (!UUID.test(id)) return gone();
    stopFollowing = follow(id, { news: show, lost: progress.lost, gone });
    return new Promise((resolve) => { arrived = resolve; });
  }

  async function submit(brief) {
    if (order) return;
    order = "asked";
    compose.busy(true);
    try {
      await make(brief);
      order = "taken";
    } catch (error) {
      order = "";
      compose.busy(false);
      compose.complain(sentence(error));
    }
  }

  async function again(ad) {
    try {
      await make({ ...ad.brief, team: ad.team_id, seed: (ad.brief.seed + 1) % (page.limits.seedMax + 1) });
    } catch (error) {
      result.fault(sentence(error));
    }
  }

  /** Order the ad of `brief` and go to it. */
  async function make(brief) {
    const { generation_id: made } = await api("/api/generate", { body: asBody(brief) });
    go(`#/ad/${made}`);
  }

  async function cancel() {
    const asked = id;
    const sure = await confirmDialog(root, { title: words.cancelTitle, text: words.cancelText, confirm: words.cancelYes, cancel: words.cancelNo, danger: true });
    if (!sure || id !== asked || view !== progress) return;
    progress.cancelling(true);
    stopped = asked;
    try {
      await api(`/api/generations/${asked}/cancel`, { method: "POST" });
    } catch {
      progress.cancelling(false);
      progress.lost();
    }
  }

  async function retry(ad) {
    ended.busy(true);
    try {
      await api(`/api/generations/${ad.id}/retry`, { method: "POST" });
      show(await api(`/api/generations/${ad.id}`));
    } catch (error) {
      ended.busy(false);
      ended.fault(sentence(error));
    }
  }

  async function remove(ad) {
    const sure = await confirmDialog(root, { title: words.deleteTitle, text: words.deleteText, confirm: words.deleteYes, cancel: words.deleteNo, danger: true });
    if (!sure) return;
    stopFollowing(); // or its end would be told here as somebody else's doing
    try {
      await api(`/api/generations/${ad.id}`, { method: "DELETE" });
      go("#/gallery");
    } catch (error) {
      stopFollowing = follow(ad.id, { news: show, lost: progress.lost, gone });
      (view === result ? result : ended).fault(sentence(error));
    }
  }

  function sentence(error) {
    return error.status ? error.message || words.actionFailed : words.offline;
  }

  const capabilities = api("/api/capabilities").catch(() => null).then(compose.able);
  const me = api("/api/auth/me").then(({ id: user }) => compose.keepIn(draftOf(user)), () => {});
  const listed = routed(route());
  onRoute(routed);
  await styled(root, "base.css", "generate.css", "composer.css", "provenance.css", "teams_ad.css");
  await Promise.race([Promise.all([capabilities, me, listed]), new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS); })]);
  body.hidden = false; // once, with everything in its place
  compose.grow();
}
