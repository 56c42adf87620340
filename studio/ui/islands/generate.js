// The Generate page: one of three views beside one frame. The ad shown is the one in the address (#ad=…), so reloading,
// going back and a second window all work by themselves.

import { composer } from "./composer.js";
import { fill, h, icon } from "./dom.js";
import { api, follow } from "./follow.js";
import { progressView } from "./progress.js";
import { resultView } from "./result.js";
import { stage } from "./stage.js";

/** Called once by the island; `props.value` is studio.words.page(). */
export function mount({ element, props }) {
  const page = props.value;
  const { words } = page;
  const root = element.attachShadow({ mode: "open" });
  let view = null;
  let stopFollowing = () => {};
  let id = "";
  let spoken = "";
  const live = h("p", { class: "sr", role: "status", "aria-live": "polite" });
  const panel = h("div", { class: "panel" });
  const frame = stage(page);
  const desk = h("div", { class: "desk" }, panel, frame.node);
  const body = h("div", { class: "page", hidden: true },
    h("header", { class: "top" },
      h("span", { class: "brand" }, h("img", { src: "/s/mark.svg", alt: "", width: 28, height: 28 }), page.name),
      h("span", { class: "where" }, icon("lock"), words.where)),
    desk, live);
  const style = h("link", { rel: "stylesheet", href: "/s/generate.css" });
  const compose = composer(page, { submit: start, changed: (brief) => view && view === compose && frame.idle(brief) });
  const progress = progressView(page, { cancel });
  const result = resultView(page, { take, another });
  style.addEventListener("load", () => { body.hidden = false; compose.grow(); });
  root.append(style, body);

  function switchTo(next, { focus = true } = {}) {
    if (view === next) return;
    const first = view === null;
    if (view === progress) progress.stop();
    view = next;
    desk.dataset.view = next === compose ? "compose" : next === progress ? "making" : "done";
    panel.replaceChildren(next.node);
    if (next === progress) { progress.cancelling(false); progress.start(); }
    if (next === compose) { compose.grow(); frame.idle(compose.brief()); }
    if (focus && !first) {
      next.heading.focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    }
  }

  function say(sentence) {
    if (sentence === spoken) return;
    spoken = sentence;
    live.textContent = sentence;
  }

  function title(text) {
    document.title = text ? `${text} · ${page.name}` : page.name;
  }

  /** Back to the prompt, with everything that was asked still in it. */
  function back(brief, { trouble = "", notice = "" } = {}) {
    stopFollowing();
    id = "";
    history.replaceState(null, "", location.pathname + location.search);
    if (brief) compose.fill(brief);
    switchTo(compose);
    title("");
    compose.tell(notice);
    compose.complain(trouble);
  }

  function show(ad) {
    if (ad.state === "failed") return back(ad.brief, { trouble: ad.error.message });
    if (ad.state === "cancelled") return back(ad.brief, { notice: words.cancelled });
    if (ad.state === "completed") {
      result.show(ad);
      switchTo(result);
      frame.play(ad);
      title(words.doneTitle);
      say(words.doneTitle);
      return;
    }
    progress.show(ad);
    switchTo(progress);
    frame.busy(ad);
    title(`${Math.floor(ad.percent)} %`);
    if (progress.label()) say(fill(words.live, { percent: Math.floor(ad.percent), step: progress.label() }));
  }

  function route() {
    const wanted = /^#ad=([0-9a-f]{32})$/.exec(location.hash)?.[1] ?? "";
    if (wanted === id && view) return;
    stopFollowing();
    id = wanted;
    if (!id) {
      switchTo(compose);
      title("");
      return;
    }
    stopFollowing = follow(id, { news: show, lost: progress.lost, gone: (error) => back(null, { trouble: error.message }) });
  }

  async function start(brief) {
    compose.busy(true);
    try {
      const ad = await api("/api/ads", brief);
      compose.complain("");
      compose.tell("");
      location.hash = `ad=${ad.id}`;
    } catch (error) {
      if (view !== compose) compose.fill(brief);
      back(null, { trouble: error.message || words.offline });
    } finally {
      compose.busy(false);
    }
  }

  async function cancel() {
    progress.cancelling(true);
    try {
      show(await api(`/api/ads/${id}/cancel`, {}));
    } catch {
      progress.cancelling(false);
      progress.lost();
    }
  }

  function take(ad) {
    start({ ...ad.brief, seed: (ad.brief.seed + 1) % (page.limits.seedMax + 1) });
  }

  function another() {
    history.pushState(null, "", location.pathname + location.search);
    route();
    compose.focus();
  }

  window.addEventListener("hashchange", route);
  window.addEventListener("popstate", route);
  route();
}
