// What was measured, under the clips and as a list: a mark on every cut and clip, and each finding with the edit that mends it.
//
//   findings(store, words, {again(pieceId), say(text)}) → {node (the list), lane (for the timeline's slot), load(), draw()}

import { api } from "./api.js";
import { fill, h, icon } from "./dom.js";

/** See above. */
export function findings(store, words, { again, say }) {
  const { state } = store;
  const node = h("ul", { class: "rows findings" });
  const lane = h("div", { class: "lane scores", role: "group", "aria-label": words.laneScores });
  let found = null;
  let asked = 0;
  let shown = null; // {found, edit} that the marks are of

  async function load() {
    const turn = (asked += 1);
    try {
      const reply = await api(`${store.here}/scores`);
      if (turn !== asked) return;
      found = reply;
      list();
      draw();
    } catch { // an ad that was never measured has no lane
      lane.hidden = !found;
    }
  }

  function list() {
    const rows = found.findings.map((one) => h("li", { class: "finding" },
      h("div", {}, h("strong", {}, one.sentence), h("small", {}, one.advice),
        h("div", { class: "row-do" },
          one.frame === null ? null : h("button", { type: "button", class: "quiet", onclick: () => { store.select(one.pieces.slice(-1)); store.seek(one.frame); } }, words.show),
          one.fix?.actions ? h("button", { type: "button", class: "secondary", onclick: (event) => fix(event.currentTarget, one.fix) }, icon("wand"), h("span", {}, one.fix.title)) : null,
          one.fix?.regenerate ? h("button", { type: "button", class: one.fix.actions ? "quiet" : "secondary", onclick: () => again(one.fix.regenerate) }, icon("again"), h("span", {}, words.again)) : null))));
    const note = found.measured_at === null ? words.neverMeasured : !rows.length ? words.nothingFound : found.stale ? words.staleScores : "";
    node.replaceChildren(...[note ? h("li", { class: "none" }, note) : null, ...rows].filter(Boolean));
  }

  async function fix(button, { actions, title }) {
    button.disabled = true;
    if (await store.act(actions)) say(title);
    else button.disabled = false;
  }

  /** Marks in step with the clips, in shares of the film: zooming makes the lane wider and nothing else. The lane keeps its place while
   *  its scores are on their way, for nothing may move under a pointer. */
  function draw() {
    if (!found || !state.told) return;
    lane.hidden = !found.clips.length && !found.cuts.length;
    if (lane.hidden) return;
    lane.style.width = `${state.told.edit.n_frames * state.scale}px`;
    if (shown?.found === found && shown.edit === state.told.edit) return;
    const { edit } = state.told;
    shown = { found, edit };
    const share = (frames) => `${(100 * frames) / edit.n_frames}%`;
    const place = new Map(edit.pieces.map((piece) => [piece.id, piece]));
    const clips = found.clips.filter((one) => place.has(one.piece)).map((one) => {
      const piece = place.get(one.piece);
      const scored = one.scores.filter((score) => score.goodness !== null);
      const mean = scored.length ? scored.reduce((sum, score) => sum + score.goodness, 0) / scored.length : null;
      const bar = h("i", {});
      const mark = h("span", { class: one.stale ? "clip-score stale" : "clip-score", title: one.scores.map((score) => `${score.name} ${score.value === null ? "–" : score.value.toFixed(3)}`).join("\n") }, bar);
      bar.style.width = `${Math.round((mean ?? 0) * 100)}%`;
      mark.style.left = `calc(${share(piece.start)} + 3px)`;
      mark.style.width = `max(4px, ${share(piece.n_frames)} - 6px)`;
      return mark;
    });
    const cuts = found.cuts.map((one) => {
      const over = one.measures.filter((measure) => measure.limit !== null && measure.value !== null && Math.abs(measure.value) > measure.limit);
      const told = one.measures.map((measure) => `${measure.name} ${measure.value === null ? "–" : measure.value.toFixed(1)}${measure.limit === null ? "" : ` / ${measure.limit}`}`).join("\n");
      const mark = h("span", { class: "cut-score", "data-state": one.stale ? "stale" : one.planned ? "planned" : over.length ? "over" : "fine", title: told });
      mark.style.left = share(one.frame);
      return mark;
    });
    lane.replaceChildren(h("span", { class: "sr" }, fill(words.laneTold, { clips: clips.length, cuts: cuts.length, n: found.findings.length })), ...clips, ...cuts);
  }

  return { node, lane, load, draw };
}
