// The address decides the tab, the tab changes the address. Gradio owns the tabs; this clicks the one the address names, and
// writes the address when a person clicks one.
//
//   startTabs({name, tabs: [{id, name}], bar}) → {open(tab), panel()}
//     bar           how many entries the bar of a phone has room for; what is beyond them is marked, and hidden by shell.css
//     open(tab)     go to `tab`: where the person left it, or its beginning
//     panel()       the element of the shown tab's page

import { go, homeOf, onRoute, route, tabOf } from "./router.js";

const TABLIST = "#tabs > .tab-wrapper [role=tablist]";

/** Begin; see above. */
export function startTabs({ name, tabs, bar }) {
  const known = new Map(tabs.map((tab) => [tab.id, tab]));
  const lastHash = new Map(); // tab → where it was left
  const scrolled = new Map(); // hash → scroll position
  let shown = "";
  let here = location.hash || "#/";

  function button(tab) {
    return document.querySelector(`${TABLIST} [data-tab-id="${tab}"]`);
  }

  function panel() {
    return document.getElementById(`tab-${shown}`);
  }

  function follow(now = route()) {
    const tab = tabOf(now);
    if (!known.has(tab)) return go("#/", { replace: true });
    scrolled.set(here, window.scrollY);
    here = location.hash || "#/";
    lastHash.set(tab, here);
    if (now.name !== "ad") document.title = now.name === "compose" ? name : `${known.get(tab).name} · ${name}`;
    const target = button(tab);
    if (target && target.getAttribute("aria-selected") !== "true") target.click();
    if (tab === shown) return;
    const first = shown === "";
    shown = tab;
    if (!first) requestAnimationFrame(() => window.scrollTo({ top: scrolled.get(here) ?? 0, behavior: "instant" }));
    document.documentElement.classList.remove("elsewhere");
  }

  function open(tab) {
    const again = tab === shown || tab === "generate";
    go(again ? homeOf(tab) : lastHash.get(tab) ?? homeOf(tab));
  }

  function dress(list) {
    list.setAttribute("aria-orientation", matchMedia("(min-width: 1024px)").matches ? "vertical" : "horizontal");
    list.addEventListener("click", (event) => {
      const tab = event.target.closest("[data-tab-id]")?.dataset.tabId;
      if (event.isTrusted && tab) open(tab);
    });
    list.addEventListener("keydown", arrows);
    if (tabs.length > bar) {
      document.documentElement.dataset.crowded = ""; // attributes: the classes here are Gradio's
      for (const { id } of tabs.slice(bar - 1)) button(id).dataset.beyond = "";
    }
    follow();
  }

  // The arrow keys move between tabs, in a rail up and down as well; Enter or Space opens.
  function arrows(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const all = [...event.currentTarget.querySelectorAll("[role=tab]")].filter((tab) => tab.checkVisibility());
    const at = all.indexOf(event.target);
    if (at < 0) return;
    if (step) all[(at + step + all.length) % all.length].focus();
    else if (event.key === "Home") all[0].focus();
    else if (event.key === "End") all.at(-1).focus();
    else return;
    event.preventDefault();
  }

  onRoute(follow);
  const ready = () => document.querySelector(TABLIST);
  if (ready()) dress(ready());
  else {
    const observer = new MutationObserver(() => {
      if (!ready()) return;
      observer.disconnect();
      dress(ready());
    });
    observer.observe(document.body, { childList: true, subtree: true });
  }
  return { open, panel };
}
