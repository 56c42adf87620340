// The Variants page, inside the Generate tab: a set being put together (#/variants), one on the wall (#/variants/<id>), or what platforms
// counted (#/variants?results). The address says which, and the studio knows how it stands, so a reload loses nothing.

import { api } from "./api.js";
import { h, icon, styled } from "./dom.js";
import { onRoute, route } from "./router.js";
import { resultsPanel } from "./results.js";
import { setMaker } from "./variants_make.js";
import { setWall } from "./variants_wall.js";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Called once by the island; props.value is studio.words.variants.page(). */
export async function mount({ element, props }) {
  const page = props.value;
  const { words } = page;
  const root = element.attachShadow({ mode: "open" });
  const live = h("p", { class: "sr", role: "status", "aria-live": "polite" });
  const desk = h("div", { class: "variants" });
  const body = h("div", { class: "page", hidden: true }, desk, live);
  root.append(body);
  let maker = null;
  let view = "";
  let dressed = null;
  let results = null;
  const wall = setWall(root, page, { say, gone: () => missing(404) });

  function say(text) {
    if (live.textContent !== text) live.textContent = text;
  }

  function switchTo(next, node) {
    if (view === next) return;
    const first = view === "";
    view = next;
    desk.replaceChildren(node);
    if (first) return;
    desk.querySelector("h1")?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }

  function missing(status) {
    const none = status === 404 || status === 403;
    view = "";
    switchTo("gone", h("div", { class: "state" }, h("span", { class: "emblem" }, icon(none ? "search" : "alert")),
      h("h1", { tabindex: "-1" }, none ? words.goneTitle : words.failedTitle), h("p", {}, none ? words.goneText : words.offline),
      h("a", { class: "primary", href: "#/variants" }, words.all)));
  }

  async function routed({ name, id, query }) {
    const here = name === "variants";
    if (!here) { body.hidden = true; wall.rest(); return; }
    dressed ??= styled(root, "base.css", "composer.css", "variants.css", "results.css", "teams_whose.css");
    await dressed;
    if (route().name !== name || route().id !== id) return;
    body.hidden = false;
    document.title = `${words.title} · ${page.name}`;
    if (!id && query.has("results")) {
      wall.rest();
      results ??= resultsPanel(root, page.results, { say });
      switchTo("results", results.node);
      return results.show(query.get("results"));
    }
    if (!id) {
      wall.rest();
      if (!maker) maker = setMaker(page, { user: await api("/api/auth/me").then((me) => me.id, () => "") });
      if (route().name !== "variants" || route().id) return;
      switchTo("make", maker.node);
      return maker.start();
    }
    if (!UUID.test(id)) return missing(404);
    try {
      await wall.show(id);
      if (route().id === id) switchTo(`wall ${id}`, wall.node);
    } catch (error) {
      if (route().id === id) missing(error.status);
    }
  }

  onRoute(routed);
  await routed(route());
}
