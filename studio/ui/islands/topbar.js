// The bar over every page: the mark, the ads being made, the person. It also starts the tabs (shell.js), being always there.

import { api } from "./api.js";
import { fill, h, icon, styled } from "./dom.js";
import { watch } from "./events.js";
import { makingChip } from "./making_chip.js";
import { menu } from "./menu.js";
import { onSignOut, signOut } from "./session.js";
import { startTabs } from "./shell.js";

/** Called once by the island; props.value: {name, words, tabs: [{id, name}], bar}. */
export function mount({ element, props }) {
  const { name, words, tabs, bar } = props.value;
  const root = element.attachShadow({ mode: "open" });
  const live = h("p", { class: "sr", role: "status", "aria-live": "polite" });
  const chip = makingChip(words, (sentence) => { live.textContent = sentence; });
  const frame = startTabs({ name, tabs, bar });
  const person = personMenu();
  const body = h("header", { class: "bar-top", hidden: true },
    h("button", { type: "button", class: "skip primary", onclick: skip }, words.skip),
    h("a", { class: "brand", href: "#/", "aria-label": fill(words.home, { name }) },
      h("img", { src: "/s/mark.svg", alt: "", width: 28, height: 28 }), h("span", {}, name)),
    h("div", { class: "side" }, chip.node, person.node),
    live);
  root.append(body);
  styled(root, "base.css", "menu.css", "topbar.css").then(() => { body.hidden = false; });

  watch({ generation: chip.news, deleted: chip.gone, lost: () => chip.lost(true), back: () => chip.lost(false) }, ["ad", "hero", "take"]);
  api("/api/auth/me").then(person.show, () => {}); // without a name the menu still works
  if (tabs.length > bar) body.append(moreTabs(tabs.slice(bar - 1)));

  onSignOut();
  window.addEventListener("scroll", () => body.classList.toggle("lifted", window.scrollY > 4), { passive: true });

  function skip() {
    const page = frame.panel()?.querySelector(".island");
    if (!page) return;
    page.tabIndex = -1;
    page.focus();
  }

  function personMenu() {
    const initial = h("span", { class: "initial", "aria-hidden": "true" });
    const label = h("span", { class: "who" });
    const button = h("button", { type: "button", class: "quiet person", "aria-label": words.accountWait }, initial, label, icon("chevron"));
    const fault = h("p", { class: "trouble", role: "alert", hidden: true });
    const list = menu(button, () => [
      { label: words.profile, icon: "person", href: "#/profile" },
      { label: words.logOut, icon: "leave", run: logOut },
    ]);

    async function logOut() {
      const trouble = await signOut();
      fault.textContent = trouble?.message || words.logOutFailed;
      fault.hidden = trouble === null;
    }

    return {
      node: h("div", { class: "person-box" }, button, list, fault),
      show: ({ username }) => {
        initial.textContent = [...username][0].toUpperCase();
        label.textContent = username;
        button.setAttribute("aria-label", fill(words.account, { name: username }));
      },
    };
  }

  // On a phone the bar at the bottom has room for `bar` entries; what is beyond them is here.
  function moreTabs(rest) {
    const button = h("button", { type: "button", class: "more-tabs" }, icon("more"), h("span", {}, words.more));
    return h("div", { class: "more-box" }, button, menu(button, () => rest.map((tab) => ({ label: tab.name, icon: "arrow", run: () => frame.open(tab.id) }))));
  }
}
