// /register and /welcome: a new account, and straight into the studio with it. Who may see them is the server's to decide. Where whoever
// runs the studio has terms, newcomers accept the version that they could read; the first account is theirs who runs it.

import { api } from "./api.js";
import { afterwards, entryForm, whoMayEnter } from "./entry.js";

const box = document.querySelector(".terms");
let version = null;

entryForm(document.querySelector("form"), async ({ username, password, email }) => {
  await register({ username, password, email: email || null, ...(version ? { terms: version } : {}) });
  await api("/api/session", { body: { username, password }, stay: true });
  location.replace(afterwards());
});

async function register(body) {
  try {
    await api("/api/auth/register", { body, stay: true });
  } catch (error) {
    if (error.field === "terms") await terms(); // others hold by now
    throw error;
  }
}

/** Which terms there are to accept, if any; nothing is accepted yet. */
async function terms() {
  if (!box) return;
  const input = box.querySelector("input");
  version = (await whoMayEnter()).terms;
  box.hidden = !version;
  input.required = Boolean(version);
  input.checked = false;
}

terms().catch(() => {}); // what is missing is said when the form is sent
for (const link of document.querySelectorAll("a[href='/login']")) link.href = `/login${location.search}${location.hash}`;
