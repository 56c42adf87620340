// The door of a link with a password.
//
//   lockedDoor(open(password) → Promise) → element; what `open` rejects with is said under the field

import { h, icon } from "./dom.js";

/** See above. */
export function lockedDoor(open) {
  const field = h("input", { id: "link-password", type: "password", required: true, maxlength: 200, autocomplete: "off", "aria-describedby": "link-fault", oninput: () => complain("") });
  const fault = h("p", { id: "link-fault", class: "fault", role: "alert" });
  const button = h("button", { type: "submit", class: "primary" }, "Watch");
  const form = h("form", { class: "lock-form", onsubmit: send, novalidate: true },
    h("div", { class: "field" }, h("label", { for: "link-password" }, "Password"), field, fault), button);

  async function send(event) {
    event.preventDefault();
    if (!field.value) return complain("Type the password.");
    button.disabled = true;
    try {
      await open(field.value);
    } catch (error) {
      button.disabled = false;
      complain(error.message || "The studio does not answer. Try again in a moment.");
      field.select();
    }
  }

  function complain(sentence) {
    fault.replaceChildren(...(sentence ? [icon("alert"), sentence] : []));
    field.setAttribute("aria-invalid", String(Boolean(sentence)));
    if (sentence) field.focus();
  }

  return h("div", { class: "locked" },
    h("span", { class: "emblem" }, icon("lock")),
    h("h1", {}, "A film, and a password"),
    h("p", { class: "about" }, "Whoever sent you this link knows the password."),
    form);
}
