// What results say of one set: each factor's choices with their rates and intervals on one scale, a verdict in words, and the next test.
//
//   setFindings(words, told, set) → <section>     told: GET /api/results/<id>

import { fill, h, icon } from "./dom.js";

const whole = (n) => Math.round(n).toLocaleString("en-US");

/** See above. */
export function setFindings(words, told, set) {
  const next = told.next.find((one) => one.set === set);
  const found = told.findings.filter((one) => one.set === set);
  const id = `results-${set}`;
  return h("section", { class: "results-set", "aria-labelledby": id },
    h("h3", { id }, set),
    next ? h("div", { class: "results-next" }, icon("wand"), h("p", {}, h("b", {}, words.next), h("span", {}, next.words)), h("a", { class: "secondary", href: "#/variants" }, words.again)) : "",
    h("div", { class: "results-factors" }, found.filter(({ levels }) => levels.length > 1).map((one) => factor(words, one, words.kinds[told.counted]))));
}

function factor(words, { factor: name, levels, against, verdict, words: said }, counted) {
  const most = Math.max(...levels.map(({ interval }) => interval[1])) || 1;
  const least = Math.min(...levels.map(({ interval }) => interval[0]));
  const pad = 0.08 * (most - least) || 1;
  const on = (share) => (share - least + pad) / (most - least + 2 * pad); // from the lowest to the highest of them: apart, or over each other
  const body = levels.map((level) => {
    const [low, high] = level.interval;
    const bar = h("span", { class: "results-interval", "data-enough": String(level.enough), "aria-hidden": "true" }, h("i", {}), h("b", {}));
    for (const [key, value] of Object.entries({ low, high, at: level.share })) bar.style.setProperty(`--${key}`, String(on(value)));
    return h("tr", {}, h("th", { scope: "row" }, h("span", { class: "results-choice" }, choice(name, level.name))), h("td", { class: "results-few" }, whole(level.ads)), h("td", { class: "results-few" }, whole(level.shown)), h("td", { class: "results-few" }, whole(level.hits)),
      h("td", {}, `${percent(level.share, most)} %`), h("td", { class: "results-span" }, bar, h("small", {}, fill(words.between, { low: percent(low, most), high: percent(high, most) }))));
  });
  return h("article", { class: "results-factor" },
    h("header", {}, h("h4", {}, words.factors[name]), h("span", { class: "results-verdict", "data-verdict": verdict }, words.verdicts[verdict])),
    h("table", {}, h("caption", { class: "sr" }, words.factors[name]), h("thead", {}, h("tr", {}, [words.choice, words.ads, words.shown, counted, words.rate, words.interval].map((title, i) => h("th", { scope: "col", class: i > 0 && i < 4 ? "results-few" : null }, title)))), h("tbody", {}, body)),
    h("p", { class: "results-said" }, said),
    against.length ? h("ul", { class: "small" }, against.map(({ other, interval: [low, high], confidence }) => h("li", {}, fill(words.against, {
      best: choice(name, levels[0].name), other: choice(name, other), low: points(low), high: points(high), confidence: (100 * confidence).toFixed(confidence > 0.95 ? 1 : 0),
    })))) : "");
}

/** "9x16" is how a file can be named. */
function choice(factor, name) {
  return factor === "aspect" ? name.replace("x", ":") : name;
}

/** As fine as the largest of its factor deserves. */
function percent(share, most) {
  return (100 * share).toFixed(most < 0.02 ? 2 : most < 0.2 ? 1 : 0);
}

function points(share) {
  const value = 100 * share;
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(Math.abs(value) < 1 ? 2 : 1)}`;
}
