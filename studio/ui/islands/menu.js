// A small menu of actions under a button.
//
//   menu(opener, items, {align = "end"}) → element to put beside the button
//     opener: a button; it gets the menu's ARIA.  items(): [{label, icon, href | run(), danger, download}] asked for at each opening.
//     Arrow keys, Home, End and Esc work; a click elsewhere closes it. Styled by menu.css.

import { h, icon } from "./dom.js";

let made = 0;

/** A closed menu for `opener`; see above. */
export function menu(opener, items, { align = "end" } = {}) {
  const id = `menu-${(made += 1)}`;
  const list = h("div", { id, class: `menu ${align}`, role: "menu", hidden: true, "aria-label": opener.getAttribute("aria-label") ?? opener.textContent });
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", id);

  function entry({ label, icon: glyph, href, run, danger, download }) {
    const inside = [icon(glyph), h("span", {}, label)];
    const attributes = { role: "menuitem", tabindex: "-1", class: danger ? "danger" : null };
    return href
      ? h("a", { ...attributes, href, download: download ? true : null, onclick: () => close() }, inside)
      : h("button", { ...attributes, type: "button", onclick: () => { close({ focus: true }); run(); } }, inside);
  }

  function open(last = false) {
    list.replaceChildren(...items().map(entry));
    list.hidden = false;
    list.classList.remove("above");
    list.style.translate = "";
    const box = list.getBoundingClientRect();
    if (box.bottom > window.innerHeight - 8) list.classList.add("above");
    if (box.left < 8) list.style.translate = `${8 - box.left}px 0`; // under a narrow card at the left edge
    opener.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside, true);
    (last ? list.lastElementChild : list.firstElementChild)?.focus();
  }

  function close({ focus = false } = {}) {
    if (list.hidden) return;
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (focus) opener.focus({ preventScroll: true });
  }

  function outside(event) {
    const path = event.composedPath();
    if (!path.includes(list) && !path.includes(opener)) close();
  }

  opener.addEventListener("click", () => (list.hidden ? open() : close()));
  opener.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open(event.key === "ArrowUp");
  });
  list.addEventListener("keydown", (event) => {
    const all = [...list.children];
    const at = all.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[(to + all.length) % all.length].focus();
    else if (event.key === "Escape") close({ focus: true });
    else if (event.key === "Tab") return close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return list;
}
