// Leaving: the session ends on the studio's side, and every window of this browser goes to the door.
//
//   signOut() → Promise of the error when it did not work (api.js); when it did, the page is left and nothing comes back
//   onSignOut()   ask nothing while another window signs out, and go to the door when it has

import { api, toLogin } from "./api.js";
import { hold, release } from "./gate.js";

const others = new BroadcastChannel("studio-signed-out"); // one for both: what is said on it is not heard on it

/** See above. */
export async function signOut() {
  hold();
  others.postMessage("leaving");
  try {
    await api("/api/session", { method: "DELETE", stay: true });
  } catch (error) {
    if (error.status !== 401) { // 401: signed out already
      others.postMessage("staying");
      release();
      return error;
    }
  }
  others.postMessage("left");
  toLogin({ back: false });
  return null;
}

/** See above. */
export function onSignOut() {
  others.onmessage = ({ data }) => ({ leaving: hold, staying: release, left: () => toLogin() })[data]?.();
}
