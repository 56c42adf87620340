// The panel of the Profile page with one's teams: invitations to answer, teams to open, one more to make.
//
//   teamsPanel(words, root, me, told) → its element. root: where questions appear; me: one's own user id; told: what GET /api/teams
//   answers. A team's inside is asked for when it is opened; the only team is open at once.

import { api } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { teamInside } from "./teams_members.js";

let drawn = 0;

/** The panel; see above. */
export function teamsPanel(words, root, me, told) {
  const fault = h("p", { class: "trouble", role: "alert", hidden: true });
  const list = h("div", { class: "teams-list" });
  const name = h("input", { id: "team-name", type: "text", maxlength: 80, placeholder: words.nameHint, autocomplete: "off" });
  const form = h("form", { class: "team-form", hidden: true, novalidate: true, onsubmit: create },
    h("div", { class: "field" }, h("label", { for: "team-name" }, words.name), name),
    h("div", { class: "team-row-end" },
      h("button", { type: "submit", class: "primary" }, words.create),
      h("button", { type: "button", class: "quiet", onclick: () => open(false) }, words.cancel)));
  const make = h("button", { type: "button", class: "secondary", onclick: () => open(true) }, icon("plus"), h("span", {}, words.make));
  const panel = h("section", { class: "panel teams", "aria-labelledby": "teams" },
    h("header", {}, h("h2", { id: "teams", tabindex: "-1" }, words.title)), list, form, make, fault);
  draw(told);
  return panel;

  function draw(now, opened = now.teams.length === 1 ? now.teams[0].id : "") {
    list.replaceChildren(
      ...now.invitations.map(invitation),
      ...(now.teams.length ? now.teams.map((team) => teamDetails(team, team.id === opened)) : [h("p", { class: "none" }, words.none)]));
  }

  async function load(opened) {
    draw(await api("/api/teams"), opened);
  }

  function invitation(one) {
    const values = { team: one.team, role: words.roles[one.role] };
    return h("div", { class: "notice asked" }, h("p", {}, fill(words.asked, values)),
      h("div", { class: "team-row-end" },
        h("button", { type: "button", class: "primary", "aria-label": fill(words.joinNamed, values), onclick: () => tried(async () => {
          await api(`/api/invitations/${one.id}/accept`, { method: "POST" });
          await load(one.team_id);
          panel.querySelector("#teams").focus();
        }) }, words.join),
        h("button", { type: "button", class: "quiet", "aria-label": fill(words.declineNamed, values), onclick: () => tried(async () => {
          await api(`/api/invitations/${one.id}`, { method: "DELETE" });
          await load();
          panel.querySelector("#teams").focus();
        }) }, words.decline)));
  }

  function teamDetails(team, opened) {
    const inside = h("div", { class: "team-inside" });
    const people = h("small", {});
    const title = h("span", { class: "team-name" });
    const node = h("details", { class: "team", id: `team-${(drawn += 1)}`, ontoggle: () => { if (node.open && !inside.hasChildNodes()) tried(show); } },
      h("summary", {}, icon("chevron"), title, people), inside);
    head(team);
    node.open = opened;
    return node;

    function head(now) {
      title.textContent = now.name;
      people.textContent = `${words.roles[now.role]} · ${now.n_members === 1 ? words.onePerson : fill(words.people, { n: now.n_members })}`;
    }

    async function show() {
      const whole = await api(`/api/teams/${team.id}`);
      head(whole);
      inside.replaceChildren(...teamInside(words, root, me, whole, { tried, again: show, gone: async () => {
        await load("");
        panel.querySelector("#teams").focus();
      } }));
    }
  }

  function open(on) {
    form.hidden = !on;
    make.hidden = on;
    fault.hidden = true;
    (on ? name : make).focus();
  }

  async function create(event) {
    event.preventDefault();
    await tried(async () => {
      const team = await api("/api/teams", { body: { name: name.value } });
      name.value = "";
      open(false);
      await load(team.id);
    });
  }

  /** Do it; what went wrong is said. → whether it went well. */
  async function tried(act) {
    fault.hidden = true;
    try {
      await act();
      return true;
    } catch (error) {
      fault.textContent = error.status ? error.message : words.failed;
      fault.hidden = false;
      return false;
    }
  }
}
