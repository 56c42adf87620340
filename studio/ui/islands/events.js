// News of the person's ads: one connection for the whole browser, however many windows are open.
//
//   watch({generation, deleted, ready, lost, back}, kinds = ["ad"]) → stop()
//     kinds               of what is made, which are told of: "ad", "hero" (a set of hero frames), "take" (an iteration), "clip" (made again in the Editor), "asset" (brought to it)
//     generation(detail)  an ad is new or has changed (the body of GET /api/generations/{id}); first every ad being made now
//     deleted(id)         an ad is gone
//     ready()             the ads being made are all told; from here on it is news
//     lost()              nobody tells news any more (once per outage; it is tried again by itself)
//     back()              news comes again; what ended meanwhile has been told, what began and ended meanwhile has not
//   follow(id, {news, lost, gone}) → stop()   of any kind
//     news(detail)        the ad as it is, then every change, in order      lost()  as above (while it lasts, the ad is asked
//     gone(error)         the ad does not exist (any more)                  for now and then, so news may still come)
//   Every callback may be left out. Nothing is called after stop().
//
// The connection itself, and whose it is, is events_line.js; this file remembers what was told and tells it to those who ask.

import { api } from "./api.js";
import { openLine } from "./events_line.js";

const POLL_MS = 5000;
const ALL = ["ad", "hero", "take", "clip", "asset"];
const FINAL = new Set(["completed", "failed"]);

const watchers = new Set();
const making = new Map(); // id → detail of every ad that is not final
let line = null;
let told = false; // the ads being made are known
let broken = false;
let missed = null; // after an outage: ads that were being made and have not been told of again

/** News of all ads, or of other kinds; see above. */
export function watch(callbacks, kinds = ["ad"]) {
  const watcher = { callbacks, kinds, live: true };
  watchers.add(watcher);
  line ??= openLine({ news, gone, complete, down }, () => ({ making: [...making.values()], told, broken }));
  if (told || broken) {
    queueMicrotask(() => {
      for (const detail of making.values()) call(watcher, "generation", detail);
      if (told) call(watcher, "ready");
      if (broken) call(watcher, "lost");
    });
  }
  return () => { watcher.live = false; watchers.delete(watcher); };
}

/** News of one ad; see above. */
export function follow(id, callbacks) {
  const follower = { callbacks, live: true };
  let latest = null;
  let timer = 0;
  let silent = false;
  const stopWatching = watch({
    generation: (detail) => { if (detail.id === id) take(detail); },
    deleted: (gone) => { if (gone === id) call(follower, "gone", { status: 404, code: "not_found", message: "" }); },
    lost: () => { quiet(); poll(); },
    back: () => { clearTimeout(timer); ask(); },
  }, ALL);

  function take(detail) {
    if (latest && detail.revision < latest.revision) return;
    latest = detail;
    silent = false;
    call(follower, "news", detail);
  }

  function quiet() {
    if (!silent) call(follower, "lost");
    silent = true;
  }

  async function ask() {
    try {
      take(await api(`/api/generations/${id}`));
    } catch (error) {
      if (error.status === 404) call(follower, "gone", error);
      else if (error.status !== 401) { quiet(); poll(); }
    }
  }

  function poll() {
    clearTimeout(timer);
    if (follower.live) timer = setTimeout(async () => { await ask(); if (broken) poll(); }, POLL_MS);
  }

  ask();
  return () => { follower.live = false; clearTimeout(timer); stopWatching(); };
}

function news(detail) {
  const before = making.get(detail.id);
  if (before && detail.revision < before.revision) return;
  missed?.delete(detail.id);
  if (FINAL.has(detail.status)) making.delete(detail.id);
  else making.set(detail.id, detail);
  everybody("generation", detail);
}

function gone(id) {
  making.delete(id);
  missed?.delete(id);
  everybody("deleted", id);
}

/** Everything being made has been told: what was being made before and has not been told of has ended meanwhile. */
async function complete() {
  const wasTold = told;
  const wasBroken = broken;
  told = true;
  broken = false;
  const ended = missed ?? new Set();
  missed = null;
  for (const id of ended) {
    try {
      news(await api(`/api/generations/${id}`));
    } catch (error) {
      if (error.status === 404) gone(id);
    }
  }
  if (!wasTold) everybody("ready");
  if (wasBroken) everybody("back");
}

/** The line is down; loud: people are to be told. A change of the leading window is quiet. */
function down({ loud }) {
  missed ??= new Set(making.keys());
  if (!loud || broken) return;
  broken = true;
  everybody("lost");
}

function everybody(name, ...values) {
  for (const watcher of [...watchers]) call(watcher, name, ...values);
}

function call(watcher, name, ...values) {
  if (!watcher.live || (name === "generation" && watcher.kinds && !watcher.kinds.includes(values[0].kind))) return;
  try {
    watcher.callbacks[name]?.(...values);
  } catch (error) {
    reportError(error); // one listener's mistake does not cost the others their news
  }
}
