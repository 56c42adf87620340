// What is looked for among all frames: words of a prompt, favourites, anchors, frames that films were made of, a model; or all of
// a team's.
//
//   heroFind(words, teams, options, change, role) → {node, read(query), offer(models), asked(), narrowed()}
//     role(name)     of teams_whose.js
//     change(text)   called with the new query of the address ("q=…&show=favourites") when a person chooses
//     read(query)    URLSearchParams of the address → what is chosen      asked() → URLSearchParams for GET /api/hero-frames

import { modelName } from "./card.js";
import { h, icon } from "./dom.js";
import { whosePick } from "./teams_whose.js";

const KINDS = { favourites: "favorites", anchors: "primary", filmed: "filmed" }; // as the address has them → as the API asks
const TYPING_MS = 250;

/** See above. */
export function heroFind(words, teams, options, change, role) {
  let chosen = { q: "", show: [], model: "", team: "" };
  let typing = 0;
  const search = h("input", { type: "search", maxlength: 200, placeholder: words.find, "aria-label": words.find, autocomplete: "off", spellcheck: "false" });
  const clear = h("button", { type: "button", class: "clear", hidden: true, "aria-label": words.findClear, onclick: () => { search.value = ""; ask(); search.focus(); } }, icon("close"));
  const kinds = Object.keys(KINDS).map((kind) => {
    const button = h("button", { type: "button", class: "chip kind", "aria-pressed": "false", onclick: () => set({ show: chosen.show.includes(kind) ? chosen.show.filter((one) => one !== kind) : [...chosen.show, kind] }) }, icon({ favourites: "heart", anchors: "anchor", filmed: "film" }[kind]), h("span", {}, words[kind]));
    return { kind, button };
  });
  const model = h("select", { "aria-label": words.model, onchange: () => set({ model: model.value }) });
  const whose = whosePick(teams, (team) => set({ team, model: "" }), role);
  const models = h("div", { class: "picks", hidden: true }, model, icon("chevron"));
  const node = h("div", { class: "finding", role: "search", "aria-label": words.show },
    h("div", { class: "find" }, icon("search"), search, clear), h("div", { class: "kinds", role: "group", "aria-label": words.show }, kinds.map(({ button }) => button)), models, whose.node);

  search.addEventListener("input", () => { clear.hidden = !search.value; clearTimeout(typing); typing = setTimeout(ask, TYPING_MS); });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && search.value) { search.value = ""; ask(); }
    if (event.key === "Enter") ask();
  });

  function ask() {
    clearTimeout(typing);
    set({ q: search.value.trim() });
  }

  function set(some) {
    const { q, show, model: by, team } = { ...chosen, ...some };
    change(String(new URLSearchParams(Object.entries({ q, show: show.join(","), model: by, team }).filter(([, value]) => value))));
  }

  function read(query) {
    chosen = { q: query.get("q") ?? "", show: (query.get("show") ?? "").split(",").filter((kind) => kind in KINDS), model: query.get("model") ?? "", team: query.get("team") ?? "" };
    whose.read(chosen.team);
    if (search.getRootNode().activeElement !== search) search.value = chosen.q;
    clear.hidden = !search.value;
    for (const { kind, button } of kinds) button.setAttribute("aria-pressed", String(chosen.show.includes(kind)));
    offer([]);
  }

  /** Models of the person's frames; with a single one there is nothing to choose. */
  function offer(found) {
    const known = [...new Set([...[...model.options].map(({ value }) => value), ...found, chosen.model])].filter(Boolean).sort();
    model.replaceChildren(h("option", { value: "" }, words.anyModel), ...known.map((id) => h("option", { value: id }, modelName(options.models.find((one) => one.id === id)?.title ?? id))));
    model.value = chosen.model;
    models.hidden = known.length < 2 && !chosen.model;
  }

  return {
    node, read, offer,
    asked: () => new URLSearchParams([...(chosen.q ? [["q", chosen.q]] : []), ...chosen.show.map((kind) => [KINDS[kind], "true"]), ...(chosen.model ? [["model", chosen.model]] : []), ...(chosen.team ? [["team", chosen.team]] : [])]),
    team: () => !whose.node.hidden,
    narrowed: () => Boolean(chosen.q || chosen.show.length || chosen.model || chosen.team),
  };
}
