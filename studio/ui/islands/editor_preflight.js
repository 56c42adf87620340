// Pre-flight in the export dialog: what the platform of the chosen shape would say, before anything is rendered. It only tells; exporting
// stays possible whatever was found.
//
//   preflight(store, words) → {node, look(wish)}   wish: what was chosen, as the studio takes it; look asks anew, the last one asked counts

import { api } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { timecode } from "./timeline_model.js";

/** See above. */
export function preflight(store, words) {
  const head = h("p", { class: "check-head", role: "status" }, words.checking);
  const rows = h("ul", { class: "rows check-rows" });
  const later = h("p", { class: "small" });
  const node = h("section", { class: "preflight", "aria-label": words.checkLabel }, head, rows, later);
  let asked = 0;

  async function look(wish) {
    const turn = (asked += 1);
    try {
      const found = await api(`${store.here}/preflight`, { body: { revision: store.state.told.revision, ...wish } });
      if (turn === asked) show(found);
    } catch (error) {
      if (turn !== asked) return;
      head.replaceChildren(icon("alert"), h("span", {}, error.message && error.status ? error.message : words.offline));
      head.dataset.state = "stop";
      rows.replaceChildren();
      later.textContent = "";
    }
  }

  function show({ title, ready, findings, unknown, looked_up }) {
    const stops = findings.filter((one) => one.weight === "stop").length;
    const told = !findings.length ? words.checkFine : ready ? (findings.length === 1 ? words.checkMendOne : words.checkMend) : stops === 1 ? words.checkStopOne : words.checkStop;
    head.dataset.state = !findings.length ? "fine" : ready ? "mend" : "stop";
    head.replaceChildren(icon(findings.length ? "alert" : "check"), h("span", {}, fill(told, { platform: title, n: ready ? findings.length : stops })));
    rows.replaceChildren(...findings.map((one) => h("li", {}, h("div", {},
      h("strong", {}, one.sentence), h("small", {}, [when(one), one.measured].filter(Boolean).join(" · ")), h("p", {}, one.fix)))));
    const names = unknown.map((rule) => words.rules[rule] ?? rule);
    later.textContent = [names.length ? fill(words.checkLater, { what: names.join(", ") }) : "", fill(words.checkMonth, { month: looked_up })].filter(Boolean).join(" ");
  }

  function when({ time_s }) {
    const { fps } = store.state.told.edit;
    return time_s === null ? "" : fill(words.checkAt, { time: timecode(Math.round(time_s * fps), fps) });
  }

  return { node, look };
}
