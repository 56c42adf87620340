// How every measure is spread, VBench's own apart from what stands in for them: of attempts and final versions, and of finished ads.
//
//   attemptsMeasured(words, told, csv) → <section>          told: GET /api/dashboard; csv(chart) → an address
//   adsMeasured(words, told, csv, tagged) → <section>       tagged: the selection has a tag, which leaves no ads

import { percent, several, whole } from "./charts.js";
import { spread } from "./charts_spread.js";
import { legend } from "./dashboard_iterating.js";
import { fill, h, icon } from "./dom.js";

/** See above. */
export function attemptsMeasured(words, { distributions, missing }, csv) {
  return part("measured", words.measured, legend(words, words.mirrored), kinds(words, distributions, csv("attempts"), words.attempts), gone(words, missing));
}

/** See above. */
export function adsMeasured(words, { ads, adoption }, csv, tagged) {
  const adopted = adoption.met ? h("p", { class: "small" }, fill(words.adopted, { met: whole(adoption.met), n: whole(adoption.n), rate: percent(adoption.rate) })) : null;
  if (!ads.n || !ads.distributions.length) {
    return part("ads", words.adsMeasured, null,
      [h("p", { class: "none" }, tagged ? words.adsTagged : words.adsNone), tagged ? null : h("a", { class: "secondary", href: "#/" }, words.makeAd)], null);
  }
  return part("ads", words.adsMeasured, adopted, kinds(words, ads.distributions, csv("ads"), words.ads), gone(words, ads.missing));
}

function part(id, title, colours, inside, foot) {
  return h("section", { class: "part", "aria-labelledby": id }, h("header", {}, h("h2", { id }, title), colours), inside, foot);
}

function kinds(words, distributions, csv, all) {
  const order = Object.keys(words.measures);
  return [["exact", words.exact, words.exactHow], ["proxy", words.proxy, words.proxyHow]].map(([kind, title, how]) => {
    const found = distributions.filter((one) => one.kind === kind).sort((a, b) => order.indexOf(a.metric) - order.indexOf(b.metric));
    if (!found.length) return null;
    return h("div", { class: "kind" }, h("header", {}, h("h3", {}, title), h("p", { class: "small" }, how)),
      h("div", { class: "measures" }, found.map((measure) => spread(words, measure, { csv, all }))));
  });
}

function gone(words, missing) {
  if (!missing.length) return null;
  return h("details", { class: "missing" },
    h("summary", {}, icon("chevron"), h("span", {}, several(words.missing, missing.length))),
    h("dl", {}, missing.map(({ name, reason }) => h("div", {}, h("dt", {}, h("code", {}, name)), h("dd", {}, reason)))));
}
