// Which attempt is recommended and why, what was chosen instead, and what the score is made of: VBench's own measures and what stands in
// for them on axes of their own, every attempt that is shown beside the others.
//
//   scoresPanel(words, {measures, choose(id), auto(on)}) → {node, show({group, iteration, attempt, shown, busy})}

import { scoreOf } from "./compare_player.js";
import { figure } from "./charts.js";
import { fill, h, icon, money } from "./dom.js";
import { running } from "./workspace_store.js";

/** See above. */
export function scoresPanel(words, { measures, choose, auto }) {
  const verdict = h("div", { class: "verdict" });
  const choice = h("button", { type: "button", class: "primary choose", "data-needs": "edit", onclick: () => choose(now.attempt.id) }, icon("check"), h("span", {}));
  const body = h("div", { class: "breakdown" });
  const node = h("div", { class: "panel-body scores", role: "tabpanel", "aria-label": words.scores }, verdict, body);
  const all = h("details", { class: "more" });
  const how = h("details", { class: "more" });
  let now = null;
  let told = "";

  function show(given) {
    now = given;
    const { group, iteration, attempt, shown, busy } = given;
    choice.disabled = busy || attempt.is_final || !attempt.video_url || iteration.status !== "completed";
    choice.lastChild.textContent = attempt.is_final ? fill(words.isFinalLong, { label: attempt.label }) : fill(words.chooseLong, { label: attempt.label });
    choice.title = iteration.status === "completed" || attempt.is_final ? "" : words.chooseLater;
    const key = JSON.stringify([attempt, shown, iteration.ranking, iteration.status, iteration.selected_attempt_id, iteration.chosen_attempt_id, group.auto_select]);
    if (key === told) return;
    told = key;
    verdict.replaceChildren(...said(group, iteration), choice);
    body.replaceChildren(
      ...(attempt.degenerate.length ? [h("div", { class: "trouble" }, icon("alert"), h("div", {}, h("b", {}, fill(words.degenerate, { label: attempt.label })), h("ul", {}, attempt.degenerate.map((sentence) => h("li", {}, sentence)))))] : []),
      ...axes(shown, attempt),
      ...(attempt.vbench_score_overall === null ? [] : [h("p", { class: "small" }, fill(words.vbench, { label: attempt.label, value: scoreOf(attempt.vbench_score_overall) }))]),
      measured(attempt), made(attempt, iteration));
  }

  /** What the program says of this iteration, and whether somebody decided otherwise. */
  function said(group, iteration) {
    const label = (id) => iteration.attempts.find((one) => one.id === id)?.label ?? "";
    const [selected, chosen] = [label(iteration.selected_attempt_id), label(iteration.chosen_attempt_id)];
    const yours = iteration.attempts.find((one) => one.is_user_selected_best)?.label;
    const reason = iteration.ranking ? h("p", {}, iteration.ranking.sentence) : null;
    const title = (kind, text) => h("h2", { class: kind }, text);
    if (running(iteration)) return [title("going", words.notYet), h("p", {}, words.notYetText)];
    if (!iteration.ranking) return [title("none", words.notCompared), h("p", {}, iteration.error?.message ?? words.notComparedText)];
    if (yours && selected && yours !== selected) return [title("yours", fill(words.youChose, { label: yours })), h("p", { class: "override" }, fill(words.overridden, { yours, selected })), reason];
    if (yours && !selected) return [title("yours", fill(words.youChose, { label: yours })), reason];
    if (selected) return [title("system", fill(yours ? words.bothChose : words.recommended, { label: selected })), reason];
    if (!group.auto_select) return [title("none", words.autoOff), h("p", {}, words.autoOffText), reason, h("button", { type: "button", class: "secondary", "data-needs": "edit", onclick: () => auto(true) }, words.autoOn)];
    return [title("close", chosen ? fill(words.youChose, { label: chosen }) : words.tooClose), reason];
  }

  /** Two groups of bars at most; in each, one measure's attempts under each other. */
  function axes(shown, attempt) {
    const parts = new Map();
    for (const one of shown) for (const part of one.parts) parts.set(part.measure, [...(parts.get(part.measure) ?? []), { ...part, label: one.label, focused: one.id === attempt.id }]);
    const rows = [...parts.values()].sort((a, b) => b[0].weight - a[0].weight);
    const axis = (exact, title, text) => {
      const mine = rows.filter(([part]) => part.measure.startsWith("vbench.") === exact);
      if (!mine.length) return [];
      return [h("section", { class: "axis" }, h("header", {}, h("h3", {}, title), h("p", { class: "small" }, text)), h("ul", {}, mine.map(dimension)))];
    };
    if (!rows.length) return shown.some(({ video_url: url }) => url) ? [h("p", { class: "small" }, words.noParts)] : [];
    return [...axis(true, words.exact, words.exactHow), ...axis(false, words.proxy, words.proxyHow)];
  }

  function dimension(parts) {
    const { name, weight, measure } = parts[0];
    const [title, what] = words.parts[name] ?? [name, ""];
    return h("li", { class: "dimension" },
      h("h4", { title: measure }, title, h("small", {}, what)),
      weight === 1 ? null : h("small", { class: "weight" }, fill(words.weight, { n: weight })),
      h("dl", {}, parts.map(({ label, goodness, value, focused }) => {
        const bar = h("i", {});
        bar.style.setProperty("--part", String(goodness));
        return h("div", { class: focused ? "focused" : null, title: fill(words.measuredAs, { measure, value: figure(value) }) }, h("dt", {}, label), h("dd", {}, h("span", { class: "meter" }, bar), h("span", {}, goodness.toFixed(2))));
      })));
  }

  function measured(attempt) {
    const kinds = { exact: words.kindExact, proxy: words.kindProxy };
    const name = ({ metric }) => measures[metric] ?? metric.replace(/_v\d+$/, "").replaceAll("_", " ");
    const table = (rows, caption) => (rows.length ? [h("table", {}, h("caption", {}, caption), h("tbody", {}, rows.map((one) => h("tr", {}, h("th", { scope: "row", title: one.name }, name(one)), h("td", {}, one.value === null ? h("span", { class: "why" }, one.reason || words.unmeasured) : figure(one.value))))))] : []);
    const of = (kind) => attempt.scores.filter((one) => one.kind === kind);
    all.hidden = !attempt.scores.length;
    all.replaceChildren(h("summary", {}, icon("chevron"), h("span", {}, fill(words.allMeasures, { label: attempt.label }))), ...table(of("exact"), kinds.exact), ...table(of("proxy"), kinds.proxy), ...table(of("unavailable"), words.unmeasured));
    return all;
  }

  function made(attempt, iteration) {
    const fact = (name, value) => (value === null || value === undefined || value === "" ? [] : [h("div", {}, h("dt", {}, name), h("dd", {}, String(value)))]);
    how.hidden = !attempt.video_url;
    how.replaceChildren(h("summary", {}, icon("chevron"), h("span", {}, fill(words.howMade, { label: attempt.label }))),
      h("dl", { class: "made" }, ...fact(words.fields.model, attempt.model), ...fact(words.fields.seed, attempt.seed), ...fact(words.told, attempt.made?.prompt), ...fact(words.fields.negative_prompt, iteration.negative_prompt),
        ...fact(words.size, attempt.width ? fill(words.sizeSaid, { width: attempt.width, height: attempt.height, fps: attempt.fps }) : ""), ...fact(words.cost, typeof attempt.cost === "number" ? money(attempt.cost) : "")),
      ...(attempt.made?.notes ?? []).map((note) => h("p", { class: "small" }, note)));
    return how;
  }

  return { node, show };
}
