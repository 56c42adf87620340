// Where the person is: the address decides what is shown, and whatever shows something else changes the address.
//
//   route() → {name, id, query}   name: "compose" (#/), "ad" (#/ad/<id>), else the tab itself ("gallery", "profile", …);
//                                 id: what follows the name ("" without); query: URLSearchParams of what follows "?"
//   go(hash, {replace = false})   change the address: go("#/ad/…"); replace leaves no step for the Back button
//   onRoute(callback) → stop()    callback(route) at every change; not called for the route of this moment
//   tabOf(route) → "generate" for compose, ad and variants, else route.name
//   homeOf(tab) → the hash a tab starts at
//   addressOf(detail) → the hash of what is made: an ad, a set of hero frames, the group of takes (a detail of events.js)

/** The route the address names. Anything that is none is the composer. */
export function route() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name = "", id = ""] = path.split("/").map(decoded);
  return { name: name || "compose", id, query: new URLSearchParams(query) };
}

/** Go to `hash`; a no-op when the person is there already. */
export function go(hash, { replace = false } = {}) {
  if (hash === (location.hash || "#/")) return;
  if (replace) {
    history.replaceState(history.state, "", hash);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  } else location.hash = hash;
}

/** Call `callback(route)` whenever the address changes, until the returned function is called. */
export function onRoute(callback) {
  const listener = () => callback(route());
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** The tab that shows `route`. */
export function tabOf({ name }) {
  return ["compose", "ad", "variants"].includes(name) ? "generate" : name;
}

/** Where `tab` begins. */
export function homeOf(tab) {
  return tab === "generate" ? "#/" : `#/${tab}`;
}

/** Where what `detail` tells of is looked at. */
export function addressOf({ kind, id, group_id: group }) {
  return { hero: `#/hero/${id}`, take: `#/workspace/${group}` }[kind] ?? `#/ad/${id}`;
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
