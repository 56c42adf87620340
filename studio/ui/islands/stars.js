// Stars for a finished ad: five buttons that are one choice. The rating is the owner's own and can be changed at any time.
//
//   starsOf(ad, words) → an element; words: page.words of studio/words/generate.py (rate, rated, star, stars, rateTrouble).

import { api } from "./api.js";
import { fill, h } from "./dom.js";

const MOST = 5;

/** See above. What the ad was given is asked for when the element is made. */
export function starsOf(ad, words) {
  const path = `/api/generations/${ad.id}/rating`;
  const told = h("span", { class: "small", role: "status" });
  const buttons = Array.from({ length: MOST }, (_, i) =>
    h("button", { type: "button", class: "star", role: "radio", "aria-checked": "false", tabindex: i ? "-1" : "0", "aria-label": i ? fill(words.stars, { n: i + 1 }) : words.star, onclick: () => give(i + 1), onkeydown: move }, "★"));
  const node = h("div", { class: "rating" }, h("span", {}, words.rate), h("div", { class: "stars", role: "radiogroup", "aria-label": words.rate }, buttons), told);
  let given = 0; // as the stars stand
  let kept = 0; // as the studio has it
  let turn = Promise.resolve(); // one is sent at a time, or an earlier choice could arrive last

  function show(stars) {
    given = stars;
    buttons.forEach((button, i) => {
      button.classList.toggle("on", i < stars);
      button.setAttribute("aria-checked", String(i + 1 === stars));
      button.tabIndex = i + 1 === (stars || 1) ? 0 : -1;
    });
  }

  function give(stars) {
    show(stars);
    told.textContent = "";
    turn = turn.then(async () => {
      if (stars !== given) return; // chosen anew since
      try {
        await api(path, { body: { stars } });
        kept = stars;
        if (stars === given) told.textContent = words.rated;
      } catch (error) {
        if (stars !== given) return;
        show(kept);
        told.textContent = error.message || words.rateTrouble;
      }
    });
  }

  /** Arrow keys move and choose, as in any group of radio buttons. */
  function move(event) {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = Math.min(MOST, Math.max(1, buttons.indexOf(event.currentTarget) + 1 + step));
    buttons[next - 1].focus();
    give(next);
  }

  api(path).then(({ stars }) => { kept ||= stars ?? 0; given || show(kept); }, () => {}); // without an answer nothing is lit, and one can rate all the same
  return node;
}
