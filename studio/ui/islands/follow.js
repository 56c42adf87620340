// Following one ad: server-sent events while the page is looked at, a slow poll while it is not.
// A browser allows six connections to a host, so hidden pages give theirs back.

const POLL_HIDDEN_MS = 5000;
const RETRY_MS = [500, 1000, 2000, 4000];
const FINAL = new Set(["completed", "failed", "cancelled"]);

/** A fetch of our API. Resolves to its JSON; rejects with {code, message, field, status}, status 0 when nobody answered. */
export async function api(path, body) {
  let reply;
  try {
    reply = await fetch(path, {
      method: body === undefined ? "GET" : "POST",
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw { status: 0, code: "offline", message: "" };
  }
  const json = await reply.json().catch(() => ({}));
  if (!reply.ok) throw { status: reply.status, message: "", ...json.error };
  return json;
}

/** Calls `news(ad)` with every change until the ad ends, `lost()` when the connection breaks, `gone(error)` when the ad
 *  is not known any more. Returns a function that stops all of it. */
export function follow(id, { news, lost, gone }) {
  let source = null;
  let timer = 0;
  let failures = 0;
  let stopped = false;

  function stop() {
    stopped = true;
    rest();
    document.removeEventListener("visibilitychange", look);
  }

  function rest() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function take(ad) {
    if (stopped) return;
    failures = 0;
    if (FINAL.has(ad.state)) stop();
    news(ad);
  }

  function stream() {
    source = new EventSource(`/api/ads/${id}/events`);
    source.onmessage = (event) => take(JSON.parse(event.data));
    source.onerror = () => {
      if (stopped) return;
      rest();
      lost();
      timer = setTimeout(look, RETRY_MS[0]);
    };
  }

  async function look() {
    rest();
    try {
      take(await api(`/api/ads/${id}`));
    } catch (error) {
      if (stopped) return;
      if (error.status === 404) {
        stop();
        gone(error);
        return;
      }
      lost();
      timer = setTimeout(look, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
      return;
    }
    if (stopped) return;
    rest();
    if (document.hidden) timer = setTimeout(look, POLL_HIDDEN_MS);
    else stream();
  }

  document.addEventListener("visibilitychange", look);
  look();
  return stop;
}
