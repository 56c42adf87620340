// The films behind a link: one at a time or two side by side, with the moments that were spoken about marked under each.
//
//   films(ad, {onseek(seconds | null), onfilm(film)}) → {node, seek(remark), now() → seconds, mark(remark)}
//     ad: GET /api/shared/{token}.  onseek: while a film plays or is moved.  onfilm: another film is looked at; remarks are about it.

import { date, h, icon } from "./dom.js";

const KINDS = { enhanced: "Scenes matched", exported: "Edited" };

/** What a film is called. */
export function filmName(film) {
  return film.version === null ? "First version" : `${KINDS[film.kind] ?? "Version"}, ${date(film.created_at)}`;
}

/** See above. */
export function films(ad, { onseek, onfilm }) {
  const several = ad.films.length > 1;
  const wide = matchMedia("(min-width: 1024px)");
  const players = new Map(ad.films.map((film) => [film.version, player(film)]));
  let current = ad.films[0];
  let beside = null;
  const stage = h("div", { class: "films" });
  const tabs = several ? h("div", { class: "film-tabs", role: "group", "aria-label": "Versions" }) : null;
  wide.addEventListener("change", () => { beside = wide.matches ? beside : null; draw(); });
  draw();

  function draw() {
    tabs?.replaceChildren(
      ...ad.films.map((film) => h("button", { type: "button", class: "chip", "aria-pressed": String(film === current), onclick: () => choose(film) }, filmName(film))),
      ...(wide.matches ? [h("button", { type: "button", class: "chip", "aria-pressed": String(beside !== null), onclick: compare }, icon("copy"), "Side by side")] : []));
    const shown = beside ? [current, beside] : [current];
    for (const one of players.values()) if (!shown.includes(one.film)) one.video.pause();
    stage.replaceChildren(...shown.map((film) => players.get(film.version).node));
    stage.dataset.n = String(shown.length);
  }

  function choose(film) {
    const at = players.get(current.version).video.currentTime;
    if (film === beside) beside = current;
    current = film;
    players.get(film.version).video.currentTime = Math.min(at, film.duration_s);
    draw();
    onfilm(film);
  }

  function compare() {
    beside = beside ? null : ad.films.find((film) => film !== current);
    draw();
  }

  function player(film) {
    const [across, up] = film.aspect_ratio.split(":").map(Number);
    const name = ad.brand ? `Ad for ${ad.brand}` : "Ad";
    const video = h("video", { controls: true, playsinline: true, preload: "metadata", src: film.video_url, poster: film.poster_url, "aria-label": several ? `${name}: ${filmName(film)}` : name });
    const marks = h("div", { class: "marks", role: "group", "aria-label": "Moments with remarks" });
    const screen = h("div", { class: "screen" }, video);
    for (const event of ["timeupdate", "seeked", "pause"]) {
      video.addEventListener(event, () => { if (film === current) onseek(video.currentTime); });
    }
    const node = h("figure", { class: "film" }, screen, marks, several ? h("figcaption", { class: "small" }, filmName(film)) : null);
    node.style.setProperty("--ratio", String(across / up));
    const one = { film, video, marks, node };
    for (const remark of ad.remarks) if (remark.version === film.version) put(one, remark);
    return one;
  }

  function put(one, remark) {
    if (remark.at_s === null) return;
    const mark = h("button", { type: "button", class: "mark", "aria-label": `${clock(remark.at_s)}, ${remark.author}`, onclick: () => seek(remark) });
    mark.style.setProperty("--at", String(Math.min(1, remark.at_s / one.film.duration_s)));
    if (remark.by_owner) mark.dataset.owner = "";
    one.marks.append(mark);
  }

  function seek(remark) {
    const film = ad.films.find((one) => one.version === remark.version) ?? current;
    if (film !== current) choose(film);
    const { video } = players.get(film.version);
    video.pause();
    video.currentTime = remark.at_s ?? 0;
    if (!wide.matches) video.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  return {
    node: h("section", { class: "stage", "aria-label": "Film" }, tabs, stage),
    seek,
    now: () => players.get(current.version).video.currentTime,
    mark: (remark) => put(players.get(remark.version), remark),
  };
}

/** 64.2 → "1:04.2". */
export function clock(seconds) {
  const tenths = Math.round(seconds * 10);
  return `${Math.floor(tenths / 600)}:${String(Math.floor((tenths % 600) / 10)).padStart(2, "0")}.${tenths % 10}`;
}
