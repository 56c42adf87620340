// The view of a finished ad: download, facts, how it was made.

import { duration, fill, h, icon, fileSize } from "./dom.js";

/** page: what studio/words.py says. take(ad): the same brief with the next seed. another(): back to the prompt. */
export function resultView(page, { take, another }) {
  const { words } = page;
  const heading = h("h1", { tabindex: "-1" }, words.doneTitle);
  const node = h("section", { class: "view result" });

  function show(ad) {
    const { result } = ad;
    const size = `${result.width} × ${result.height}`;
    node.replaceChildren(
      heading,
      h("p", { class: "asked" }, `“${ad.brief.prompt}”`),
      h("div", { class: "actions" },
        h("a", { class: "primary", href: result.download_url, download: true }, icon("download"), h("span", {}, words.download)),
        h("button", { type: "button", class: "secondary", title: words.takeHint, onclick: () => take(ad) }, icon("again"), h("span", {}, words.take)),
        h("button", { type: "button", class: "quiet", onclick: another }, icon("plus"), h("span", {}, words.another))),
      h("dl", { class: "facts" },
        fact(words.length, duration(result.duration_s)),
        fact(words.size, size, result.size_bytes ? fileSize(result.size_bytes) : ""),
        fact(words.cost, `$${result.cost_usd}`),
        fact(words.made, duration(ad.elapsed_s))),
      ...(result.notes.length ? [h("div", { class: "notes" }, h("h2", {}, words.notes), h("ul", {}, result.notes.map((note) => h("li", {}, note))))] : []),
      details(ad));
  }

  function fact(name, value, more = "") {
    return h("div", {}, h("dt", {}, name), h("dd", {}, value, more ? h("small", {}, more) : null));
  }

  function details(ad) {
    const { models, stages } = ad.result;
    const longest = Math.max(0.1, ...stages.map((stage) => stage.seconds));
    return h("details", {},
      h("summary", {}, icon("chevron"), h("span", {}, words.details)),
      h("div", { class: "details" },
        h("table", {}, h("tbody", {}, stages.map((stage) => {
          const bar = h("i", {});
          bar.style.width = `${(100 * stage.seconds) / longest}%`;
          return h("tr", {}, h("th", { scope: "row" }, stage.label), h("td", { class: "amount" }, bar), h("td", {}, `${stage.seconds.toFixed(1)} s`));
        }))),
        h("p", { class: "small" }, `${words.models}: ${models.join(", ")}`),
        h("p", { class: "small" }, `${words.seed}: ${ad.brief.seed}`)));
  }

  return { node, heading, show };
}
