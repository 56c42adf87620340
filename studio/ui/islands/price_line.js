// What an order will cost at most, said before it is given: asked for when it has rested for a moment. For any order with an estimate.
//
//   priceLine(words, path, say) → {node, ask(body)}
//     words: priceNone, priceFree, pricePaid, priceMore, priceOverCap, priceOverLeft, priceLeft; {…} is filled in
//     path: of the estimate.  say(quote) → what is made for it, in a few words
//     ask(body): the order is this now; null while there is none. An answer that has been overtaken is dropped.

import { api } from "./api.js";
import { fill, h, money, moneyAtMost } from "./dom.js";

const REST_MS = 500;

/** See above. */
export function priceLine(words, path, say) {
  const node = h("p", { class: "quote", "aria-live": "polite" }, words.priceNone);
  let timer = 0;
  let asked = "";
  let aborter = null;

  function ask(body) {
    const key = JSON.stringify(body);
    if (key === asked) return;
    asked = key;
    clearTimeout(timer);
    aborter?.abort();
    if (!body) return told(words.priceNone);
    timer = setTimeout(() => look(body), REST_MS);
  }

  async function look(body) {
    const mine = new AbortController();
    aborter = mine;
    try {
      show(await api(path, { body, signal: mine.signal }));
    } catch (error) {
      if (mine.signal.aborted) return;
      if (error.status === 429) timer = setTimeout(() => look(body), 1000 * (error.retryAfter ?? 10));
      told(error.status && error.status < 500 ? error.message || words.priceNone : words.priceNone);
    }
  }

  function show(quote) {
    if (quote.missing) return told(quote.missing);
    const cost = moneyAtMost(quote.cost);
    const { cap_per_ad: cap, left_this_month: left, notes = [], warnings = [] } = quote;
    if (typeof cap === "number" && quote.cost > cap) return told(fill(words.priceOverCap, { cost, cap: money(cap) }), "over");
    if (typeof left === "number" && quote.cost > left) return told(fill(words.priceOverLeft, { cost, left: money(left) }), "over");
    const counted = quote.cost ? fill(words.pricePaid, { cost }) : fill(words.priceFree, { cost });
    const rest = quote.cost && typeof left === "number" ? fill(words.priceLeft, { left: money(left) }) : "";
    told([say(quote), rest, ...notes, ...warnings].filter(Boolean).join(" · "), "", notes.length && quote.cost ? fill(words.priceMore, { cost }) : counted);
  }

  function told(text, kind = "", price = "") {
    node.className = `quote ${kind}`.trim();
    node.replaceChildren(...(price ? [h("b", {}, price), h("span", {}, text)] : [h("span", {}, text)]));
  }

  return { node, ask };
}
