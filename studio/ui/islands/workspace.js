// The Workspace tab: every group of takes (#/workspace, ?tag=, ?team=), or one of them on the bench (#/workspace/<group id>). The studio knows how
// everything stands, and the address what is compared, so a reload loses nothing.

import { api } from "./api.js";
import { h, icon, styled } from "./dom.js";
import { draftOf } from "./draft.js";
import { onRoute, route } from "./router.js";
import { groupBench } from "./workspace_group.js";
import { groupList } from "./workspace_list.js";
import { workspaceStore } from "./workspace_store.js";

const PATIENCE_MS = 1500;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TYPING = "input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [role=menuitem], [contenteditable]";

/** Called once by the island; props.value is studio.words.workspace.page(). */
export async function mount({ element, props }) {
  const page = props.value;
  const { words } = page;
  const root = element.attachShadow({ mode: "open" });
  const live = h("p", { class: "sr", role: "status", "aria-live": "polite" });
  const lost = h("p", { class: "notice lost", role: "status", hidden: true }, words.lost);
  const desk = h("div", { class: "workspace-desk" });
  const body = h("div", { class: "page", hidden: true }, lost, desk, live);
  root.append(body);
  const dressed = styled(root, "base.css", "menu.css", "composer.css", "motion.css", "workspace.css", "workspace_list.css", "compare.css", "workspace_panel.css", "versions.css", "teams_whose.css");
  const store = workspaceStore({ changed, gone, other: () => list.other(), trouble: (on) => { lost.hidden = !on; } });
  const list = groupList(page, store);
  let user = "";
  let bench = null; // made when the first group is opened: it needs the options
  let view = "";
  let open = ""; // the group in the address

  function say(text) {
    live.textContent = "";
    requestAnimationFrame(() => { live.textContent = text; });
  }

  function switchTo(next, ...content) {
    if (view === next) return;
    const first = view === "";
    view = next;
    desk.replaceChildren(...content);
    if (first) return;
    desk.querySelector("h1")?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }

  function changed(group) {
    if (bench && view === "bench" && open === group.id) bench.show(group);
  }

  function gone(id) {
    if (open === id) location.hash = "#/workspace";
  }

  async function routed({ name, id, query }) {
    if (name !== "workspace") return bench?.rest();
    if (!id) {
      bench?.rest();
      open = "";
      switchTo("list", list.node);
      return list.start({ tag: query.get("tag") ?? "", team: query.get("team") ?? "" });
    }
    const other = open !== id;
    open = id;
    if (!other && bench && view === "bench" && store.get(id)) return bench.show(store.get(id), query);
    try {
      if (!UUID.test(id)) throw Object.assign(new Error(""), { status: 404 });
      const [group, options] = await Promise.all([store.load(id), bench ? null : api("/api/image-to-video/options"), user || api("/api/auth/me").then((me) => { user = me.id; }, () => {})]);
      if (open !== id) return;
      bench ??= groupBench(root, page, options, store, { say, draft: (of) => (user ? draftOf(`${user}.takes.${of}`) : null) });
      bench.show(group, query);
      switchTo("bench", bench.node);
    } catch (error) {
      if (open !== id) return;
      bench?.rest();
      const missing = error.status === 404 || error.status === 403;
      view = "";
      switchTo("gone", h("div", { class: "state" }, h("span", { class: "emblem" }, icon(missing ? "search" : "alert")), h("h1", { tabindex: "-1" }, missing ? words.goneTitle : words.failedTitle),
        h("p", {}, missing ? words.goneText : error.message || words.offline), h("a", { class: "primary", href: "#/workspace" }, words.all)));
      if (!error.status) reportError(error);
      open = "";
    }
  }

  // The keys of an editing desk, as long as nobody types and no window is open.
  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || view !== "bench" || route().name !== "workspace") return;
    const [at] = event.composedPath();
    if (root.querySelector("dialog[open]") || at.matches?.(TYPING)) return;
    if ((event.key === " " || event.key === "Enter") && at.matches?.("button, a, summary, input, [role=tab]")) return;
    if (event.key.startsWith("Arrow") && at.matches?.("[role=tab], input, .versions-scroll")) return;
    if (bench.key(event)) event.preventDefault();
  });

  const ready = routed(route());
  onRoute(routed);
  await Promise.race([Promise.all([dressed, ready]), Promise.all([dressed, new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS); })])]);
  body.hidden = false; // once, with everything in its place
}
