// /register and /welcome: a new account, and straight into the studio with it. Who may see them is the server's to decide.

import { api } from "./api.js";
import { afterwards, entryForm } from "./entry.js";

entryForm(document.querySelector("form"), async ({ username, password, email }) => {
  await api("/api/auth/register", { body: { username, password, email: email || null }, stay: true });
  await api("/api/session", { body: { username, password }, stay: true });
  location.replace(afterwards());
});

for (const link of document.querySelectorAll("a[href='/login']")) link.href = `/login${location.search}${location.hash}`;
