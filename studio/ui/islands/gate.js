// Whether the studio may be asked by this window. While somebody signs out, here or in another window, requests wait; once they
// have, none is sent any more: each would be refused, and the page is being left.
//
//   passing() → Promise that is fulfilled as soon as the studio may be asked; never after shut()
//   hold()      requests wait from now on, half a minute at most: the window that signs out may die of it
//   release()   they go on: nobody signed out after all
//   shut()      for good; what is under way is given up
//   left        AbortSignal of shut()

const HOLD_MS = 30000;

const leaving = new AbortController();
let waiting = []; // those who want to pass
let held = 0; // the timer of a hold; 0 without one

export const left = leaving.signal;

/** See above. */
export function passing() {
  if (!held && !left.aborted) return Promise.resolve();
  return new Promise((resolve) => { waiting.push(resolve); });
}

/** See above. */
export function hold() {
  clearTimeout(held);
  held = setTimeout(release, HOLD_MS);
}

/** See above. */
export function release() {
  clearTimeout(held);
  held = 0;
  if (left.aborted) return;
  const going = waiting;
  waiting = [];
  for (const resolve of going) resolve();
}

/** See above. */
export function shut() {
  if (left.aborted) return;
  leaving.abort();
  // A browser may keep the page and show it again on the way back; whoever is signed in by then is asked anew.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
