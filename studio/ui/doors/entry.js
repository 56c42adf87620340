// A form at the door: what was typed wrongly is said at its field in the studio's own words, and everything a person needs to type a
// password without seeing it.
//
//   entryForm(form, send)   send({field name: value}) → Promise; called when the form is sent and nothing is empty that must not be.
//                           Its rejection (api.js) is shown: at `field`, else above the button.
//   afterwards() → the address to go to when signed in: ?next= if it is one of ours, else the studio
//   whoMayEnter() → Promise of {registration: "open" | "closed", first_run}

import { api } from "./api.js";
import { h, icon } from "./dom.js";

const EMPTY = { username: "Type your username.", password: "Type your password.", terms: "Read the terms and accept them to go on." };
const OFFLINE = "The studio does not answer. Is it still running?";
const ONE_MOMENT = "One moment …";

/** See above. */
export function entryForm(form, send) {
  const button = form.querySelector("[type=submit]");
  const label = button.textContent;
  const fields = [...form.querySelectorAll("input")];
  const above = form.querySelector(".trouble");
  let clock = 0;
  for (const input of fields) {
    input.addEventListener("input", () => complain(input, ""));
    if (input.type === "password") dressPassword(input);
  }

  button.disabled = false; // the page arrives with it switched off: sent without this script, a form ends nowhere
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    whole("");
    fields.forEach((input) => complain(input, ""));
    const empty = fields.filter((input) => input.required && (input.type === "checkbox" ? !input.checked : !input.value.trim()));
    empty.reverse().forEach((input) => complain(input, EMPTY[input.name], { focus: true }));
    if (empty.length) return;
    busy(true);
    try {
      await send(Object.fromEntries(fields.map((input) => [input.name, input.name === "password" ? input.value : input.value.trim()])));
    } catch (error) {
      busy(false);
      refused(error);
    }
  });

  function refused({ message, field, retryAfter, status }) {
    const input = fields.find((one) => one.name === field);
    if (retryAfter) return wait(retryAfter, message);
    if (input) return complain(input, message, { focus: true });
    whole(message || OFFLINE);
    if (status === 401) fields.find((one) => one.name === "password")?.select();
  }

  /** Too many attempts: the button says when it is worth trying again. */
  function wait(seconds, message) {
    const until = Date.now() + seconds * 1000;
    whole(message);
    button.disabled = true;
    clearInterval(clock);
    const tick = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      if (left <= 0) {
        clearInterval(clock);
        whole("");
        return busy(false);
      }
      button.textContent = `Try again in ${left < 90 ? `${left} s` : `${Math.ceil(left / 60)} min`}`;
    };
    tick();
    clock = setInterval(tick, 1000);
  }

  function busy(on) {
    button.disabled = on;
    button.textContent = on ? ONE_MOMENT : label;
  }

  function whole(sentence) {
    above.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    above.hidden = !sentence;
  }

  function complain(input, sentence, { focus = false } = {}) {
    const fault = form.querySelector(`#${input.id}-fault`);
    fault.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    fault.hidden = !sentence;
    input.setAttribute("aria-invalid", String(Boolean(sentence)));
    if (focus) input.focus();
  }
}

function dressPassword(input) {
  const toggle = h("button", { type: "button", class: "toggle", "aria-label": "Show password", "aria-pressed": "false", "aria-controls": input.id }, icon("eye"));
  const caps = h("p", { class: "small caps", role: "status" });
  toggle.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    toggle.setAttribute("aria-pressed", String(shown));
    toggle.replaceChildren(icon(shown ? "eyeShut" : "eye"));
    input.focus();
  });
  input.form.addEventListener("submit", () => { if (input.type === "text") toggle.click(); }, true); // browsers save what is a password
  for (const kind of ["keydown", "keyup"]) {
    input.addEventListener(kind, (event) => { caps.textContent = event.getModifierState?.("CapsLock") ? "Caps Lock is on." : ""; });
  }
  input.addEventListener("blur", () => { caps.textContent = ""; });
  const box = h("div", { class: "secret" });
  input.before(box);
  box.append(input, toggle);
  box.after(caps);
}

/** See above. The address after # survives the redirect to this page, but not as part of ?next=. */
export function afterwards() {
  const next = new URLSearchParams(location.search).get("next") ?? "/";
  try {
    const url = new URL(next, location.origin);
    if (url.origin !== location.origin || !next.startsWith("/")) return "/";
    return url.pathname + url.search + (url.hash || location.hash);
  } catch {
    return "/";
  }
}

/** See above. */
export function whoMayEnter() {
  return api("/api/auth/doors", { stay: true });
}
