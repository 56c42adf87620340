// Every iteration in the order it was made: its attempts, which of them counts, what was asked differently, and how the score went. A
// picture that is pressed joins the comparison, or leaves it.
//
//   versionsLine(words, names, {toggle(id), only(iteration), cancel, retry, missing(iteration)}) → {node, show({group, shown, focused})}
//     names: of workspace_fields.js

import { drawn } from "./charts.js";
import { scoreOf } from "./compare_player.js";
import { ago, date, fill, h, icon, money, roughly } from "./dom.js";
import { running } from "./workspace_store.js";

const TREND_H = 44;
const EDGE = 9;

/** See above. */
export function versionsLine(words, names, { toggle, only, cancel, retry, missing }) {
  const cards = new Map(); // number → card
  const count = h("p", { class: "small" });
  const trend = drawn("svg", { class: "trend", height: TREND_H, "aria-hidden": "true" });
  const list = h("ol", { class: "iterations" });
  const track = h("div", { class: "track-wide" }, trend, list);
  const strip = h("div", { class: "versions-scroll", tabindex: "0", role: "region", "aria-label": words.versions }, track);
  const node = h("section", { class: "versions" }, h("header", {}, h("h2", {}, words.versions), count, h("p", { class: "small how" }, words.versionsHow)), strip);
  let drawnFor = "";

  function show({ group, shown, focused }) {
    const known = cards.size;
    for (const iteration of group.iterations) {
      if (!cards.has(iteration.number)) cards.set(iteration.number, card());
      cards.get(iteration.number).show(iteration, group, shown, focused);
    }
    for (const [number, one] of cards) if (!group.iterations.some((iteration) => iteration.number === number)) { one.node.remove(); cards.delete(number); }
    group.iterations.forEach(({ number }, i) => { if (list.children[i] !== cards.get(number).node) list.insertBefore(cards.get(number).node, list.children[i] ?? null); });
    count.textContent = fill(group.iterations.length === 1 ? words.countOne : words.count, { n: group.iterations.length, attempts: group.iterations.flatMap(({ attempts }) => attempts).length });
    score(group);
    if (cards.size > known) requestAnimationFrame(() => { strip.scrollTo({ left: strip.scrollWidth, behavior: known ? "smooth" : "instant" }); });
  }

  /** The line over the cards: of each iteration, the attempt that counts. */
  function score(group) {
    const key = JSON.stringify([group.trend, group.iterations.length, group.final_attempt_id]);
    if (key === drawnFor) return;
    drawnFor = key;
    const [wide, gap] = [Number(getComputedStyle(list).getPropertyValue("--card") || 280), 12];
    const width = group.iterations.length * (wide + gap) - gap;
    trend.setAttribute("viewBox", `0 0 ${width} ${TREND_H}`);
    trend.setAttribute("width", width);
    trend.replaceChildren();
    const values = group.trend.map(({ overall }) => overall);
    trend.toggleAttribute("hidden", values.length < 2);
    if (values.length < 2) return;
    const [lo, hi] = [Math.min(...values), Math.max(...values)];
    const x = ({ iteration }) => group.iterations.findIndex(({ number }) => number === iteration) * (wide + gap) + 24;
    const y = ({ overall }) => (hi - lo < 1e-9 ? TREND_H / 2 : TREND_H - EDGE - ((overall - lo) / (hi - lo)) * (TREND_H - 2 * EDGE));
    trend.append(drawn("path", { class: "way", d: group.trend.map((step, i) => `${i ? "L" : "M"}${x(step)} ${y(step)}`).join("") }));
    group.trend.forEach((step, i) => {
      const text = drawn("text", { x: x(step) + 12, y: y(step) + (y(step) < TREND_H / 2 ? 12 : -2) });
      const by = i ? step.overall - group.trend[i - 1].overall : 0;
      text.textContent = i && Math.abs(by) >= 0.0005 ? `${scoreOf(step.overall)}  ${by > 0 ? "+" : "−"}${Math.abs(by).toFixed(3)}` : scoreOf(step.overall);
      trend.append(drawn("circle", { class: step.attempt_id === group.final_attempt_id ? "dot final" : "dot", cx: x(step), cy: y(step), r: 5 }), text);
    });
  }

  function card() {
    const title = h("h3", {});
    const when = h("time", {});
    const spent = h("span", { class: "spent" });
    const state = h("span", { class: "state-text" });
    const compare = h("button", { type: "button", class: "quiet only", onclick: () => only(now) }, words.compareThese);
    const takes = h("ul", { class: "takes" });
    const differs = h("ul", { class: "differs" });
    const note = h("p", { class: "note" });
    const meter = h("i", {});
    const bar = h("div", { class: "bar", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" }, meter);
    const stop = h("button", { type: "button", class: "quiet", "data-needs": "manage", onclick: () => cancel(now) }, words.cancel);
    const going = h("div", { class: "going" }, h("div", {}, bar, state), stop);
    const trouble = h("p", { class: "fault" });
    const again = h("button", { type: "button", class: "secondary", "data-needs": "edit", onclick: () => (now.status === "completed" ? missing(now) : retry(now)) }, icon("again"), h("span", {}, words.retry));
    const ended = h("div", { class: "ended" }, trouble, again);
    const buttons = new Map();
    const node = h("li", {}, h("header", {}, title, when, spent, compare), takes, going, ended, differs, note);
    let now = null;

    function show(iteration, group, shown, focused) {
      now = iteration;
      const { number, attempts } = iteration;
      title.textContent = fill(words.iteration, { n: number });
      when.dateTime = iteration.created_at;
      when.textContent = ago(iteration.created_at);
      when.title = date(iteration.created_at, { time: true });
      spent.textContent = running(iteration) || !iteration.cost ? "" : money(iteration.cost);
      spent.title = fill(words.spent, { cost: money(iteration.cost ?? 0), quoted: money(iteration.quoted_cost) });
      node.dataset.final = String(attempts.some(({ is_final: final }) => final));
      compare.hidden = group.iterations.length < 2;
      compare.setAttribute("aria-label", fill(words.compareTheseLong, { n: number }));
      for (const attempt of attempts) {
        if (!buttons.has(attempt.id)) { buttons.set(attempt.id, thumb(attempt.id)); takes.append(buttons.get(attempt.id).node); }
        buttons.get(attempt.id).show(attempt, iteration, shown, focused);
      }
      const busy = running(iteration);
      going.hidden = !busy;
      meter.style.transform = `scaleX(${iteration.progress / 100})`;
      bar.setAttribute("aria-valuenow", String(Math.floor(iteration.progress)));
      bar.setAttribute("aria-label", fill(words.progress, { n: number }));
      const wait = iteration.queue_position > 1 ? fill(words.queued, { n: iteration.queue_position - 1 }) : words.queuedNext;
      state.textContent = iteration.status === "pending" ? wait : [iteration.current_step, iteration.eta_s ? fill(words.eta, { time: roughly(iteration.eta_s) }) : ""].filter(Boolean).join(" · ");
      const partly = iteration.status === "completed" && iteration.n_failed > 0;
      ended.hidden = iteration.status !== "failed" && !partly;
      again.hidden = partly && iteration.missing_in !== null; // what was made stays: the others are an iteration of their own
      again.lastChild.textContent = partly ? words.missingMake : words.retry;
      const lacks = partly && [fill(iteration.n_failed === 1 ? words.partlyOne : words.partlyMany, { n: iteration.n_failed, all: attempts.length }), iteration.missing_in === null ? "" : fill(words.missingIn, { n: iteration.missing_in })].filter(Boolean).join(" ");
      trouble.textContent = partly ? lacks
        : iteration.error?.code === "cancelled" ? words.cancelled : iteration.error?.message ?? words.failed;
      differs.replaceChildren(...iteration.changes.map((change) => h("li", {}, names.change(change))));
      if (number > 1 && !iteration.changes.length) differs.replaceChildren(h("li", { class: "small" }, words.sameAgain));
      note.hidden = !iteration.note;
      note.textContent = iteration.note ?? "";
    }

    return { node, show };
  }

  function thumb(id) {
    const image = h("img", { alt: "", loading: "lazy", decoding: "async" });
    const name = h("span", { class: "name" });
    const flag = h("span", { class: "flag", hidden: true });
    const button = h("button", { type: "button", class: "thumb", onclick: () => toggle(id) }, h("span", { class: "pic" }, image, flag), name);
    const node = h("li", {}, button);

    function show(attempt, iteration, shown, focused) {
      const on = shown.includes(attempt.id);
      const state = attempt.video_url ? "done" : attempt.status === "failed" || iteration.status === "failed" ? "failed" : attempt.status === "processing" ? "making" : "waiting";
      button.dataset.state = state;
      button.dataset.focused = String(attempt.id === focused);
      button.setAttribute("aria-pressed", String(on));
      button.disabled = state === "failed" || (state !== "done" && !on && iteration.status === "failed");
      button.dataset.chosen = String(attempt.id === iteration.chosen_attempt_id);
      name.replaceChildren(h("b", {}, attempt.label), attempt.overall === null ? "" : ` ${scoreOf(attempt.overall)}`);
      flag.hidden = !attempt.is_final && attempt.id !== iteration.chosen_attempt_id;
      flag.className = `flag ${attempt.is_final ? "final" : ""}`;
      flag.textContent = attempt.is_final ? words.flagFinal : iteration.attempts.some((one) => one.is_user_selected_best) ? words.flagYours : words.flagSystem;
      button.setAttribute("aria-label", [fill(words.attempt, { label: attempt.label }), attempt.overall === null ? words.states[state] : fill(words.scoreSaid, { value: scoreOf(attempt.overall) }), flag.hidden ? "" : flag.textContent, on ? words.inComparison : ""].filter(Boolean).join(", "));
      button.title = on ? words.takeOut : words.putIn;
      if (attempt.thumbnail_url && image.getAttribute("src") !== attempt.thumbnail_url) image.src = attempt.thumbnail_url;
      image.hidden = !attempt.thumbnail_url;
    }

    return { node, show };
  }

  return { node, show };
}
