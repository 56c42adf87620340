// /join#{token}: into which team a link leads, and as what. Whoever is signed in joins; everybody else signs in or up first, and comes
// back here. The token stays behind the #, which no browser sends to a server.

import { api } from "./api.js";
import { date, h, icon } from "./dom.js";
import { whoMayEnter } from "./entry.js";

const ROLES = {
  editor: "an editor, who makes, changes and exports",
  reviewer: "a reviewer, who looks, comments and decides",
};
const OFFLINE = "The studio does not answer. Try again in a moment.";

const main = document.querySelector("main");
const token = location.hash.slice(1);

window.addEventListener("hashchange", () => location.reload()); // another link in the same window
await open();
document.body.removeAttribute("aria-busy");

async function open() {
  try {
    await show(await api("/api/team-links/open", { body: { token }, stay: true }));
  } catch (error) {
    gone(error);
  }
}

async function show({ team, role, expires_at: until, you, member }) {
  document.title = `Join ${team} · Ad Studio`;
  document.body.dataset.state = "asked";
  const fault = h("p", { class: "trouble", role: "alert", hidden: true });
  main.replaceChildren(
    h("span", { class: "emblem" }, icon("person")),
    h("h1", {}, member ? `You are in ${team} already` : `${team} asks you to join`),
    h("p", { class: "about" }, member ? "Nothing is left to do here." : `You would be ${ROLES[role]}. The invitation is good until ${date(until)}.`),
    ...(you ? signedIn(you, member, fault) : await stranger()),
    fault);
  main.querySelector("h1").setAttribute("tabindex", "-1");
}

function signedIn(you, member, fault) {
  const go = member
    ? h("a", { class: "primary", href: "/#/profile" }, "To your teams")
    : h("button", { type: "button", class: "primary", onclick: () => tried(go, fault, async () => {
      await api("/api/team-links/join", { body: { token }, stay: true });
      location.replace("/#/profile");
    }) }, `Join as ${you}`);
  const other = h("button", { type: "button", class: "quiet", onclick: () => tried(other, fault, async () => {
    await api("/api/session", { method: "DELETE", stay: true });
    location.reload();
  }) }, `Not ${you}? Log out`);
  return [h("div", { class: "door-row" }, go, member ? null : other)];
}

async function stranger() {
  const here = `?next=${encodeURIComponent("/join")}#${token}`;
  const open = await whoMayEnter().then((doors) => doors.registration === "open", () => true);
  return [
    h("div", { class: "door-row" },
      h("a", { class: "primary", href: `/login${here}` }, "Log in to join"),
      open ? h("a", { class: "secondary", href: `/register${here}` }, "Sign up to join") : null),
    open ? null : h("p", { class: "about" }, "No account yet? New ones are made by whoever runs this studio; ask them, then open the invitation again."),
  ].filter(Boolean);
}

async function tried(button, fault, act) {
  button.disabled = true;
  fault.hidden = true;
  try {
    await act();
  } catch (error) {
    button.disabled = false;
    if (error.status === 401) return location.reload(); // signed out meanwhile
    if (error.status === 404 || error.status === 410) return gone(error);
    fault.replaceChildren(icon("alert"), h("span", {}, error.status ? error.message : OFFLINE));
    fault.hidden = false;
  }
}

function gone(error) {
  document.body.dataset.state = "ended";
  document.title = "Not here · Ad Studio";
  const ended = error.status === 404 || error.status === 410;
  main.replaceChildren(
    h("span", { class: "emblem" }, icon("link")),
    h("h1", {}, ended ? "This invitation is not good any more" : "The invitation cannot be opened"),
    h("p", { class: "about" }, ended
      ? "It has ended, was used by as many as it was for, was taken back, or was not copied whole. Ask whoever sent it for a new one."
      : error.status ? error.message : OFFLINE));
}
