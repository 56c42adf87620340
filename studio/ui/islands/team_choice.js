// For whom something is ordered: oneself, or one of the teams that one may order for. A quiet list beside the prompt, for people who are in a
// team; nothing for all others.
//
//   teamChoice(words, page, {changed, invited}) → {node, value(), set(id)}   value(): id of a team that one may order for, "" for oneself
//     page: the name of the route on which it stands, where it looks anew which teams there are
//     changed(): another was chosen, or the team that was chosen turns out to be left.  invited(invitations): open ones, also when none is

import { api } from "./api.js";
import { offerTeams } from "./brief.js";
import { fill, h, icon } from "./dom.js";
import { onRoute } from "./router.js";

/** See above. */
export function teamChoice(words, page, { changed, invited = () => {} }) {
  const select = h("select", { id: "team", "aria-label": words.for, onchange: () => { wanted = select.value; draw(); changed(); } });
  const node = h("div", { class: "kit-choice team-pick", hidden: true }, select, icon("chevron"));
  let teams = null; // null until it is known which there are
  let wanted = "";

  function value() {
    return teams && !teams.some((team) => team.id === wanted) ? "" : wanted;
  }

  async function load() {
    try {
      const told = await api("/api/teams");
      invited(told.invitations);
      teams = told.teams.filter((team) => team.role !== "reviewer"); // reviewers order nothing for their team
    } catch {
      return; // what was known of them holds
    }
    offerTeams(teams.map((team) => team.id));
    const gone = wanted !== value();
    wanted = value();
    select.replaceChildren(h("option", { value: "" }, words.forMe), ...teams.map((team) => h("option", { value: team.id }, fill(words.forTeam, { team: team.name }))));
    draw();
    if (gone) changed();
  }

  function draw() {
    select.value = value();
    node.hidden = !teams?.length;
    node.classList.toggle("chosen", Boolean(value()));
  }

  onRoute(({ name }) => { if (name === page) load(); }); // one may have joined, or left, meanwhile
  load();
  return { node, value, set: (id) => { wanted = id ?? ""; draw(); } };
}
