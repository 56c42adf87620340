// Beside the stage: what was done (back to any point), findings, clips made again, saved versions, exports, what reviewers asked for.
//
//   side(store, words, {say(text), again(pieceId)}) → {node, lane, draw(), open(name), rest()}   lane: the scores, for the timeline; draw: it anew

import { api } from "./api.js";
import { ago, fileSize, fill, h, icon } from "./dom.js";
import { remakes } from "./editor_again.js";
import { findings } from "./editor_findings.js";
import { media } from "./editor_media.js";
import { follow } from "./events.js";
import { timecode } from "./timeline_model.js";

/** See above. */
export function side(store, words, { say, again }) {
  const { state } = store;
  const scores = findings(store, words, { again, say });
  const made = remakes(store, words, { say });
  const own = media(store, words, { say });
  const parts = {
    history: h("ol", { class: "history" }), findings: scores.node, remakes: made.node, media: own.node,
    versions: h("ul", { class: "rows" }), exports: h("ul", { class: "rows" }), review: h("ul", { class: "rows" }),
  };
  const tabs = Object.keys(parts).map((name) => h("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "side-panel", onclick: () => open(name), onkeydown: arrows }, words.sides[name]));
  const panel = h("div", { class: "panel-body", id: "side-panel", role: "tabpanel", tabindex: "0" });
  const node = h("section", { class: "panel side", "aria-label": words.sideLabel }, h("div", { class: "tabs", role: "tablist", "aria-label": words.sideLabel }, tabs), panel);
  const watched = new Map();
  let current = "history";
  let measured = -1; // the revision whose scores were asked for

  function open(name) {
    current = name;
    tabs.forEach((tab, i) => {
      const on = Object.keys(parts)[i] === name;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", `tab-${name}`);
    panel.replaceChildren(parts[name]);
    if (name === "exports") exports();
    if (name === "review") review();
    if (name === "remakes") made.load();
    if (name === "media") own.load();
  }

  function arrows(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const names = Object.keys(parts);
    const next = (names.indexOf(current) + by + names.length) % names.length;
    open(names[next]);
    tabs[next].focus();
  }

  function history() {
    const { done, undone } = state.told;
    const rows = [
      h("li", {}, h("button", { type: "button", "aria-current": done.length ? null : "step", onclick: () => done.length && store.undo(done.length) }, h("span", {}, words.begun))),
      ...done.map((step, i) => h("li", {}, h("button", { type: "button", "aria-current": i === done.length - 1 ? "step" : null, onclick: () => done.length - 1 - i && store.undo(done.length - 1 - i) }, h("span", {}, step.words), h("small", {}, ago(step.at))))),
      ...[...undone].reverse().map((step, i) => h("li", { class: "undone" }, h("button", { type: "button", onclick: () => store.redo(i + 1) }, h("span", {}, step.words)))),
    ];
    parts.history.replaceChildren(...rows);
    const here = current === "history" ? parts.history.querySelector("[aria-current]") : null;
    if (here) panel.scrollTop = here.offsetTop - panel.offsetTop - panel.clientHeight / 2;
  }

  function versions() {
    const { versions: saved, saved: now, dirty } = state.told;
    const row = (id, title, about, on) => h("li", {}, h("div", {}, h("strong", {}, title), h("small", {}, about)),
      on ? h("span", { class: "here" }, icon("check"), words.here) : h("button", { type: "button", class: "quiet", "aria-label": fill(words.openVersion, { title }), onclick: () => store.open(id) }, words.open));
    parts.versions.replaceChildren(
      ...[...saved].reverse().map((one) => row(one.id, one.title, [fill(one.n_changes === 1 ? words.changesOne : words.changes, { n: one.n_changes }), ago(one.created_at)].join(" · "), one.id === now && !dirty)),
      row(null, words.asMade, words.asMadeText, !state.told.done.length && !now));
  }

  async function exports() {
    try {
      const { exports: found } = await api(`${store.here}/exports`);
      parts.exports.replaceChildren(...(found.length ? found.map(exported) : [h("li", { class: "none" }, words.noExports)]));
      for (const one of found) if (!["completed", "failed"].includes(one.status) && !watched.has(one.generation_id)) {
        watched.set(one.generation_id, follow(one.generation_id, { news: (detail) => progress(one.generation_id, detail) }));
      }
    } catch { /* the list is looked at again when something is exported */ }
  }

  function exported(one) {
    const about = one.status === "completed"
      ? [fileSize(one.size_bytes ?? 0), one.copied ? fill(words.copied, { copied: one.copied, rendered: one.rendered }) : "", ago(one.created_at)]
      : [one.status === "failed" ? one.trouble : words.exporting];
    return h("li", { "data-id": one.generation_id },
      h("div", {}, h("strong", {}, one.words), h("small", {}, about.filter(Boolean).join(" · "))),
      one.status === "completed" ? h("div", { class: "row-do" },
        h("a", { class: "quiet", href: `#/ad/${one.generation_id}` }, words.watch),
        h("a", { class: "quiet icon-only", href: `/api/video/${one.generation_id}`, download: true, "aria-label": fill(words.downloadNamed, { name: one.words }) }, icon("download"))) : null,
      ["pending", "processing"].includes(one.status) ? h("button", { type: "button", class: "quiet", onclick: () => api(`/api/generations/${one.generation_id}/cancel`, { method: "POST" }).then(exports, () => {}) }, words.cancel) : null);
  }

  function progress(id, detail) {
    const about = parts.exports.querySelector(`[data-id="${id}"] small`);
    if (about && !["completed", "failed"].includes(detail.status)) about.textContent = fill(words.exportingAt, { percent: detail.progress });
    if (["completed", "failed"].includes(detail.status) && watched.has(id)) {
      watched.get(id)?.();
      watched.delete(id);
      say(detail.status === "completed" ? words.saidExported : words.saidExportFailed);
      exports();
    }
  }

  async function review() {
    try {
      const { remarks } = await api(`/api/generations/${state.told.ad.id}/review`);
      const open_ = remarks.filter((one) => !one.by_owner);
      parts.review.replaceChildren(...(open_.length ? open_.map(asked) : [h("li", { class: "none" }, words.noReview)]));
    } catch { /* said where reviews are read */ }
  }

  /** A remark is about a clip of the film; here it is about that clip wherever it is now. */
  function asked(one) {
    const { edit } = state.told;
    const piece = one.clip && edit.pieces.find((piece_) => piece_.id === one.clip || piece_.name === one.clip);
    return h("li", { class: one.done ? "done" : "" },
      h("div", {}, h("strong", {}, one.author, one.at_s === null ? "" : ` · ${timecode(Math.round(one.at_s * edit.fps), edit.fps)}`), h("p", {}, one.text)),
      piece ? h("button", { type: "button", class: "quiet", onclick: () => { store.select([piece.id]); store.seek(piece.start); } }, piece.label) : null,
      h("label", { class: "tick" }, h("input", { type: "checkbox", checked: one.done, "aria-label": words.seenTo, onchange: (event) => api(`/api/generations/${state.told.ad.id}/remarks/${one.id}`, { method: "PUT", body: { done: event.target.checked } }).then(review, review) })));
  }

  store.on((_, what) => {
    if (current === "media" && ["told", "select"].includes(what)) own.draw();
    if (what !== "told") return;
    history();
    versions();
    if (state.told.revision !== measured) {
      measured = state.told.revision;
      scores.load();
    }
    if (current === "review") review();
    if (current === "remakes") made.load();
  });
  open("history");
  return {
    node, lane: scores.lane, draw: scores.draw, open,
    rest: () => {
      made.rest();
      own.rest();
      for (const stop of watched.values()) stop?.();
      watched.clear();
    },
  };
}
