// Whose a finished ad is, for people who are in teams: given to one and taken back; commented and decided on by its members.
//
//   teamOf(ad, words, {said()}) → an element, empty for whoever is in no team.  words: AD of studio/words/teams.py; said(): something was
//   said or decided.

import { api } from "./api.js";
import { fill, h, icon } from "./dom.js";

/** See above. */
export function teamOf(ad, words, { said }) {
  const here = `/api/generations/${ad.id}`;
  const node = h("section", { class: "team-of", "aria-labelledby": "team-of" });
  const told = h("p", { class: "small", role: "status" });
  const fault = h("p", { class: "trouble", role: "alert", hidden: true });
  load();
  return node;

  async function load() {
    if (!["ad", "take"].includes(ad.kind)) return;
    try {
      const { teams } = await api("/api/teams");
      if (teams.length) draw(teams);
    } catch { /* the film is what matters here */ }
  }

  function draw(teams) {
    const mine = teams.find((team) => team.id === ad.team_id);
    node.replaceChildren(h("h2", { id: "team-of", class: "sr" }, words.title), ...[
      ad.may === "manage" && ad.kind === "ad" ? choice(teams) : mine ? h("p", {}, fill(words.ofTeam, { team: mine.name })) : null, // takes are given with their group
      ad.team_id ? deciding() : null, told, fault].filter(Boolean));
  }

  function choice(teams) {
    const open = teams.filter((team) => team.role !== "reviewer" || team.id === ad.team_id);
    const select = h("select", { id: "team-choice", onchange: () => tried(async () => {
      await api(`${here}/team`, { method: "PUT", body: { team_id: select.value || null } });
      ad.team_id = select.value || null;
      const team = teams.find(({ id }) => id === ad.team_id);
      draw(teams);
      told.textContent = team ? fill(words.given, { team: team.name }) : words.taken;
      node.querySelector("select").focus();
    }) }, h("option", { value: "" }, words.nobody), open.map((team) => h("option", { value: team.id, selected: team.id === ad.team_id }, team.name)));
    return h("div", { class: "team-choice" }, h("label", { for: "team-choice" }, words.of), select);
  }

  function deciding() {
    const note = h("input", { id: "team-note", type: "text", maxlength: 2000, autocomplete: "off", placeholder: words.note, "aria-label": words.note });
    const send = (path, body) => tried(async () => {
      await api(`${here}${path}`, { body });
      note.value = "";
      said();
    });
    return h("form", { class: "team-decide", novalidate: true, onsubmit: (event) => { event.preventDefault(); send("/remarks", { text: note.value }); } },
      note,
      h("button", { type: "submit", class: "secondary" }, words.comment),
      h("button", { type: "button", class: "secondary", onclick: () => send("/decision", { decision: "approved", note: note.value }) }, icon("check"), h("span", {}, words.approve)),
      h("button", { type: "button", class: "secondary", onclick: () => send("/decision", { decision: "changes", note: note.value }) }, icon("edit"), h("span", {}, words.changes)));
  }

  async function tried(act) {
    fault.hidden = true;
    told.textContent = "";
    try {
      await act();
    } catch (error) {
      fault.textContent = error.status ? error.message : words.failed;
      fault.hidden = false;
      const select = node.querySelector("select");
      if (select) select.value = ad.team_id ?? "";
    }
  }
}
