// The lineage of a picture: every set that came of one brief, each under the frame it came from, with a line between them.
//
//   heroTree(words, matters, acts) → {node, show(sets, {selected}), tile(frameId)}
//     sets: of one tree, oldest first; their order is their number.  acts: of hero_sheet.js, and cancel(set), retry(set), edit(set), remove(set)
//   changeOf(words, matters, set, parent) → what tells a set from the one it came of, in a few words

import { ago, date, fill, h, icon, money, roughly } from "./dom.js";
import { contactSheet } from "./hero_sheet.js";
import { running } from "./hero_store.js";
import { termTitle } from "./hero_terms.js";
import { menu } from "./menu.js";

/** See above. */
export function heroTree(words, matters, acts) {
  const node = h("ol", { class: "sheets tree" });
  const rows = new Map(); // set id → row

  function show(sets, { selected }) {
    const frames = new Map(sets.flatMap((set, i) => set.frames.map((frame) => [frame.id, { frame, set, name: `${i + 1}.${frame.position + 1}` }])));
    for (const id of [...rows.keys()]) if (!sets.some((set) => set.id === id)) { rows.get(id).node.remove(); rows.delete(id); }
    sets.forEach((set, i) => {
      if (!rows.has(set.id)) rows.set(set.id, setRow(words, matters, acts));
      const row = rows.get(set.id);
      const from = frames.get(set.parent_frame_id) ?? null;
      const home = from && from.set.id !== set.id ? rows.get(from.set.id).branch : node;
      if (row.node.parentNode !== home) home.append(row.node);
      row.show(set, { number: i + 1, from, selected });
    });
  }

  return { node, show, tile: (id) => [...rows.values()].map((row) => row.sheet.tile(id)).find(Boolean) };
}

/** See above. */
export function changeOf(words, matters, set, parent) {
  if (set.change === "new" || !parent) return words.changeNew;
  if (set.change === "again") return words.changeAgain;
  const chosen = Object.entries(set.choices ?? {}).filter(([matter, id]) => parent.choices?.[matter] !== id);
  const said = chosen.map(([matter, id]) => `${matters.find((one) => one.id === matter)?.title ?? matter}: ${termTitle(matters, matter, id)}`);
  return [...said, set.words].filter(Boolean).join(" · ") || words.changeVary;
}

function setRow(words, matters, { cancel, retry, edit, remove, ...acts }) {
  let set = null;
  const sheet = contactSheet(words, acts);
  const title = h("h2", {});
  const facts = h("p", { class: "small" });
  let parent = null; // the picture of the frame it came from
  const opener = h("button", { type: "button", class: "quiet dots" }, icon("more"));
  const meter = h("i", {});
  const bar = h("div", { class: "bar", role: "progressbar", "aria-valuemin": 0, "aria-valuemax": 100 }, meter);
  const now = h("p", { class: "small" });
  const stop = h("button", { type: "button", class: "secondary", "data-needs": "manage", onclick: () => cancel(set) }, words.cancel);
  const going = h("div", { class: "going" }, h("div", {}, bar, now), stop);
  const why = h("p", {});
  const again = h("button", { type: "button", class: "secondary", "data-needs": "manage", onclick: () => retry(set) }, icon("again"), h("span", {}, words.retry));
  const ended = h("div", { class: "ended-set" }, why, again);
  const head = h("header", {}, h("div", { class: "about" }, title, facts), h("div", { class: "tools-box" }, opener, menu(opener, actions)));
  const branch = h("ol", { class: "branch" });
  const node = h("li", { class: "knot" },
    h("article", { class: "set-of-frames" }, head, going, ended, sheet.node), branch);

  function actions() {
    return [
      { label: words.edit, icon: "edit", run: () => edit(set) },
      ...(running(set) || set.may !== "manage" ? [] : [{ label: words.delete, icon: "trash", danger: true, run: () => remove(set) }]),
    ];
  }

  function show(next, { number, from, selected }) {
    set = next;
    const change = changeOf(words, matters, set, from?.set);
    title.replaceChildren(h("span", { class: "number" }, String(number)), h("span", {}, change));
    opener.setAttribute("aria-label", fill(words.menu, { n: number }));
    facts.replaceChildren(...[
      from ? fill(words.from, { name: from.name }) : null, h("time", { datetime: set.created_at, title: date(set.created_at, { time: true }) }, ago(set.created_at)),
      set.cost !== null && set.cost !== undefined && !running(set) ? money(set.cost) : null,
    ].filter(Boolean).flatMap((fact, i) => (i ? [" · ", fact] : [fact])));
    if (!from) parent?.remove();
    else if (!parent) {
      const { frame } = from;
      parent = h("button", { type: "button", class: "parent", "aria-label": fill(words.toParent, { name: from.name }), onclick: () => acts.pick(frame, { focus: true }) },
        h("img", { src: frame.thumbnail_url ?? frame.image_url, alt: "" }));
      head.prepend(parent);
    }
    sheet.show(set, { number, selected });
    const live = running(set);
    going.hidden = !live;
    ended.hidden = live || set.status === "completed";
    if (live) {
      meter.style.transform = `scaleX(${set.progress / 100})`;
      bar.setAttribute("aria-valuenow", Math.floor(set.progress));
      bar.setAttribute("aria-label", fill(words.progress, { n: number }));
      const made = set.frames.filter((frame) => frame.image_url).length;
      const eta = typeof set.eta_seconds === "number" && set.eta_seconds > 0 ? fill(words.eta, { time: roughly(set.eta_seconds) }) : "";
      now.textContent = set.status === "pending"
        ? set.queue_position > 1 ? fill(words.waiting, { n: set.queue_position - 1 }) : words.waitingNext
        : [fill(words.making, { n: made, count: set.count }), eta].filter(Boolean).join(" · ");
      stop.disabled = false;
      stop.textContent = words.cancel;
    }
    const cancelled = set.error?.code === "cancelled";
    ended.className = `ended-set ${cancelled ? "notice" : "trouble"}`;
    why.textContent = cancelled ? words.cancelled : set.error?.message ?? set.error ?? words.failed;
  }

  return { node, branch, sheet, show };
}
