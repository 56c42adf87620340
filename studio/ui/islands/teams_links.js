// Links into a team, for its owners: one more, and those that are open, each to be taken back.
//
//   teamLinks(words, team, {tried}) → element. team: what GET /api/teams/{id} answers; tried(act): does it and says what went wrong.

import { api } from "./api.js";
import { copyRow } from "./copy_row.js";
import { date, fill, h, icon } from "./dom.js";

const ROLES = ["editor", "reviewer"]; // a link may come into the wrong hands, so none makes an owner
const PEOPLE = [1, 5, 20, 100];
const DAYS = [1, 7, 30];

/** The element; see above. */
export function teamLinks(words, team, { tried }) {
  let open = team.links;
  const here = `/api/teams/${team.id}/links`;
  const made = h("div", { class: "link-made", role: "status" });
  const list = h("ul", { class: "members", "aria-label": fill(words.linksOf, { team: team.name }) });
  const role = choice("link-role", ROLES.map((one) => [one, words.roles[one]]), "editor");
  const people = choice("link-people", PEOPLE.map((n) => [n, n === 1 ? words.linkOne : fill(words.linkMany, { n })]), 1);
  const days = choice("link-days", DAYS.map((n) => [n, n === 1 ? words.linkDay : fill(words.linkDays, { n })]), 7);
  const title = h("h3", { tabindex: "-1" }, words.linkTitle);
  draw();
  return h("div", { class: "team-links" },
    h("form", { class: "team-form", novalidate: true, onsubmit: make },
      title, labelled(words.linkRole, role), labelled(words.linkFor, people), labelled(words.linkGood, days),
      h("div", { class: "team-row-end" }, h("button", { type: "submit", class: "secondary" }, icon("link"), h("span", {}, words.linkMake))),
      h("small", {}, words.linkHint), made),
    list);

  function make(event) {
    event.preventDefault();
    tried(async () => {
      const { url, ...link } = await api(here, { body: { role: role.value, uses: Number(people.value), days: Number(days.value) } });
      open = [link, ...open];
      draw();
      made.replaceChildren(
        h("p", {}, fill(words.linkMade, { team: team.name })),
        copyRow({ label: words.linkAddress, copy: words.linkCopy, copied: words.linkCopied }, new URL(url, location.href).href));
      made.querySelector("input").focus();
    });
  }

  function draw() {
    list.hidden = !open.length;
    list.replaceChildren(...open.map((link) => h("li", {}, h("div", { class: "member" },
      h("span", { class: "initial", "aria-hidden": "true" }, icon("link")),
      h("div", { class: "who" },
        h("strong", {}, fill(words.linkUsed, { used: link.used, uses: link.uses })),
        h("small", {}, fill(words.linkUntil, { date: date(link.expires_at), name: link.made_by }))),
      h("span", { class: "role" }, words.roles[link.role]),
      h("div", { class: "team-row-end" }, h("button", { type: "button", class: "quiet", "aria-label": fill(words.linkTakeBack, { role: words.roles[link.role] }),
        onclick: () => takeBack(link) }, words.takeBack))))));
  }

  function takeBack(link) {
    tried(async () => {
      await api(`${here}/${link.id}`, { method: "DELETE" });
      open = open.filter((one) => one !== link);
      made.replaceChildren();
      draw();
      title.focus();
    });
  }

  function choice(name, options, chosen) {
    return h("select", { id: `${name}-${team.id}` }, options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));
  }
}

function labelled(text, control) {
  return h("div", { class: "field" }, h("label", { for: control.id }, text), control);
}
