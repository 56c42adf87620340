// What is said about the films behind a link: remarks, each at its moment, a form for another one, and the decision.
//
//   talk(ad, {seek(remark), now() → seconds, say(remark) → Promise, decide(decision) → Promise}) → {node, at(seconds), film(film)}

import { ago, h, icon } from "./dom.js";
import { clock, filmName } from "./review_films.js";

const NAME = "review-name"; // who this browser's guest is

/** See above. */
export function talk(ad, { seek, now, say, decide }) {
  let film = ad.films[0];
  let remarks = ad.remarks;
  let decisions = ad.decisions;
  const several = ad.films.length > 1;

  const list = h("ol", { class: "remarks" });
  const nobody = h("p", { class: "notice nobody" }, "Nothing has been said yet. Pause where something strikes you and say it below.");
  const name = h("input", { id: "guest-name", type: "text", maxlength: 60, autocomplete: "name", value: remembered() });
  const text = h("textarea", { id: "guest-text", class: "box", rows: 3, maxlength: 2000, placeholder: "What strikes you?" });
  const moment = h("input", { type: "checkbox", checked: true });
  const time = h("span", {}, clock(0));
  const fault = h("p", { class: "fault", role: "alert" });
  const send = h("button", { type: "submit", class: "primary" }, "Send");
  const verdict = h("div", { class: "verdict" });
  const told = h("p", { class: "sr", role: "status" });

  draw();
  decided();

  function draw() {
    nobody.hidden = remarks.length > 0;
    list.replaceChildren(...remarks.map((remark) => h("li", { class: remark.by_owner ? "remark own" : "remark" },
      h("div", { class: "remark-head" },
        h("strong", {}, remark.author),
        h("span", { class: "small" }, ago(remark.created_at)),
        remark.at_s === null ? null : h("button", { type: "button", class: "time", "aria-label": `Show ${clock(remark.at_s)}`, onclick: () => seek(remark) }, clock(remark.at_s)),
        remark.done ? h("span", { class: "seen-to" }, icon("check"), "seen to") : null),
      h("p", {}, remark.text),
      several ? h("p", { class: "small" }, filmName(ad.films.find((one) => one.version === remark.version) ?? film)) : null)));
  }

  async function sent(event) {
    event.preventDefault();
    complain("");
    if (!name.value.trim()) return complain("Say who you are.", name);
    if (!text.value.trim()) return complain("Write what you want to say.", text);
    send.disabled = true;
    try {
      const remark = await say({ author: name.value, text: text.value, at_s: moment.checked ? Number(now().toFixed(2)) : null, version: film.version });
      remember(name.value.trim());
      remarks = [...remarks, remark];
      text.value = "";
      told.textContent = "Your remark is there.";
      draw();
      list.lastElementChild?.scrollIntoView({ block: "nearest" });
    } catch (error) {
      complain(error.message || "The studio does not answer. Try again in a moment.");
    }
    send.disabled = false;
  }

  function decided() {
    const mine = decisions.find((one) => one.version === film.version);
    verdict.replaceChildren(
      ...(mine ? [h("p", { class: `decided ${mine.decision}` }, icon(mine.decision === "approved" ? "check" : "edit"),
        h("span", {}, mine.decision === "approved" ? `${mine.author} approved this film, ` : `${mine.author} asked for changes, `, ago(mine.created_at), mine.note ? `: “${mine.note}”` : "."))] : []),
      h("div", { class: "choices" },
        h("button", { type: "button", class: "secondary", onclick: () => choose("changes") }, icon("edit"), "Ask for changes"),
        h("button", { type: "button", class: "primary", onclick: () => choose("approved") }, icon("check"), "Approve")));
  }

  async function choose(decision) {
    complain("");
    if (!name.value.trim()) return complain("Say who you are, then decide.", name);
    for (const button of verdict.querySelectorAll("button")) button.disabled = true;
    try {
      const made = await decide({ author: name.value, decision, note: text.value.trim() && decision === "approved" ? text.value : "", version: film.version });
      remember(name.value.trim());
      if (made.note) text.value = "";
      decisions = [made, ...decisions.filter((one) => one.version !== film.version)];
      told.textContent = decision === "approved" ? "You approved this film." : "You asked for changes.";
    } catch (error) {
      complain(error.message || "The studio does not answer. Try again in a moment.");
    }
    decided();
  }

  function complain(sentence, field) {
    fault.replaceChildren(...(sentence ? [icon("alert"), sentence] : []));
    field?.focus();
  }

  const node = h("section", { class: "talk", "aria-label": "Review" },
    h("h2", {}, "Review"),
    h("div", { class: "said" }, nobody, list),
    h("form", { class: "say", onsubmit: sent, novalidate: true },
      h("div", { class: "field" }, h("label", { for: "guest-name" }, "Your name"), name),
      h("div", { class: "field" }, h("label", { for: "guest-text" }, "Your remark"), text),
      h("div", { class: "say-foot" }, h("label", { class: "moment" }, moment, h("span", {}, "at ", time)), send),
      fault),
    verdict, told);

  return {
    node,
    at: (seconds) => { time.textContent = clock(seconds ?? 0); },
    film: (next) => { film = next; decided(); },
  };
}

function remembered() {
  try { return localStorage.getItem(NAME) ?? ""; } catch { return ""; }
}

function remember(name) {
  try { localStorage.setItem(NAME, name); } catch { /* a browser that keeps nothing */ }
}
