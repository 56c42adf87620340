// A clip made again, or a gap filled: asked with its price first, then compared and taken.
//
//   againDialog(root, store, words, pieceId, {ordered(id)})     the question
//   remakes(store, words, {say(text)}) → {node, load()}         what was made: attempts side by side, one to be taken

import { api } from "./api.js";
import { fill, h, icon, moneyAtMost } from "./dom.js";
import { follow } from "./events.js";
import { pieceAt } from "./timeline_model.js";

const WAIT_MS = 350;
let opened = 0;

/** What shall be there instead? See above. */
export function againDialog(root, store, words, pieceId, { ordered }) {
  const piece = store.state.told.edit.pieces.find((one) => one.id === pieceId);
  const id = `again-${(opened += 1)}`;
  const prompt = h("textarea", { id: `${id}-prompt`, class: "box", rows: 3, maxlength: 1000, oninput: later });
  const known = h("div", { class: "known", role: "group", "aria-label": words.againKnown, hidden: true });
  const attempts = h("select", { id: `${id}-n`, onchange: quote }, [1, 2, 3, 4, 5, 6].map((n) => h("option", { value: n, selected: n === 3 }, String(n))));
  const model = h("select", { id: `${id}-model`, onchange: quote }, h("option", { value: "" }, words.againModelOwn));
  const pin = check(words.againPin), reference = check(words.againReference), match = check(words.againMatch);
  const why = h("p", { class: "small" });
  const price = h("p", { class: "price", role: "status" });
  const fault = h("p", { class: "trouble", role: "alert", hidden: true });
  const yes = h("button", { type: "submit", class: "primary" }, icon("again"), h("span", {}, words.againGo));
  let clock = 0;
  let turn = 0;

  function asked() {
    return {
      revision: store.state.told.revision, piece: pieceId, prompt: prompt.value.trim() || null, attempts: Number(attempts.value), model: model.value || null,
      pin_frames: pin.input.checked, reference: reference.input.checked, match_colors: match.input.checked,
    };
  }

  function later() {
    clearTimeout(clock);
    clock = setTimeout(quote, WAIT_MS);
  }

  async function quote() {
    const mine = (turn += 1);
    try {
      const told = await api(`${store.here}/regenerations/estimate`, { body: asked() });
      if (mine !== turn) return;
      if (!prompt.value) prompt.placeholder = told.prompt;
      if (!known.children.length) offer(told.known);
      why.textContent = [told.why, told.pinned.why, ...told.notes, ...told.warnings].filter(Boolean).join(" ");
      price.textContent = fill(words.againPrice, { cost: told.cost ? moneyAtMost(told.cost) : words.free, n: told.attempts, model: told.model });
      fail("");
    } catch (error) {
      if (mine === turn) fail(error.message || words.offline);
    }
  }

  /** Every model that sets pictures in motion; one that cannot be used here says why. */
  async function models() {
    try {
      const { models: found } = await api("/api/image-to-video/options");
      model.append(...found.map((one) => h("option", { value: one.id, disabled: Boolean(one.why_not), title: one.why_not || null }, one.why_not ? fill(words.againModelNot, { name: one.title }) : one.title)));
    } catch { /* the one that made the other clips is there */ }
  }

  /** Words that the ad has, to be said again or begun from. */
  function offer(found) {
    known.replaceChildren(...found.map((one) => h("button", { type: "button", class: "chip", title: one.text, onclick: () => { prompt.value = one.text; prompt.focus(); quote(); } }, one.title)));
    known.hidden = !found.length;
    if (found.length) known.prepend(h("span", { "aria-hidden": "true" }, words.againKnown));
  }

  function fail(sentence) {
    fault.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    fault.hidden = !sentence;
    yes.disabled = Boolean(sentence);
  }

  async function order(event) {
    event.preventDefault();
    yes.disabled = true;
    try {
      const made = await api(`${store.here}/regenerations`, { body: asked() });
      dialog.close();
      ordered(made.id);
    } catch (error) {
      fail(error.message || words.offline);
      yes.disabled = false;
    }
  }

  function check(label) {
    const input = h("input", { type: "checkbox", checked: true, onchange: quote });
    return { input, node: h("label", { class: "check" }, input, h("span", {}, label)) };
  }

  const before = root.activeElement;
  const dialog = h("dialog", { class: "dialog wide", "aria-labelledby": id, onclose: () => { dialog.remove(); before?.focus?.({ preventScroll: true }); } },
    h("form", { class: "dialog-body", onsubmit: order },
      h("h2", { id }, piece.gap ? words.againGap : fill(words.againTitle, { name: piece.label })),
      h("div", { class: "field" }, h("label", { for: `${id}-prompt` }, words.againPrompt), prompt), known, why,
      h("div", { class: "pair" }, h("div", { class: "field" }, h("label", { for: `${id}-n` }, words.againAttempts), attempts), h("div", { class: "field" }, h("label", { for: `${id}-model` }, words.againModel), model)),
      pin.node, reference.node, match.node, price, fault,
      h("div", { class: "dialog-foot" }, h("button", { type: "button", class: "secondary", onclick: () => dialog.close() }, words.keep), yes)));
  root.append(dialog);
  dialog.showModal();
  models();
  quote();
}

/** What was made again; see above. */
export function remakes(store, words, { say }) {
  const node = h("ul", { class: "rows remakes" });
  const watched = new Map();

  async function load() {
    try {
      const { regenerations } = await api(`${store.here}/regenerations`);
      const bin = store.state.told.bin.filter((one) => one.kind !== "sound" && one.origin !== "upload");
      node.replaceChildren(
        ...(regenerations.length ? regenerations.map(row) : [h("li", { class: "none" }, words.noRemakes)]),
        ...(bin.length ? [h("li", { class: "none" }, h("strong", {}, words.bin)), ...bin.map(kept)] : []));
      for (const one of regenerations) if (!["completed", "failed"].includes(one.status) && !watched.has(one.id)) {
        watched.set(one.id, follow(one.generation_id, { news: (detail) => news(one.id, detail) }));
      }
    } catch { /* looked at again with the next news */ }
  }

  function news(id, { status }) {
    load();
    if (!["completed", "failed"].includes(status)) return;
    watched.get(id)?.();
    watched.delete(id);
    say(status === "completed" ? words.saidRemade : words.saidRemakeFailed);
  }

  function row(one) {
    const making = !["completed", "failed"].includes(one.status);
    const piece = store.state.told.edit.pieces.find((it) => it.id === one.piece);
    const state = making ? fill(words.remaking, { percent: one.progress, step: one.current_step ?? "" }) : one.error?.message ?? one.ranking?.sentence ?? "";
    return h("li", { class: "remake" },
      h("div", {},
        h("strong", {}, piece?.label ?? words.remakeGone), h("p", {}, one.prompt), h("small", { role: making ? "status" : null }, state),
        h("div", { class: "attempts" }, one.attempts.filter((attempt) => attempt.video_url).map((attempt) => tried(one, attempt))),
        h("div", { class: "row-do" }, making ? h("button", { type: "button", class: "quiet", onclick: () => api(`${store.here}/regenerations/${one.id}/cancel`, { method: "POST" }).then(load, load) }, words.cancel)
          : h("button", { type: "button", class: "quiet", onclick: () => api(`${store.here}/regenerations/${one.id}`, { method: "DELETE" }).then(load, load) }, words.removeRemake))));
  }

  /** A clip that is not thrown away: it can be put in before what the playhead is on, or in the place of what is chosen. */
  function kept(asset) {
    const about = [words.origins[asset.origin] ?? asset.origin, asset.in_use ? words.inUse : "", `${(asset.n_frames / store.state.told.edit.fps).toFixed(2)} s`];
    return h("li", {},
      h("div", {}, h("strong", {}, asset.title), h("small", {}, about.filter(Boolean).join(" · "))),
      h("button", { type: "button", class: "quiet", "aria-label": fill(words.putNamed, { name: asset.title }), onclick: () => put(asset) }, words.put));
  }

  async function put(asset) {
    const { told, selection, playhead } = store.state;
    const chosen = told.edit.pieces.find((piece) => selection.includes(piece.id));
    const fits = chosen && asset.n_frames >= chosen.n_frames;
    const media = { media: asset.name, media_frames: asset.n_frames };
    const action = fits
      ? { action: chosen.gap ? "fill_gap" : "replace", clip: chosen.id, ...media }
      : { action: "insert", frames: asset.n_frames, before: pieceAt(told.edit, playhead).id, label: asset.title, ...media };
    if (await store.act([action])) say(store.state.told.done.at(-1).words);
  }

  function tried(one, attempt) {
    const video = h("video", { src: attempt.video_url, poster: attempt.thumbnail_url, muted: true, loop: true, playsinline: true, preload: "none", "aria-label": fill(words.attempt, { n: attempt.label }), onpointerenter: () => video.play().catch(() => {}), onpointerleave: () => video.pause() });
    video.muted = true;
    const taken = one.accepted_attempt_id === attempt.id;
    return h("figure", { class: attempt.is_best ? "tried best" : "tried" }, video,
      h("figcaption", {}, h("span", {}, [fill(words.attempt, { n: attempt.label }), attempt.overall === null ? "" : attempt.overall.toFixed(2), attempt.is_best ? words.best : ""].filter(Boolean).join(" · ")),
        attempt.degenerate.length ? h("small", {}, attempt.degenerate[0]) : null),
      taken ? h("span", { class: "here" }, icon("check"), words.taken) : h("button", { type: "button", class: "secondary", onclick: (event) => take(event.currentTarget, one, attempt) }, words.take));
  }

  async function take(button, one, attempt) {
    button.disabled = true;
    if (await store.accept(one.id, attempt.id)) say(words.saidTaken);
    await load();
  }

  return { node, load, rest: () => { for (const stop of watched.values()) stop(); watched.clear(); } };
}
