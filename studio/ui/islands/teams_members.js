// What is inside a team: its members with their roles and limits, who is asked in by name or by a link, and how it is left or ended.
//
//   teamInside(words, root, me, team, {tried, again, gone}) → elements. team: what GET /api/teams/{id} answers; tried(act): does it and
//   says what went wrong; again(): draws the team as it is now; gone(): it is one's own no more.

import { api } from "./api.js";
import { confirmDialog } from "./dialog.js";
import { date, fill, h, icon, money } from "./dom.js";
import { teamKits } from "./teams_kits.js";
import { teamLinks } from "./teams_links.js";

const ROLES = ["owner", "editor", "reviewer"];

/** The elements; see above. */
export function teamInside(words, root, me, team, { tried, again, gone }) {
  const owns = team.role === "owner";
  const here = `/api/teams/${team.id}`;
  const members = h("ul", { class: "members", "aria-label": fill(words.members, { team: team.name }) },
    team.members.map(member), team.invitations.map(waiting));
  return [members, ...(owns ? [askForm(), teamLinks(words, team, { tried })] : []), teamKits(words, team, { tried }), foot()].filter(Boolean);

  function member(one) {
    const name = one.username;
    const mine = one.user_id === me;
    const limits = owns ? limitsForm(one) : null;
    const role = owns
      ? roleSelect({ "aria-label": fill(words.roleOf, { name }) }, one.role, (event) => change(one, { role: event.target.value }, words.roleOf))
      : h("span", { class: "role" }, words.roles[one.role]);
    return h("li", {}, h("div", { class: "member" },
      h("span", { class: "initial", "aria-hidden": "true" }, [...name][0].toUpperCase()),
      h("div", { class: "who" }, h("strong", {}, h("span", {}, name), mine ? h("small", {}, ` ${words.you}`) : null), h("small", {}, quota(one))),
      role,
      owns ? h("div", { class: "team-row-end" },
        h("button", { type: "button", class: "quiet", "aria-expanded": "false", "aria-label": fill(words.limitsOf, { name }), onclick: (event) => {
          limits.hidden = !limits.hidden;
          event.currentTarget.setAttribute("aria-expanded", String(!limits.hidden));
          if (!limits.hidden) limits.querySelector("input").focus();
        } }, words.limits),
        mine ? null : h("button", { type: "button", class: "quiet danger", "aria-label": fill(words.takeOutNamed, { name }), onclick: () => takeOut(one) }, words.takeOut)) : null),
    limits);
  }

  /** "5 ads an hour · $20.00 a month · $3.40 spent this month"; "" for what one is not told. */
  function quota(one) {
    if (!one.told) return "";
    return [
      one.ads_per_hour === null ? "" : fill(words.hourly, { n: one.ads_per_hour }),
      one.month_cap === null ? "" : fill(words.monthly, { cap: money(one.month_cap) }),
      fill(words.spent, { spent: money(one.spent) }),
    ].filter(Boolean).join(" · ");
  }

  function limitsForm(one) {
    const [hourly, monthly] = [["ads", words.adsAnHour, one.ads_per_hour, 1], ["cap", words.dollarsAMonth, one.month_cap, 0.01]].map(([key, label, value, step]) => {
      const id = `${key}-${one.user_id}`;
      const input = h("input", { id, type: "number", min: 0, step, placeholder: words.noLimit, value: value ?? "" });
      return { input, node: h("div", { class: "field" }, h("label", { for: id }, label), input) };
    });
    const number = ({ input }) => (input.value === "" ? null : Number(input.value));
    return h("form", { class: "team-form limits", hidden: true, novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      change(one, { ads_per_hour: number(hourly), month_cap: number(monthly) }, words.limitsOf);
    } }, hourly.node, monthly.node, h("div", { class: "team-row-end" }, h("button", { type: "submit", class: "secondary" }, words.save)));
  }

  function roleSelect(more, chosen, onchange) {
    return h("select", { ...more, onchange }, ROLES.map((role) => h("option", { value: role, selected: role === chosen, title: words.roleHints[role] }, words.roles[role])));
  }

  /** label: of the control that has the focus afterwards. */
  async function change(one, body, label) {
    const done = await tried(async () => { await api(`${here}/members/${one.user_id}`, { method: "PATCH", body }); await again(); });
    if (!done) await again().catch(() => {}); // as it still is; what went wrong stays said
    [...root.querySelectorAll("[aria-label]")].find((node) => node.getAttribute("aria-label") === fill(label, { name: one.username }))?.focus();
  }

  async function takeOut(one) {
    const values = { name: one.username, team: team.name };
    const sure = await confirmDialog(root, { title: fill(words.takeOutTitle, values), text: fill(words.takeOutText, values), confirm: words.takeOut, cancel: words.cancel, danger: true });
    if (sure) await tried(async () => { await api(`${here}/members/${one.user_id}`, { method: "DELETE" }); await again(); });
  }

  function waiting(one) {
    return h("li", {}, h("div", { class: "member" },
      h("span", { class: "initial", "aria-hidden": "true" }, icon("clock")),
      h("div", { class: "who" }, h("strong", {}, one.username), h("small", {}, fill(words.waiting, { date: date(one.expires_at) }))),
      h("span", { class: "role" }, words.roles[one.role]),
      h("div", { class: "team-row-end" }, h("button", { type: "button", class: "quiet", "aria-label": fill(words.takeBackNamed, { name: one.username }),
        onclick: () => tried(async () => { await api(`${here}/invitations/${one.id}`, { method: "DELETE" }); await again(); }) }, words.takeBack))));
  }

  function askForm() {
    const [nameId, roleId] = [`ask-${team.id}`, `as-${team.id}`];
    const name = h("input", { id: nameId, type: "text", autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
    const hint = h("small", { "aria-live": "polite" }, words.roleHints.editor);
    const role = roleSelect({ id: roleId }, "editor", () => { hint.textContent = words.roleHints[role.value]; });
    return h("form", { class: "team-form ask", novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      tried(async () => {
        await api(`${here}/invitations`, { body: { username: name.value, role: role.value } });
        await again();
        root.getElementById(nameId)?.focus();
      });
    } },
    h("h3", {}, words.askIn),
    h("div", { class: "field" }, h("label", { for: nameId }, words.username), name),
    h("div", { class: "field" }, h("label", { for: roleId }, words.role), role),
    h("div", { class: "team-row-end" }, h("button", { type: "submit", class: "secondary" }, words.ask)), hint);
  }

  function foot() {
    const id = `rename-${team.id}`;
    const name = h("input", { id, type: "text", maxlength: 80, value: team.name, autocomplete: "off" });
    const form = h("form", { class: "team-form", hidden: true, novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      tried(async () => { await api(here, { method: "PATCH", body: { name: name.value } }); await again(); });
    } }, h("div", { class: "field" }, h("label", { for: id }, words.name), name), h("div", { class: "team-row-end" }, h("button", { type: "submit", class: "secondary" }, words.save)));
    const ask = async (title, text, confirm, path) => {
      const values = { team: team.name };
      const sure = await confirmDialog(root, { title: fill(title, values), text: fill(text, values), confirm, cancel: words.cancel, danger: true });
      if (sure) await tried(async () => { await api(path, { method: "DELETE" }); await gone(); });
    };
    return h("div", { class: "team-foot" }, form, h("div", { class: "team-row-end" },
      [["gallery", words.ads], ["hero", words.frames], ["workspace", words.takes]].map(([page, label]) => h("a", { class: "quiet", href: `#/${page}?team=${team.id}` }, label)),
      owns ? h("button", { type: "button", class: "quiet", "aria-expanded": "false", onclick: (event) => {
        form.hidden = !form.hidden;
        event.currentTarget.setAttribute("aria-expanded", String(!form.hidden));
        if (!form.hidden) name.focus();
      } }, words.rename) : null,
      h("button", { type: "button", class: "quiet", onclick: () => ask(words.leaveTitle, words.leaveText, words.leave, `${here}/members/${me}`) }, words.leave),
      owns ? h("button", { type: "button", class: "quiet danger", onclick: () => ask(words.endTitle, words.endText, words.end, here) }, words.end) : null));
  }
}
