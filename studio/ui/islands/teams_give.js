// Whose something is: a quiet list of teams for whoever may give it away, the team's name for its other members, and nothing for people who
// are in no team.
//
//   givenTo(words, done) → {node, show({path, team_id, may})}
//     words: AD of studio/words/teams.py.  path: where the thing is, "/api/hero-frames/…".  done(sentence): it was given or taken back

import { api } from "./api.js";
import { fill, h, icon } from "./dom.js";

/** See above. */
export function givenTo(words, done) {
  let teams = null;
  let thing = null;
  const select = h("select", { "aria-label": words.of, onchange: give });
  const list = h("div", { class: "whose" }, select, icon("chevron"));
  const said = h("p", { class: "small" });
  const fault = h("p", { class: "trouble", role: "alert", hidden: true });
  const node = h("div", { class: "given", hidden: true }, h("span", { class: "small", "aria-hidden": "true" }, words.of), list, said, fault);

  async function show(next) {
    const other = thing?.path !== next.path;
    thing = next;
    if (other) fault.hidden = true;
    if (!teams || (thing.team_id && !teams.some(({ id }) => id === thing.team_id))) {
      try {
        teams = (await api("/api/teams")).teams;
      } catch {
        return; // the thing itself is what matters here
      }
    }
    draw();
  }

  function draw() {
    const mine = teams.find(({ id }) => id === thing.team_id);
    const open = teams.filter((team) => team.role !== "reviewer" || team.id === thing.team_id);
    const gives = thing.may === "manage" && open.length > 0;
    node.hidden = !mine && !gives;
    list.hidden = !gives;
    node.firstChild.hidden = !gives;
    said.hidden = gives;
    said.textContent = mine ? fill(words.ofTeam, { team: mine.name }) : "";
    select.replaceChildren(h("option", { value: "" }, words.nobody), ...open.map((team) => h("option", { value: team.id }, team.name)));
    select.value = thing.team_id ?? "";
  }

  async function give() {
    fault.hidden = true;
    const [asked, id] = [thing, select.value || null];
    try {
      await api(`${asked.path}/team`, { method: "PUT", body: { team_id: id } });
      asked.team_id = id;
      const team = teams.find((one) => one.id === id);
      done(team ? fill(words.given, { team: team.name }) : words.taken);
    } catch (error) {
      fault.textContent = error.status ? error.message : words.failed;
      fault.hidden = false;
    }
    if (thing === asked) { draw(); select.focus(); }
  }

  return { node, show };
}
