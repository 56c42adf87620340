// Asking the studio: one function for every request of every page.
//
//   api(path, {method = "GET" ("POST" with a body or form), body, form, signal, stay}) → Promise of the reply's JSON; null for 204
//     body: any JSON value.  form: FormData.  signal: AbortSignal; aborting rejects with the browser's AbortError.
//     stay: true leaves a 401 to the caller, and asks even while somebody signs out (gate.js): for signing out itself. Else a 401
//     sends the person to /login, and back here afterwards; a request of a page that is being left is never answered.
//   It rejects with {status, code, message, field, retryAfter}: message is the studio's own sentence ("" when nobody answered,
//   status 0), field the name of what has to change (""), retryAfter whole seconds (null).
//   toLogin({back = true}) goes to the login page, and comes back here afterwards.

import { left, passing, shut } from "./gate.js";

/** A request to the studio; see above. */
export async function api(path, { method, body, form, signal, stay = false } = {}) {
  const sends = form !== undefined || body !== undefined;
  if (!stay) await passing();
  let reply;
  try {
    reply = await fetch(path, {
      method: method ?? (sends ? "POST" : "GET"),
      headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
      body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
      credentials: "same-origin",
      cache: "no-store",
      signal: stay ? signal : AbortSignal.any([left, ...(signal ? [signal] : [])]),
    });
  } catch (error) {
    if (left.aborted && !stay) return new Promise(() => {});
    if (error.name === "AbortError") throw error;
    throw trouble(0, { code: "offline" });
  }
  if (reply.status === 204) return null;
  const json = await reply.json().catch(() => ({}));
  if (reply.ok) return json;
  if (reply.status === 401 && !stay) toLogin();
  const wait = Number.parseInt(reply.headers.get("retry-after") ?? "", 10);
  throw trouble(reply.status, json.error ?? {}, Number.isFinite(wait) ? wait : null);
}

let leaving = false; // on the way to the login page already

/** Off to the login page, which comes back to where the person is now unless they meant to leave. */
export function toLogin({ back = true } = {}) {
  if (back && leaving) return;
  leaving = true;
  shut();
  const here = location.pathname + location.search + location.hash;
  location.assign(back ? `/login?next=${encodeURIComponent(here)}` : "/login");
}

function trouble(status, { code = "broken", message = "", field = "" }, retryAfter = null) {
  return Object.assign(new Error(message || code), { status, code, message, field: field ?? "", retryAfter });
}
