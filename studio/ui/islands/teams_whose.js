// Whose things a page lists: one's own, or all that a team of one's has. A quiet list, for people who are in a team; nothing for others.
//
//   whosePick(words, change, role) → {node, read(id)}    words: {whose, own}; change(id): "" for one's own; read(id): this is what is shown
//   role(name): one's own in the team that is shown, "" for one's own things; told whenever that is known

import { api } from "./api.js";
import { h, icon } from "./dom.js";

/** See above. */
export function whosePick(words, change, role = () => {}) {
  let shown = "";
  let known = [];
  const select = h("select", { "aria-label": words.whose, onchange: () => change(select.value) }, h("option", { value: "" }, words.own));
  const node = h("div", { class: "whose", hidden: true }, select, icon("chevron"));

  async function know() {
    try {
      known = (await api("/api/teams")).teams;
      select.replaceChildren(h("option", { value: "" }, words.own), ...known.map((team) => h("option", { value: team.id }, team.name)));
      select.value = shown;
      node.hidden = !known.length;
      role(known.find((team) => team.id === shown)?.role ?? "");
    } catch { /* one's own are there */ }
  }

  know();
  return { node, read: (id) => {
    shown = id;
    select.value = id;
    role(known.find((team) => team.id === id)?.role ?? "");
    if (select.value !== id) know(); // one that was joined meanwhile
  } };
}
