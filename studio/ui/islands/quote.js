// What the ad will cost at most, said before it is ordered: asked for when the brief has rested for a moment.

import { api } from "./api.js";
import { asBody } from "./brief.js";
import { fill, h, money, moneyAtMost } from "./dom.js";

const REST_MS = 600;

/** page: what studio/words/generate.py says. ask(brief): the brief is this now; one that is not usable yet costs nothing to ask. */
export function quoteLine(page) {
  const { words, limits } = page;
  const node = h("p", { class: "quote", "aria-live": "polite" }, words.quoteNone);
  let timer = 0;
  let asked = "";
  let aborter = null;

  function ask(brief) {
    const key = JSON.stringify(brief);
    if (key === asked) return;
    asked = key;
    clearTimeout(timer);
    aborter?.abort();
    const length = [...brief.prompt].length;
    if (length < limits.promptMin || length > limits.promptMax) return say(words.quoteNone);
    timer = setTimeout(() => fetchQuote(brief), REST_MS);
  }

  async function fetchQuote(brief) {
    const mine = new AbortController();
    aborter = mine;
    try {
      show(await api("/api/estimate", { body: asBody(brief), signal: mine.signal }));
    } catch (error) {
      if (mine.signal.aborted) return;
      if (error.status === 429) timer = setTimeout(() => fetchQuote(brief), 1000 * (error.retryAfter ?? 10));
      say(words.quoteNone);
    }
  }

  function show(quote) {
    if (quote.missing) return say(words.quoteNone); // said when it is ordered, not while it is written
    const cost = moneyAtMost(quote.cost);
    const cap = quote.cap_per_ad;
    const left = quote.left_this_month;
    if (typeof cap === "number" && quote.cost > cap) return say(fill(words.quoteOverCap, { cost, cap: money(cap) }), "over");
    if (typeof left === "number" && quote.cost > left) return say(fill(words.quoteOverLeft, { cost, left: money(left) }), "over");
    const orders = quote.team_orders_left; // only where the team has a limit of its own for one
    if (orders === 0) return say(words.quoteNoOrders, "over");
    const counted = quote.cost ? fill(words.quotePaid, { cost }) : fill(words.quoteFree, { cost });
    const price = quote.notes.length ? fill(words.quoteMore, { cost }) : counted;
    const made = fill(words.quoteFor, { seconds: quote.duration, aspect: quote.aspect_ratio });
    const rest = quote.cost && typeof left === "number" ? fill(words.quoteLeft, { left: money(left) }) : "";
    const few = typeof orders === "number" ? fill(orders === 1 ? words.quoteOrder : words.quoteOrders, { n: orders }) : "";
    say([made, few, rest, ...quote.notes, ...(quote.warnings ?? [])].filter(Boolean).join(" · "), "", price);
  }

  function say(text, kind = "", price = "") {
    node.className = `quote ${kind}`.trim();
    node.replaceChildren(...(price ? [h("b", {}, price), h("span", {}, text)] : [h("span", {}, text)]));
  }

  return { node, ask };
}
