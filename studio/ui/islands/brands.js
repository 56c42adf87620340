// The Brands page: the person's kits as cards (#/brands), a new one (#/brands/new), or one being set up (#/brands/<id>). The address says
// which, and the studio keeps every change, so a reload loses nothing.

import { api } from "./api.js";
import { face, kitCard, sheet } from "./brands_card.js";
import { kitEditor } from "./brands_edit.js";
import { h, icon, styled } from "./dom.js";
import { go, onRoute, route } from "./router.js";

/** Called once by the island; props.value is studio.words.brands.page(). */
export async function mount({ element, props }) {
  const page = props.value;
  const { words } = page;
  const root = element.attachShadow({ mode: "open" });
  const live = h("p", { class: "sr", role: "status", "aria-live": "polite" });
  const desk = h("div", { class: "brands" });
  const body = h("div", { class: "page", hidden: true }, desk, live);
  root.append(body);
  let view = "";

  function say(text) {
    if (live.textContent !== text) live.textContent = text;
  }

  function switchTo(next, ...nodes) {
    const first = view === "";
    const other = view !== next;
    view = next;
    desk.dataset.view = next.split(" ")[0];
    desk.replaceChildren(...nodes);
    if (first || !other) return;
    desk.querySelector("h1")?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }

  function head(title, lead, ...side) {
    return h("header", { class: "head" }, h("div", {}, h("h1", { tabindex: "-1" }, title), h("p", { class: "lead" }, lead)), ...side);
  }

  function list(kits) {
    if (!kits.length) return begin(true);
    switchTo("list", head(words.title, words.lead, h("a", { class: "primary", href: "#/brands/new" }, icon("plus"), h("span", {}, words.new))),
      h("ul", { class: "kits" }, kits.map((kit) => kitCard(page, kit))));
  }

  /** Nothing there yet, or one more: what a kit is, beside an example, and its name. */
  function begin(empty) {
    const name = h("input", { type: "text", id: "kit-first", maxlength: page.limits.name, placeholder: words.namePlaceholder, autocomplete: "off", "aria-describedby": "kit-first-fault" });
    const fault = h("p", { class: "fault", id: "kit-first-fault", role: "alert", hidden: true });
    const send = h("button", { type: "submit", class: "primary" }, h("span", {}, words.begin), icon("arrow"));
    const form = h("form", { class: "first", novalidate: true }, h("div", { class: "field" }, h("label", { for: "kit-first" }, words.nameFirst),
      h("div", { class: "first-row" }, name, send), fault));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (!name.value.trim()) return complain(words.needsName);
      send.disabled = true;
      send.firstChild.textContent = words.beginning;
      try {
        const made = await api("/api/brands", { body: { name: name.value.trim() } });
        go(`#/brands/${made.id}`);
      } catch (error) {
        complain(error.status ? error.message || words.actionFailed : words.offline);
      }
      send.disabled = false;
      send.firstChild.textContent = words.begin;
    });

    function complain(sentence) {
      fault.replaceChildren(icon("alert"), h("span", {}, sentence));
      fault.hidden = false;
      name.setAttribute("aria-invalid", "true");
      name.focus();
    }

    const sample = h("div", { class: "sample", "aria-hidden": "true" }, face(page, page.example, { heading: "p" }), h("div", { class: "legend" }, sheet(page, page.example)));
    switchTo(empty ? "empty" : "new", h("div", { class: "begin" },
      h("div", { class: "begin-text" },
        empty ? null : h("a", { class: "quiet back", href: "#/brands" }, icon("back"), h("span", {}, words.all)),
        h("h1", { tabindex: "-1" }, empty ? words.emptyTitle : words.new), h("p", { class: "lead" }, words.emptyLead), form,
        h("ul", { class: "teach" }, words.teach.map(([title, text], n) => h("li", {}, icon(["image", "text", "edit"][n]), h("div", {}, h("b", {}, title), h("p", {}, text)))))),
      h("figure", { class: "example" }, sample, h("figcaption", { class: "small" }, words.exampleSaid))));
  }

  function missing(status, again) {
    const none = status === 404 || status === 403;
    switchTo("gone", h("div", { class: "state" }, h("span", { class: "emblem" }, icon(none ? "search" : "alert")),
      h("h1", { tabindex: "-1" }, none ? words.goneTitle : words.failedTitle), h("p", {}, none ? words.goneText : words.offline),
      none ? h("a", { class: "primary", href: "#/brands" }, words.all) : h("button", { type: "button", class: "primary", onclick: again }, words.retry)));
  }

  async function routed({ name, id }) {
    if (name !== "brands") return;
    const here = () => route().name === name && route().id === id;
    await dressed;
    if (!here()) return;
    try {
      if (id === "new") begin(false);
      else if (id) {
        const kit = await api(`/api/brands/${encodeURIComponent(id)}`);
        if (here()) switchTo(`kit ${id}`, kitEditor(page, kit, { root, say, gone: () => go("#/brands") }));
      } else {
        const { brands } = await api("/api/brands");
        if (here()) list(brands);
      }
    } catch (error) {
      if (here()) missing(error.status, () => routed(route()));
    }
    body.hidden = false;
  }

  const dressed = styled(root, "base.css", "brands.css", "brands_edit.css");
  onRoute(routed);
  await routed(route());
}
