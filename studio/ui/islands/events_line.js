// The line to /api/events, shared by every window of this browser: the window that holds a lock has the connection and passes on
// what comes; when it closes, the next one takes over. A browser allows six connections to a host, so one for all of them.
//
//   openLine({news(detail), gone(id), complete(), down({loud})}, state) → {close()}
//     state() → {making: [detail], told, broken}: what this window knows, asked of the leader when another window joins.
//
// Without Web Locks (a page that is not from https or localhost) each window has a connection of its own and gives it back
// while it is hidden; looked at again, it connects and is told everything again. The leader keeps its own while hidden: it is
// one for all. A leader that does not answer (a frozen window) loses the lock to the first window that is looked at.

import { api } from "./api.js";
import { passing } from "./gate.js";

const NAME = "studio-events";
const RETRY_MS = [500, 1000, 2000, 4000, 8000, 15000];
const LOUD_AFTER = 2; // failures in a row before people are told: a proxy that hangs up is no outage
const ASK_MS = 20000;
const ANSWER_MS = 4000;

/** Join the line; see above. */
export function openLine(heard, state) {
  const shared = Boolean(navigator.locks) && typeof BroadcastChannel === "function";
  return shared ? sharedLine(heard, state) : ownLine(heard);
}

function sharedLine(heard, state) {
  const channel = new BroadcastChannel(NAME);
  let connection = null;
  let release = () => {};
  let unanswered = 0;
  let waiting = 0;
  let closed = false;

  // A leader hears what it passes on; the others hear it from the channel.
  const passing = Object.fromEntries(Object.keys(heard).map((name) => [name, (value) => {
    channel.postMessage({ name, value });
    heard[name](value);
  }]));

  channel.onmessage = ({ data }) => {
    if (data.name === "ask") {
      if (connection) channel.postMessage({ name: "answer", value: data.all ? state() : null });
    } else if (data.name === "answer") answered(data.value);
    else if (!connection && data.name in heard) { unanswered = 0; heard[data.name](data.value); }
  };

  function answered(all) {
    clearTimeout(waiting);
    unanswered = 0;
    if (connection || !all || state().told) return;
    all.making.forEach(heard.news);
    if (all.broken) heard.down({ loud: true });
    else if (all.told) heard.complete();
  }

  function ask() {
    if (connection || closed || document.hidden) return;
    channel.postMessage({ name: "ask", all: !state().told });
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (connection || document.hidden) return;
      if ((unanswered += 1) >= 2) lead({ steal: true });
      else ask();
    }, ANSWER_MS);
  }

  function lead(options) {
    navigator.locks.request(NAME, options, () => new Promise((resolve) => {
      if (closed) return resolve();
      release = resolve;
      clearTimeout(waiting);
      passing.down({ loud: false }); // what ended between two leaders is looked up
      connection = connect(passing);
    })).catch(() => {}).then(() => { // stolen by a window that got no answer, or closed
      connection?.close();
      connection = null;
      if (!closed) lead({});
    });
  }

  function close() {
    closed = true;
    clearInterval(clock);
    clearTimeout(waiting);
    document.removeEventListener("visibilitychange", ask);
    release();
    channel.close();
  }

  lead({});
  ask();
  document.addEventListener("visibilitychange", ask);
  const clock = setInterval(ask, ASK_MS);
  return { close };
}

function ownLine(heard) {
  let connection = null;
  const look = () => {
    if (document.hidden) {
      connection?.close();
      connection = null;
      heard.down({ loud: false });
    } else connection ??= connect(heard);
  };
  document.addEventListener("visibilitychange", look);
  look();
  return { close: () => { document.removeEventListener("visibilitychange", look); connection?.close(); } };
}

function connect({ news, gone, complete, down }) {
  let source = null;
  let failures = 0;
  let timer = 0;
  let closed = false;

  async function open() {
    await passing(); // the studio ends the stream of whoever signs out: not to be asked again
    if (closed) return;
    source = new EventSource("/api/events");
    source.addEventListener("generation", (event) => news(JSON.parse(event.data)));
    source.addEventListener("deleted", (event) => gone(JSON.parse(event.data).id));
    source.addEventListener("ready", () => { failures = 0; complete(); });
    source.onerror = broken;
  }

  function broken() {
    const refused = source.readyState === EventSource.CLOSED; // an answer, but not a stream
    source.close();
    if (closed) return;
    failures += 1;
    down({ loud: failures >= LOUD_AFTER });
    if (refused) api("/api/auth/me").catch(() => {}); // signed out meanwhile: api.js goes to the login page
    timer = setTimeout(open, RETRY_MS[Math.min(failures, RETRY_MS.length) - 1]);
  }

  open();
  return { close: () => { closed = true; clearTimeout(timer); source?.close(); } };
}
