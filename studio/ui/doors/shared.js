// /r/{token}: the films behind a link, what is said about them, and a decision – for whoever has the link, and its password.

import { api } from "./api.js";
import { date, h, icon } from "./dom.js";
import { films } from "./review_films.js";
import { lockedDoor } from "./review_lock.js";
import { talk } from "./review_talk.js";

const main = document.querySelector("main");
const here = `/api/shared/${location.pathname.split("/").at(-1)}`;

await open();
document.body.removeAttribute("aria-busy");

async function open() {
  try {
    show(await api(here, { stay: true }));
  } catch (error) {
    if (error.code === "link_locked") ask();
    else gone(error);
  }
}

function ask() {
  document.body.dataset.state = "locked";
  document.title = "Password · Ad Studio";
  main.replaceChildren(lockedDoor(async (password) => {
    await api(`${here}/unlock`, { body: { password }, stay: true });
    delete document.body.dataset.state;
    await open();
  }));
  main.querySelector("input")?.focus();
}

function show(ad) {
  const heading = ad.brand || "A film for you";
  document.title = `${heading} · Ad Studio`;
  document.body.dataset.state = "review";
  const stage = films(ad, { onseek: (at) => panel.at(at), onfilm: (film) => panel.film(film) });
  const panel = talk(ad, {
    seek: stage.seek,
    now: stage.now,
    say: async (remark) => {
      const made = await api(`${here}/remarks`, { body: remark, stay: true });
      stage.mark(made);
      return made;
    },
    decide: (decision) => api(`${here}/decision`, { body: decision, stay: true }),
  });
  main.className = "review";
  main.replaceChildren(
    h("header", { class: "review-head" },
      h("h1", {}, heading),
      h("p", { class: "about" }, ad.name ? `For ${ad.name}. ` : "", `Open until ${date(ad.expires_at)}.`)),
    stage.node, panel.node);
}

function gone(error) {
  document.body.dataset.state = "ended";
  document.title = "Not here · Ad Studio";
  const ended = error.status === 404 || error.status === 410;
  main.replaceChildren(
    h("span", { class: "emblem" }, icon("film")),
    h("h1", {}, ended ? "This film is not here any more" : "The film cannot be shown"),
    h("p", { class: "about" }, ended
      ? "The link has ended, was taken back, or was not copied whole. Ask whoever sent it for a new one."
      : error.message || "The studio does not answer. Try again in a moment."));
}
