// /login: name and password → a session.

import { api } from "./api.js";
import { afterwards, entryForm, whoMayEnter } from "./entry.js";

entryForm(document.querySelector("form"), async (typed) => {
  await api("/api/session", { body: typed, stay: true });
  location.replace(afterwards());
});

for (const link of document.querySelectorAll("a[href='/register']")) link.href = `/register${location.search}${location.hash}`;

whoMayEnter().then(({ registration }) => {
  for (const part of document.querySelectorAll(".if-open")) part.hidden = registration !== "open";
}, () => {}); // logging in works without it
