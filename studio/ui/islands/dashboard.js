// The Quality page: what attempts, final versions and ads measured, and what iterating came to (#/quality); one video attempt by attempt
// (#/quality/<group id>). Which part of the work is looked at is in the address: ?days= or ?from=&to=, ?model=, ?tag=.

import { api } from "./api.js";
import { percent, several, whole } from "./charts.js";
import { filters } from "./dashboard_filters.js";
import { iterating } from "./dashboard_iterating.js";
import { adsMeasured, attemptsMeasured } from "./dashboard_measures.js";
import { videoPage } from "./dashboard_video.js";
import { fill, h, icon, money, styled } from "./dom.js";
import { go, onRoute, route } from "./router.js";

const TAB = "quality";

/** Called once by the island; props.value: {name, words}. */
export function mount({ element, props }) {
  const { words } = props.value;
  const root = element.attachShadow({ mode: "open" });
  const body = h("div", { class: "page", hidden: true });
  root.append(body);
  const count = h("p", { class: "count small", "aria-live": "polite" });
  const tools = filters(words, (query) => go(`#/${TAB}${query ? `?${query}` : ""}`, { replace: true }));
  const content = h("div", { class: "content" });
  const overview = [h("header", { class: "head" }, h("h1", { tabindex: "-1" }, words.title), count), tools.node, content];
  let asking = null;
  let shown = ""; // what the page shows: an address of the API

  styled(root, "base.css", "menu.css", "charts.css", "dashboard.css").then(() => { body.hidden = false; });
  onRoute((now) => { if (now.name === TAB) show(now); });
  if (route().name === TAB) show(route());

  function show({ id, query }) {
    if (id) return ask(`/api/dashboard/groups/${encodeURIComponent(id)}`, (told) => body.replaceChildren(videoPage(words, told)), gone);
    if (!overview[0].isConnected) body.replaceChildren(...overview);
    tools.read(query);
    return ask(`/api/dashboard${search(tools.asked())}`, draw, failed);
  }

  /** Ask `path`; what was there stays until it has answered, unless it was something else. */
  async function ask(path, then, otherwise) {
    asking?.abort();
    const asked = new AbortController();
    asking = asked;
    if (!shown) bones();
    if (shown.startsWith("/api/dashboard/groups") !== path.startsWith("/api/dashboard/groups")) window.scrollTo({ top: 0, behavior: "instant" });
    content.setAttribute("aria-busy", "true");
    try {
      const told = await api(path, { signal: asked.signal });
      shown = path;
      content.removeAttribute("aria-busy");
      then(told);
    } catch (error) {
      if (error.name !== "AbortError" && asking === asked) {
        shown = path;
        content.removeAttribute("aria-busy");
        otherwise(error);
      }
    }
  }

  function draw(told) {
    tools.options(told.models, told.tags);
    const anything = told.models.length > 0 || told.ads.n > 0 || tools.narrowed();
    tools.node.hidden = !anything;
    const counted = [[told.attempts.n, words.countedTakes], [told.ads.n, words.countedAds]].filter(([n]) => n);
    count.textContent = counted.map(([n, how]) => several(how, n)).join(", ");
    if (told.empty) return content.replaceChildren(tools.narrowed() ? nothing() : teach(true));
    const csv = (chart) => `/api/dashboard.csv${search({ ...tools.asked(), chart })}`;
    const link = (id) => `#/${TAB}/${id}`;
    return content.replaceChildren(...(told.attempts.n
      ? [glance(told), iterating(words, told, { csv, link }), attemptsMeasured(words, told, csv)]
      : [tools.narrowed() ? null : teach(false)]), adsMeasured(words, told, csv, Boolean(tools.asked().tag)));
  }

  function glance({ attempts, iterations_per_final: iterations, agreement, cost_per_approved_second: cost }) {
    const sure = agreement.interval && { low: percent(agreement.interval[0]), high: percent(agreement.interval[1]), n: whole(agreement.n) };
    return h("section", { "aria-label": words.figures }, h("dl", { class: "figures" },
      one(words.finals, whole(attempts.finals), fill(words.finalsOf, { attempts: whole(attempts.n), videos: whole(attempts.videos) })),
      one(words.iterations, iterations.median ?? "–", iterations.median === null ? words.none : fill(words.iterationsMore, { mean: iterations.mean.toFixed(1) })),
      one(words.agreement, sure ? `${percent(agreement.rate)} %` : "–", sure ? fill(words.agreementMore, sure) : words.none),
      one(words.cost, cost.usd === null ? "–" : money(cost.usd), cost.usd === null ? words.none
        : cost.spent ? fill(words.costMore, { spent: money(cost.spent), seconds: whole(cost.seconds) }) : words.costFree)));
  }

  function one(name, value, more) {
    return h("div", {}, h("dt", {}, name), h("dd", {}, String(value), h("small", {}, more)));
  }

  function teach(alone) {
    return h("section", { class: alone ? "teach alone" : "teach", "aria-labelledby": "teach" },
      h("h2", { id: "teach" }, alone ? words.emptyTitle : words.teachTitle),
      alone ? h("p", { class: "lead" }, words.emptyText) : null,
      h("ol", { class: "steps" }, words.steps.map(([title, text], i) => h("li", {}, h("span", { class: "number", "aria-hidden": "true" }, String(i + 1)), h("h3", {}, title), h("p", {}, text)))),
      h("div", { class: "ways" }, h("a", { class: "primary", href: "#/hero" }, words.toHero), alone ? h("a", { class: "secondary", href: "#/" }, words.makeAd) : null));
  }

  function nothing() {
    return state("search", words.nothingTitle, words.nothingText, h("button", { type: "button", class: "secondary", onclick: () => go(`#/${TAB}`, { replace: true }) }, words.showAll));
  }

  function failed(error) {
    content.replaceChildren(state("alert", words.failedTitle, error.message || words.offline,
      h("button", { type: "button", class: "primary", onclick: () => show(route()) }, words.again)));
  }

  function gone(error) {
    const [title, text] = error.status === 404 ? [words.videoMissing, words.videoMissingText] : [words.failedTitle, error.message || words.offline];
    body.replaceChildren(h("h1", { class: "sr", tabindex: "-1" }, words.title), state("alert", title, text, h("a", { class: "secondary", href: `#/${TAB}` }, words.back)));
  }

  function state(glyph, title, text, action) {
    return h("div", { class: "state" }, h("span", { class: "emblem" }, icon(glyph)), h("h2", {}, title), h("p", {}, text), action);
  }

  function bones() {
    content.replaceChildren(h("p", { class: "sr", role: "status" }, words.loading), ...["low", "high", "high"].map((size) => h("div", { class: `bone block ${size}` })));
  }
}

/** {from: "2026-11-01", to: ""} → "?from=2026-11-01" */
function search(asked) {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
  return query.size ? `?${query}` : "";
}
