// Media of one's own: dropped or chosen, sent, made to fit by the studio, and put into the film by ordinary edits; kept clips beside them.
//
//   media(store, words, {say(text)}) → {node, load(), draw(), rest()}

import { api, toLogin } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { follow } from "./events.js";

const MOST_BYTES = 500 * 1024 * 1024;
const USUAL_S = 5;
const LASTS = [0.5, 30]; // seconds of a picture
const TAKEN = "image/png,image/jpeg,image/webp,video/*,audio/*,.mov,.mkv,.m4a,.flac";

/** See above. */
export function media(store, words, { say }) {
  const { state } = store;
  const input = h("input", { type: "file", id: "media-file", accept: TAKEN, "aria-describedby": "media-hint media-fault" });
  const fault = h("p", { id: "media-fault", class: "trouble", role: "alert", hidden: true });
  const meter = h("i", {});
  const bar = h("div", { class: "bar", role: "progressbar", "aria-label": words.mediaDrop, "aria-valuemin": 0, "aria-valuemax": 100 }, meter);
  const told = h("span", { class: "small" });
  const sending = h("div", { class: "media-sending", hidden: true }, told, bar, h("button", { type: "button", class: "quiet", onclick: stop }, words.mediaStop));
  const zone = h("label", { class: "media-drop", for: "media-file" }, icon("upload"), h("b", {}, words.mediaChoose), h("span", {}, words.mediaDrop), h("small", { id: "media-hint" }, words.mediaHint), input);
  const seconds = h("input", { id: "media-seconds", type: "number", min: LASTS[0], max: LASTS[1], step: "any", value: USUAL_S, onchange: () => { chosenFor = true; seconds.value = lasts(); } });
  const list = h("ul", { class: "rows media-list" });
  const node = h("div", { class: "media" }, zone, h("div", { class: "field" }, h("label", { for: "media-seconds" }, words.mediaSeconds), seconds), sending, fault, list);
  const watched = new Map();
  let request = null;
  let chosenFor = false; // somebody typed how long pictures are; until then it is as long as the gap that is chosen
  let assets = [];

  input.addEventListener("change", () => { if (input.files[0]) send(input.files[0]); input.value = ""; });
  for (const name of ["dragenter", "dragover"]) node.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) node.addEventListener(name, () => zone.classList.remove("over"));
  node.addEventListener("drop", (event) => { event.preventDefault(); if (event.dataTransfer?.files[0]) send(event.dataTransfer.files[0]); });

  function complain(sentence) {
    fault.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    fault.hidden = !sentence;
  }

  function send(file) {
    complain("");
    if (file.size > MOST_BYTES) return complain(fill(words.mediaLarge, { name: file.name }));
    request?.abort();
    const asked = new XMLHttpRequest(); // fetch tells nothing of how much has been sent
    request = asked;
    const form = new FormData();
    form.append("file", file, file.name);
    asked.upload.onprogress = ({ lengthComputable, loaded, total }) => { if (lengthComputable) sent(file, loaded / total); };
    asked.onload = () => {
      if (request !== asked) return undefined;
      over();
      if (asked.status === 401) return toLogin();
      const reply = parsed(asked.responseText);
      return asked.status === 201 ? bring(reply) : complain(reply.error?.message || fill(words.mediaFailed, { name: file.name }));
    };
    asked.onerror = () => { if (request === asked) { over(); complain(fill(words.mediaFailed, { name: file.name })); } };
    asked.open("POST", "/api/uploads/media");
    asked.setRequestHeader("accept", "application/json");
    asked.send(form);
    sent(file, 0);
  }

  function sent(file, part) {
    const percent = Math.floor(100 * part);
    told.textContent = fill(words.mediaSending, { name: file.name, percent });
    meter.style.transform = `scaleX(${part})`;
    bar.setAttribute("aria-valuenow", percent);
    sending.hidden = false;
  }

  function over() {
    request = null;
    sending.hidden = true;
  }

  function stop() {
    request?.abort();
    over();
    input.focus({ preventScroll: true });
  }

  function lasts() {
    return Math.max(LASTS[0], Math.min(LASTS[1], Number(seconds.value) || USUAL_S));
  }

  async function bring(upload) {
    try {
      const made = await api(`${store.here}/assets`, { body: { upload_id: upload.id, seconds: lasts() } });
      say(fill(words.saidBringing, { name: made.title }));
      await load();
    } catch (error) {
      complain(error.message || words.offline);
    }
  }

  async function load() {
    try {
      assets = (await api(`${store.here}/assets`)).assets;
    } catch (error) {
      return complain(error.message || words.offline);
    }
    for (const one of assets) if (one.status === "making" && !watched.has(one.id)) watched.set(one.id, follow(one.id, { news: (detail) => news(one, detail) }));
    return draw();
  }

  async function news(one, { status, progress }) {
    if (!["completed", "failed"].includes(status)) {
      const line = list.querySelector(`[data-id="${one.id}"] small`);
      if (line) line.textContent = fill(words.mediaMaking, { percent: progress });
      return;
    }
    if (!watched.has(one.id)) return;
    watched.get(one.id)?.();
    watched.delete(one.id);
    if (status === "completed") await store.reload(); // its file is among the draft's by now
    await load();
    say(fill(status === "completed" ? words.saidBrought : words.saidNotBrought, { name: one.title }));
  }

  function draw() {
    const gap = state.told.edit.pieces.find((piece) => piece.gap && state.selection.includes(piece.id));
    if (!chosenFor) seconds.value = gap ? Math.ceil((100 * gap.n_frames) / state.told.edit.fps) / 100 : USUAL_S;
    const at = list.getRootNode().activeElement?.dataset?.do; // the button that was used keeps the focus
    list.replaceChildren(...(assets.length ? assets.map(row) : [h("li", { class: "none" }, words.mediaNone)]));
    if (at) list.querySelector(`[data-do="${at}"]`)?.focus({ preventScroll: true });
  }

  function row(one) {
    const { edit } = state.told;
    const about = one.status === "ready"
      ? [words.mediaKinds[one.kind], `${(one.n_frames / edit.fps).toFixed(2)} s`, words.origins[one.origin] ?? "", used(one) ? words.inUse : ""]
      : [one.status === "failed" ? one.trouble : fill(words.mediaMaking, { percent: one.progress })];
    const picture = one.strip_url ? h("span", { class: "media-picture" }) : h("span", { class: "media-picture" }, icon(one.kind === "sound" ? "speaker" : "film"));
    if (one.strip_url) picture.style.backgroundImage = `url("${one.strip_url}")`;
    return h("li", { class: "media-row", "data-id": one.id }, picture,
      h("div", {}, h("strong", {}, one.title), h("small", { role: one.status === "making" ? "status" : null }, about.filter(Boolean).join(" · ")),
        one.notes.length ? h("p", {}, one.notes.join(" ")) : null,
        h("div", { class: "row-do" }, ...(one.status === "ready" ? ways(one) : []),
          one.status === "making" ? act(one, words.cancel, () => api(`/api/generations/${one.id}/cancel`, { method: "POST" }).then(load, load)) : null,
          one.status === "failed" ? act(one, words.mediaAgain, () => api(`/api/generations/${one.id}/retry`, { method: "POST" }).then(load, (error) => complain(error.message || words.offline))) : null,
          one.origin === "upload" && one.status !== "making" && !used(one) ? act(one, words.mediaRemove, () => remove(one), fill(words.mediaRemoveNamed, { name: one.title })) : null)));
  }

  /** What can be done with it: into the gap or in the place of the clip that is chosen, after it, at the end, as music. */
  function ways(one) {
    const { told: { edit }, selection } = state;
    const file = { media: one.name, media_frames: one.n_frames };
    if (one.kind === "sound") return [put(one, "music", { action: "sound", track: "music", ...file })];
    const chosen = edit.pieces.find((piece) => selection.includes(piece.id));
    const insert = (before) => ({ action: "insert", frames: one.n_frames, before, label: one.title, about: { origin: one.origin }, ...file });
    if (!chosen) return [put(one, "end", insert(null))];
    const next = edit.pieces[edit.pieces.indexOf(chosen) + 1]?.id ?? null;
    const fits = one.n_frames >= chosen.n_frames;
    return [
      fits ? put(one, chosen.gap ? "gap" : "instead", { action: chosen.gap ? "fill_gap" : "replace", clip: chosen.id, about: { origin: one.origin }, ...file }) : null,
      put(one, "after", insert(next)),
      fits ? null : h("p", {}, words.mediaShort),
    ];
  }

  function put(one, how, action) {
    return act(one, words.mediaAs[how], async () => { if (await store.act([action])) say(state.told.done.at(-1).words); }, fill(words.mediaDo, { what: words.mediaAs[how], name: one.title }), "secondary");
  }

  function act(one, label, doing, named = null, kind = "quiet") {
    return h("button", { type: "button", class: kind, "aria-label": named, "data-do": `${one.id}-${label}`.replaceAll(/[^\w-]/g, ""), onclick: doing }, label);
  }

  async function remove(one) {
    try {
      await api(`${store.here}/assets/${one.id}`, { method: "DELETE" });
      await load();
      say(fill(words.saidMediaRemoved, { name: one.title }));
      input.focus({ preventScroll: true });
    } catch (error) {
      complain(error.message || words.offline);
    }
  }

  function used(one) {
    const { edit } = state.told;
    return edit.pieces.some((piece) => piece.media === one.name) || edit.music?.media === one.name || edit.effects?.media === one.name;
  }

  return { node, load, draw, rest: () => { for (const end of watched.values()) end?.(); watched.clear(); request?.abort(); } };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
