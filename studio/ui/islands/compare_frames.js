// What measures say of each frame, asked for once per attempt; and which measure is looked at, in which the page's own ("exact") and
// what stands in for others ("proxy") are told apart.
//
//   framesOf(measures, words, {changed}) → {node, show(attempts), of(id), scale(), name()}
//     of(id) → the chosen measure of that attempt with {fps, n_frames}, or null.  scale() → {lo, hi} over the attempts shown

import { api } from "./api.js";
import { fill, h, icon } from "./dom.js";

const FIRST = ["brightness_flicker_v1", "temporal_flickering", "interp_residual_dis_v1", "motion_smoothness"];

/** See above. */
export function framesOf(measures, words, { changed }) {
  const known = new Map(); // attempt id → its frames; null while they are asked for
  const choice = h("select", { "aria-label": words.measure, onchange: () => { asked = choice.value; describe(); changed(); } });
  const how = h("span", { class: "small how" });
  const node = h("div", { class: "measured" }, h("span", { class: "picker" }, choice, icon("chevron")), how);
  let shown = [];
  let asked = "";
  let listed = "";

  function show(attempts) {
    shown = attempts;
    for (const attempt of attempts) if (attempt.video_url && !known.get(ofNow(attempt))) look(attempt);
    offer();
  }

  /** A film that is made again is measured again. */
  function ofNow({ id, video_url: url, overall }) {
    return `${id} ${url} ${overall}`;
  }

  async function look(attempt) {
    const key = ofNow(attempt);
    if (known.has(key)) return;
    known.set(key, null);
    try {
      known.set(key, await api(`/api/video-attempts/${attempt.id}/frames`));
    } catch {
      known.delete(key); // asked for again with the next news
    }
    offer();
    changed();
  }

  function all() {
    return shown.map((attempt) => known.get(ofNow(attempt))).filter(Boolean);
  }

  function offer() {
    const found = new Map(all().flatMap(({ metrics }) => metrics.map((one) => [one.metric, one])));
    if (!found.has(asked)) asked = FIRST.find((name) => found.has(name)) ?? found.keys().next().value ?? "";
    const key = `${asked} ${[...found.keys()]}`;
    node.hidden = !found.size;
    if (key === listed) return;
    listed = key;
    const group = (kind, label) => {
      const rows = [...found.values()].filter((one) => one.kind === kind);
      return rows.length ? [h("optgroup", { label }, rows.map((one) => h("option", { value: one.metric, selected: one.metric === asked }, title(one.metric))))] : [];
    };
    choice.replaceChildren(...group("exact", words.exact), ...group("proxy", words.proxy));
    describe();
  }

  function describe() {
    const one = all().flatMap(({ metrics }) => metrics).find(({ metric }) => metric === asked);
    how.textContent = one ? fill(words.stripHow, { kind: one.kind === "exact" ? words.kindExact : words.kindProxy, direction: words.directions[one.direction] }) : "";
  }

  function title(metric) {
    return measures[metric] ?? metric.replace(/_v\d+$/, "").replaceAll("_", " ");
  }

  function of(id) {
    const attempt = shown.find((one) => one.id === id);
    const frames = attempt && known.get(ofNow(attempt));
    const one = frames?.metrics.find(({ metric }) => metric === asked);
    return one?.values.length ? { ...one, fps: frames.fps, n_frames: frames.n_frames } : null;
  }

  function scale() {
    const values = all().flatMap(({ metrics }) => metrics.filter(({ metric }) => metric === asked).flatMap((one) => one.values));
    return { lo: values.reduce((a, b) => Math.min(a, b), Infinity), hi: values.reduce((a, b) => Math.max(a, b), -Infinity) };
  }

  return { node, show, of, scale, name: () => (asked ? title(asked) : "") };
}
