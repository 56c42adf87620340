// The capability card: one line of what this installation makes ads with, and behind it the whole card.

import { fill, h, icon } from "./dom.js";

const MUSTS = ["image", "video", "sound"];

/** page: what studio/words/generate.py says. show(capabilities): GET /api/capabilities, or null when it could not be read. */
export function capabilityCard(page) {
  const { words } = page;
  const line = h("span", { class: "card-line" });
  const whole = h("div", { class: "card-whole" });
  const opener = h("summary", { "aria-label": words.cardMore }, icon("chevron"), line);
  const node = h("details", { class: "card" }, opener, whole);

  function show(capabilities) {
    const told = capabilities ? brief(capabilities) : words.cardUnknown;
    line.textContent = told;
    opener.setAttribute("aria-label", `${words.cardMore}: ${told}`);
    node.classList.toggle("short", Boolean(capabilities) && !capabilities.can_make_ads);
    whole.replaceChildren(...(capabilities?.abilities ?? []).map(ability));
  }

  function brief({ abilities, can_make_ads: able }) {
    if (!able) {
      const missing = abilities.filter((one) => MUSTS.includes(one.kind) && !one.model).map((one) => one.title);
      return `${words.cardCannotYet}: ${missing.join(", ")}`;
    }
    const names = ["video", "image", "text", "sound"].map((kind) => maker(abilities.find((one) => one.kind === kind)));
    const never = abilities.filter(({ kind }) => kind !== "voice").flatMap((one) => one.never).join(" ");
    const mute = !abilities.find((one) => one.kind === "voice")?.model;
    const no = [["people", /\bpeople\b/], ...(mute ? [["voice", /\bspeech|voice|singing\b/]] : [])].filter(([, how]) => how.test(never)).map(([what]) => fill(words.cardNo, { what }));
    const models = [...new Set(names.filter(Boolean))].join(" · ");
    const shows = abilities.find((one) => one.kind === "video").shows;
    const can = /product/.test(shows[0]) && shows.some((one) => /\bsets?\b/.test(one)) ? words.cardCan : shows[0] ?? "";
    return can && no.length ? fill(words.cardLine, { models, can, cannot: no.join(", ") }) : models;
  }

  function maker(ability) {
    if (!ability?.model) return "";
    const named = ability.model.split(" – ");
    if (named.length < 2) return words.builtInWriter;
    const name = modelName(named[1]);
    return ability.kind === "sound" ? name.charAt(0).toLowerCase() + name.slice(1) : name;
  }

  function ability({ title, model, shows, never, others }) {
    return h("section", {},
      h("h2", {}, title, h("small", {}, model ? model.split(" – ").at(-1) : words.cardNobody)),
      h("dl", {}, said(words.cardShows, shows.join(", ")), said(words.cardNever, never.join(", ")),
        [...byReason(others)].map(([why, ids]) => said(words.cardOff, `${ids.join(", ")}: ${why}`))));
  }

  /** Why not → the models that it keeps away, as the doctor groups them: said once for thirteen it is read, said thirteen times it is not. */
  function byReason(others) {
    const found = new Map();
    for (const [id, why] of others) found.set(why, [...(found.get(why) ?? []), id]);
    return found;
  }

  function said(name, value) {
    return value ? h("div", {}, h("dt", {}, name), h("dd", {}, value)) : null;
  }

  return { node, show };
}

/** "Product studio: path-traced …" → "Product studio"; "GPT-4o (or …)" → "GPT-4o". */
export function modelName(title) {
  return title.split(/:| \(/)[0];
}
