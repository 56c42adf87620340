// The brand kits of a team: those that it has, and one more of one's own to give.
//
//   teamKits(words, team, {tried}) → an element, empty until the kits are known.

import { api } from "./api.js";
import { fill, h } from "./dom.js";

/** The element; see above. */
export function teamKits(words, team, { tried }) {
  const node = h("div", { class: "team-kits" });
  load().catch(() => {}); // the members are what matters here
  return node;

  async function load() {
    const kits = (await api("/api/brands")).brands;
    const here = kits.filter((kit) => kit.team_id === team.id);
    const own = team.role === "reviewer" ? [] : kits.filter((kit) => kit.team_id === null);
    if (!here.length && !own.length) return node.replaceChildren();
    const id = `kit-${team.id}`;
    const select = h("select", { id, onchange: () => give(select.value, team.id) },
      h("option", { value: "" }, words.kitChoose), own.map((kit) => h("option", { value: kit.id }, kit.name)));
    node.replaceChildren(...[
      h("h3", { tabindex: "-1" }, words.kits),
      here.length ? h("ul", {}, here.map((kit) => h("li", {}, h("span", {}, kit.name), kit.may === "manage"
        ? h("button", { type: "button", class: "quiet", "aria-label": fill(words.kitTakeBackNamed, { name: kit.name }), onclick: () => give(kit.id, null) }, words.takeBack)
        : null))) : h("p", { class: "small" }, words.kitsNone),
      own.length ? h("div", { class: "field" }, h("label", { for: id }, words.kitGive), select) : null,
    ].filter(Boolean));
  }

  function give(id, to) {
    if (id) tried(async () => {
      await api(`/api/brands/${id}/team`, { method: "PUT", body: { team_id: to } });
      await load();
      node.querySelector("h3")?.focus();
    });
  }
}
