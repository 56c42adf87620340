// One player: which attempt it shows, its score and its marks, the film (or what stands for it while it is made), what a measure says of
// each frame, and the button that makes it the winner.
//
//   player(words, n, {pick(id), choose(id), focus(), close(), retry(), seek, step}) → {node, film, show(given), strip}
//     n: from 1.  given: {attempt, iteration, groups: [{number, attempts}], shown: ids, focused, final, closable, busy}

import { fill, h, icon } from "./dom.js";
import { frameStrip } from "./compare_strip.js";


/** 0.7123 → "0.712". */
export function scoreOf(value) {
  return value === null || value === undefined ? "–" : value.toFixed(3);
}

/** See above. */
export function player(words, n, { pick, choose, focus, close, retry, seek, step }) {
  const film = h("video", { playsinline: true, preload: "auto", disablepictureinpicture: true });
  film.muted = true;
  const key = h("button", { type: "button", class: "key", onclick: focus }, h("b", {}, String(n)));
  const which = h("select", { class: "which", onchange: () => pick(which.value) });
  const score = h("span", { class: "score" });
  const shut = h("button", { type: "button", class: "tool shut", onclick: close }, icon("close"));
  const marks = h("div", { class: "marks" });
  const wait = h("div", { class: "wait" });
  const screen = h("div", { class: "screen", onclick: focus }, film, wait, score, marks);
  const strip = frameStrip(words, { seek, step });
  const take = h("button", { type: "button", class: "take", "data-needs": "edit", onclick: () => choose(now.attempt.id) }, icon("check"), h("span", {}));
  const node = h("article", { class: "player", "data-n": n },
    h("header", {}, key, h("span", { class: "picker" }, which, icon("chevron")), take, shut),
    screen, strip.node);
  let now = null;
  let options = "";

  film.addEventListener("error", () => { if (film.getAttribute("src")) stand("broken"); });
  film.addEventListener("loadeddata", () => { if (now?.attempt.video_url) stand(""); });

  function show(given) {
    now = given;
    const { attempt, iteration, focused, closable, busy } = given;
    const name = fill(words.attempt, { label: attempt.label });
    node.setAttribute("aria-label", name);
    node.dataset.focused = String(focused);
    node.style.setProperty("--ratio", String(given.ratio));
    key.setAttribute("aria-label", fill(words.focus, { n, label: attempt.label }));
    key.setAttribute("aria-pressed", String(focused));
    key.title = `${fill(words.focus, { n, label: attempt.label })}  ${n}`;
    which.setAttribute("aria-label", fill(words.which, { n }));
    shut.hidden = !closable;
    shut.setAttribute("aria-label", fill(words.close, { label: attempt.label }));
    score.textContent = attempt.overall === null ? "" : scoreOf(attempt.overall);
    score.title = words.scoreHow;
    list(given);
    mark(given);
    load(attempt);
    if (!attempt.video_url) stand(attempt.status === "failed" || iteration.status === "failed" ? "failed" : attempt.status === "processing" || iteration.status === "processing" ? "making" : "waiting");
    else if (film.readyState >= 2) stand("");
    const chosen = attempt.is_final;
    take.hidden = !attempt.video_url;
    take.disabled = chosen || busy || iteration.status !== "completed";
    take.title = iteration.status === "completed" || chosen ? "" : words.chooseLater;
    take.dataset.chosen = String(chosen);
    take.lastChild.textContent = chosen ? words.isFinal : words.choose;
    take.setAttribute("aria-label", chosen ? fill(words.isFinalLong, { label: attempt.label }) : fill(words.chooseLong, { label: attempt.label }));
  }

  /** The attempts one can change to; made anew only when they differ, so that an open list stays open. */
  function list({ attempt, groups, shown }) {
    const key = JSON.stringify([attempt.id, shown, groups.map(({ number, attempts }) => [number, attempts.map(({ id }) => id)])]);
    if (key === options) return;
    options = key;
    which.replaceChildren(...groups.map(({ number, attempts }) => h("optgroup", { label: fill(words.iteration, { n: number }) }, attempts.map((one) => h("option", {
      value: one.id, selected: one.id === attempt.id,
    }, one.id !== attempt.id && shown.includes(one.id) ? fill(words.swapWith, { label: one.label }) : one.label)))));
  }

  function mark({ attempt }) {
    const said = [
      attempt.is_final && ["final", words.markFinal],
      attempt.is_user_selected_best && !attempt.is_final && ["yours", words.markYours],
      attempt.is_system_selected_best && ["system", words.markSystem],
      attempt.degenerate.length && ["bad", words.markBad],
    ].filter(Boolean);
    marks.replaceChildren(...said.map(([kind, text]) => h("span", { class: `mark ${kind}`, title: kind === "bad" ? attempt.degenerate.join(" ") : null }, text)));
  }

  function load({ video_url: url, thumbnail_url: poster, label }) {
    film.setAttribute("aria-label", fill(words.film, { label }));
    if ((film.getAttribute("src") ?? "") === (url ?? "")) return;
    if (poster) film.poster = poster;
    else film.removeAttribute("poster");
    if (url) film.src = url;
    else { film.removeAttribute("src"); film.load(); }
  }

  function stand(state) {
    const kind = `${state} ${now.attempt.error?.message ?? ""}`;
    if (node.dataset.state === state && wait.dataset.kind === kind) return;
    node.dataset.state = state;
    wait.dataset.kind = kind;
    wait.hidden = !state;
    film.hidden = Boolean(state);
    if (!state) return wait.replaceChildren();
    const text = { making: words.making, waiting: words.waiting, broken: words.broken }[state] ?? now.attempt.error?.message ?? now.iteration.error?.message ?? words.failed;
    wait.replaceChildren(...[
      state === "making" ? h("i", { class: "beam" }) : null,
      state === "failed" || state === "broken" ? icon("alert") : null,
      h("p", {}, text),
      state === "failed" && now.iteration.status === "failed" ? h("button", { type: "button", class: "secondary", onclick: () => retry(now.iteration) }, icon("again"), h("span", {}, words.retry)) : null,
    ].filter(Boolean));
  }

  return { node, film, show, strip, shown: () => now?.attempt };
}
