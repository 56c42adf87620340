// The brief being written, kept for as long as the window is open: over a reload, and over signing out and in again.
// Each person has their own, so nobody finds somebody else's words in the box.

const KEY = "studio.draft.";

/** user: id of the person. keep(draft): any JSON value; read() → the same, or null. Without storage nothing is kept. */
export function draftOf(user) {
  return {
    read() {
      try {
        return JSON.parse(sessionStorage.getItem(KEY + user));
      } catch {
        return null;
      }
    },
    keep(draft) {
      try {
        sessionStorage.setItem(KEY + user, JSON.stringify(draft));
      } catch { /* full or forbidden: the page works without */ }
    },
    drop() {
      try {
        sessionStorage.removeItem(KEY + user);
      } catch { /* as above */ }
    },
  };
}
