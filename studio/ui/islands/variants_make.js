// A set being put together: the brief and its lines at one side, what becomes of them at the other, and one button.
//
//   setMaker(page, {user}) → {node, start()}        user: id of the person, "" when that is not known

import { api } from "./api.js";
import { ago, date, fill, h, icon, money, moneyAtMost } from "./dom.js";
import { draftOf } from "./draft.js";
import { segmented, shape, toggle } from "./fields.js";
import { go } from "./router.js";
import { whosePick } from "./teams_whose.js";
import { lines, several } from "./variants_lines.js";
import { legend, matrix } from "./variants_matrix.js";

const REST_MS = 400;
const LENGTHS = [15, 30, 60];
const KEPT = ["style", "grade", "brand_colors", "seed", "voice", "captions", "models", "coherence", "lora", "lora_weight", "product_image_id", "rating", "features", "kit", "team"];
const SETS = 12;

/** See above. */
export function setMaker(page, { user }) {
  const { words, limits } = page;
  let kept = {}; // of the Generate page's brief: what has no field here
  let timer = 0;
  let asking = null;
  let asked = "";
  let quote = null;
  let proposed = "";
  let untouched = true; // shapes and stories are the brief's as long as nobody chose

  const prompt = h("textarea", { id: "v-prompt", class: "box", rows: 3, maxlength: 2000, placeholder: words.promptPlaceholder });
  const brand = h("input", { type: "text", id: "v-brand", maxlength: limits.brandMax, placeholder: words.brandPlaceholder, autocomplete: "off" });
  const length = segmented("v-length", words.duration, LENGTHS.map((n) => ({ value: String(n), text: fill(words.seconds, { n }) })));
  const hooks = lines(words, { name: "hook", title: words.hooks, how: words.hooksHow, one: words.hook, add: words.hookAdd, most: limits.lines, chars: limits.hookMax, start: 2 });
  const calls = lines(words, { name: "call", title: words.calls, how: words.callsHow, one: words.call, add: words.callAdd, most: limits.lines, chars: limits.callMax, start: 2 });
  const aspects = several("v-aspect", words.aspects, page.aspects.map((one) => ({ value: one.value, text: one.value, glyph: shape(one) })), ["9:16"]);
  const frameworks = several("v-framework", words.frameworks, page.frameworks.map(({ value, title, hint }) => ({ value, text: title, title: hint })), ["PAS"]);
  const openings = toggle("own-openings", words.openings, words.openingsHow);
  const link = (id, label, extra = {}) => h("input", { type: "text", id: `v-${id}`, maxlength: 200, autocomplete: "off", ...extra });
  const landing = link("landing", words.landing, { inputmode: "url", placeholder: "https://" });
  const utm = { source: link("source"), medium: link("medium", "", { placeholder: "paid_social" }), campaign: link("campaign") };
  const field = (input, label) => h("div", { class: "field" }, h("label", { for: input.id }, label), input);
  const inherited = h("p", { class: "small", hidden: true });
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const send = h("button", { type: "submit", class: "primary" }, h("span", {}, words.makeNone), icon("arrow"));
  const told = matrix(words);
  const empty = h("p", { class: "hollow" }, words.waiting);
  const bill = h("div", { class: "bill", "aria-live": "polite" });
  const sets = h("ul", { class: "sets" });
  let whose = ""; // the team whose sets are listed
  const pick = whosePick(page.teams, (id) => { whose = id; list(); });
  const earlier = h("section", { class: "earlier", "aria-labelledby": "v-earlier", hidden: true }, h("div", { class: "earlier-head" }, h("h2", { id: "v-earlier" }, words.earlier), pick.node), sets);

  const node = h("form", { class: "maker", novalidate: true, onsubmit: (event) => { event.preventDefault(); order(); } },
    h("header", { class: "set-head" }, h("div", {}, h("h1", { tabindex: "-1" }, words.title), h("p", { class: "lead" }, words.lead)),
      h("div", { class: "head-links" }, h("a", { class: "quiet", href: "#/" }, icon("back"), h("span", {}, words.back)), h("a", { class: "secondary", href: "#/variants?results" }, icon("sliders"), h("span", {}, words.results)))),
    h("div", { class: "asks" },
      h("div", { class: "field" }, h("label", { for: "v-prompt" }, words.promptLabel), prompt, inherited),
      h("div", { class: "pair" }, field(brand, words.brand), length.node),
      hooks.node, calls.node,
      h("div", { class: "pair" }, aspects.node, frameworks.node),
      h("div", { class: "switches" }, openings.node),
      h("details", {}, h("summary", {}, icon("chevron"), h("span", {}, words.links)), h("p", { class: "small" }, words.linksHow), field(landing, words.landing),
        h("div", { class: "triple" }, field(utm.source, words.source), field(utm.medium, words.medium), field(utm.campaign, words.campaign)))),
    h("section", { class: "outcome", "aria-labelledby": "v-matrix" },
      h("div", { class: "outcome-head" }, h("h2", { id: "v-matrix" }, words.matrix), legend(words)),
      empty, told.node, bill, trouble, send),
    earlier);

  node.addEventListener("input", () => { complain(""); look(); });
  for (const chosen of [aspects, frameworks]) chosen.node.addEventListener("change", () => { untouched = false; });

  function body() {
    const links = Object.fromEntries(Object.entries(utm).map(([name, input]) => [name, input.value.trim()]).filter(([, value]) => value));
    return {
      ...kept, prompt: prompt.value.trim(), brand: brand.value.trim(), duration: Number(length.value()), hooks: hooks.value(), calls: calls.value(),
      aspects: aspects.value(), frameworks: frameworks.value(), own_openings: openings.value(), landing_page: landing.value.trim(), utm: links,
    };
  }

  function look() {
    const wanted = body();
    const key = JSON.stringify(wanted);
    if (key === asked) return;
    asked = key;
    clearTimeout(timer);
    asking?.abort();
    if (wanted.prompt.length < limits.promptMin) return show(null);
    send.disabled = true;
    timer = setTimeout(() => ask(wanted), REST_MS);
  }

  async function ask(wanted) {
    const mine = new AbortController();
    asking = mine;
    try {
      await propose(wanted, mine.signal);
      show(await api("/api/variants/estimate", { body: body(), signal: mine.signal }));
    } catch (error) {
      if (mine.signal.aborted) return;
      if (error.status === 429) timer = setTimeout(() => ask(wanted), 1000 * (error.retryAfter ?? 10));
      show(null);
      complain(sentence(error));
    }
  }

  /** The copywriter's lines for this brief, and the story and shape that it suggests. */
  async function propose(wanted, signal) {
    const { prompt: text, brand: name, duration, style = null, seed = 0 } = wanted;
    const key = JSON.stringify([text, name, duration, style, seed, wanted.frameworks[0]]);
    if (key === proposed) return;
    const found = await api("/api/variants/options", { body: { prompt: text, brand: name, duration, style, seed }, signal }).catch((error) => {
      if (signal.aborted || error.field !== "prompt") throw error;
      return null;
    });
    if (!found) return;
    proposed = key;
    if (untouched) { frameworks.set([found.framework]); aspects.set([found.aspect_ratio]); }
    hooks.propose(found.hooks[frameworks.value()[0]]);
    calls.propose(found.calls);
    asked = JSON.stringify(body());
  }

  function show(found) {
    quote = found && !found.missing ? found : null;
    empty.hidden = Boolean(quote);
    empty.textContent = found?.missing || words.waiting;
    told.node.hidden = !quote;
    bill.hidden = !quote;
    send.disabled = !quote;
    send.firstChild.textContent = quote ? fill(words.make, { n: quote.cells.length }) : words.makeNone;
    if (!quote) return;
    told.show(quote.cells);
    const { cost, cost_one_by_one: alone, orders, orders_left: left, left_this_month: month } = quote;
    const over = orders > left ? fill(words.tooMany, { n: orders, left }) : cost > month ? fill(words.overLeft, { left: money(month) }) : "";
    bill.dataset.over = String(Boolean(over));
    bill.replaceChildren(
      h("b", {}, cost ? fill(words.cost, { cost: moneyAtMost(cost) }) : words.free),
      cost && alone > cost ? h("s", {}, fill(words.instead, { cost: moneyAtMost(alone) })) : "",
      h("span", {}, fill(words.clips, { made: quote.clips_made, all: quote.clips })),
      h("span", {}, over || fill(words.orders, { n: orders, left })),
      ...[...quote.notes, ...quote.warnings].map((note) => h("span", {}, note)));
    send.disabled = Boolean(over);
  }

  async function order() {
    if (send.disabled) return;
    send.disabled = true;
    complain("");
    try {
      const { id } = await api("/api/variants", { body: body() });
      go(`#/variants/${id}`);
    } catch (error) {
      complain(sentence(error));
    }
    send.disabled = false;
  }

  function complain(text) {
    trouble.replaceChildren(...(text ? [icon("alert"), h("span", {}, text)] : []));
    trouble.hidden = !text;
  }

  function sentence(error) {
    return error.status ? error.message || words.actionFailed : words.offline;
  }

  /** Begin with what was being written on the Generate page. */
  function take() {
    const brief = (user && draftOf(user).read()?.brief) || {};
    if (brief.prompt && brief.prompt !== prompt.value) {
      prompt.value = brief.prompt;
      brand.value = brief.brand ?? "";
      length.set(brief.duration);
      if (brief.aspect_ratio || brief.framework) untouched = false;
      if (brief.aspect_ratio) aspects.set([brief.aspect_ratio]);
      if (brief.framework) frameworks.set([brief.framework]);
      kept = Object.fromEntries(KEPT.filter((name) => brief[name] !== null && brief[name] !== undefined).map((name) => [name, brief[name]]));
      if (kept.models) delete kept.models.text;
    }
    const said = [
      kept.team && words.keptTeam, kept.kit && words.keptKit, kept.style && fill(words.keptStyle, { name: kept.style }), kept.brand_colors?.length && fill(words.keptColors, { n: kept.brand_colors.length }),
      kept.product_image_id && words.keptPhoto, kept.voice && words.keptVoice, kept.captions && words.keptCaptions, Object.keys(kept.models ?? {}).length && words.keptModels,
    ].filter(Boolean);
    inherited.textContent = said.length ? fill(words.kept, { what: said.join(", ") }) : "";
    inherited.hidden = !said.length;
  }

  async function list() {
    const found = await api(`/api/variants?limit=${SETS}${whose ? `&team=${whose}` : ""}`).catch(() => null);
    if (!found) return;
    earlier.hidden = !found.total && pick.node.hidden;
    sets.replaceChildren(...found.sets.map((one) => h("li", {}, h("a", { href: `#/variants/${one.id}` },
      h("span", { class: "posters", "aria-hidden": "true" }, one.cells.slice(0, 4).map(({ ad }) => h("i", {}, ad.result?.poster_url ? h("img", { src: ad.result.poster_url, alt: "", loading: "lazy" }) : null))),
      h("b", {}, one.title), h("span", { class: "small" }, fill(words.doneOf, { done: one.done, all: one.cells.length }), " · ", h("time", { datetime: one.created_at, title: date(one.created_at, { time: true }) }, ago(one.created_at)))))));
  }

  function start() {
    take();
    asked = "";
    look();
    list();
  }

  show(null);
  return { node, start };
}
