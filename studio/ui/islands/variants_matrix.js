// The matrix of a set: hooks down, calls across, a sheet for each story and shape. Every ad is drawn as its clips, in their order: filled
// where it is filmed for this ad, open where another ad films it.
//
//   matrix(words) → {node, show(cells)}        cells: as POST /api/variants/estimate has them

import { fill, h } from "./dom.js";

/** See above. */
export function matrix(words) {
  const node = h("div", { class: "sheets" });

  function show(cells) {
    const sheets = Map.groupBy(cells, (cell) => `${cell.framework} ${cell.aspect_ratio}`);
    node.replaceChildren(...[...sheets.values()].map(sheet));
  }

  function sheet(cells) {
    const [{ framework, aspect_ratio: aspect }] = cells;
    const hooks = [...Map.groupBy(cells, (cell) => cell.hook).values()];
    const calls = [...Map.groupBy(cells, (cell) => cell.call).values()].map(([first]) => first);
    return h("table", { class: "sheet" },
      h("caption", {}, fill(words.matrixOf, { framework, aspect })),
      h("thead", {}, h("tr", {}, h("td", {}, h("span", { class: "sr" }, words.corner)),
        calls.map((cell) => h("th", { scope: "col" }, h("b", {}, cell.call), h("span", {}, cell.call_text))))),
      h("tbody", {}, hooks.map((row) => h("tr", {},
        h("th", { scope: "row" }, h("b", {}, row[0].hook), h("span", {}, row[0].hook_text)), row.map(place)))));
  }

  function place(cell) {
    const own = cell.clips.filter((clip) => clip.made_by === cell.position).length;
    const label = fill(words.cellLabel, { hook: cell.hook, call: cell.call, own, all: cell.clips.length });
    return h("td", { title: `${cell.name}.mp4` },
      h("div", { class: "cell", role: "img", "aria-label": label, "data-own": String(own > 0) },
        strip(cell), h("small", { "aria-hidden": "true" }, own ? fill(words.cellOwn, { own, all: cell.clips.length }) : words.cellNone)));
  }

  return { node, show };
}

/** An ad as its clips. */
export function strip({ clips, position }) {
  return h("span", { class: "strip", "aria-hidden": "true" }, clips.map((clip) => h("i", { "data-own": String(clip.made_by === position) })));
}

/** What filled and open mean. */
export function legend(words) {
  return h("p", { class: "legend small" },
    h("span", {}, h("i", { "data-own": "true" }), words.made), h("span", {}, h("i", { "data-own": "false" }), words.shared));
}
