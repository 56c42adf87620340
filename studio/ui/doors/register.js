// /register and /welcome: a new account, and straight into the studio with it.

import { api } from "./api.js";
import { afterwards, entryForm, whoMayEnter } from "./entry.js";

const form = document.querySelector("form");

entryForm(form, async ({ username, password, email }) => {
  await api("/api/auth/register", { body: { username, password, email: email || null }, stay: true });
  await api("/api/session", { body: { username, password }, stay: true });
  location.replace(afterwards());
});

for (const link of document.querySelectorAll("a[href='/login']")) link.href = `/login${location.search}${location.hash}`;

whoMayEnter().then(({ registration, first_run: first }) => {
  const welcome = location.pathname === "/welcome";
  if (first !== welcome) return location.replace(first ? "/welcome" : "/login");
  const closed = !first && registration !== "open";
  form.hidden = closed;
  const note = document.querySelector(".if-closed");
  if (note) note.hidden = !closed;
}, () => {});
