// The panel of the Profile page that says how long things are kept: one's own rule, and what goes next by itself.
//
//   keepingPanel(words, told) → its element. told: what GET /api/user/keeping answers. It asks nobody before something is chosen.

import { api } from "./api.js";
import { date, fill, h } from "./dom.js";

const OWN = [90, 365, null]; // days; null for ever
const SHOWN = 5;

/** The panel; see above. */
export function keepingPanel(words, told) {
  const fault = h("p", { class: "trouble", role: "alert", hidden: true });
  const said = h("p", { class: "small", role: "status" });
  const next = h("div", {});
  const select = h("select", { id: "keeping", onchange: change });
  show(told);
  return h("section", { class: "panel keeping", "aria-labelledby": "keeps" },
    h("header", {}, h("h2", { id: "keeps" }, words.keeping)),
    h("p", {}, words.keepingText),
    h("div", { class: "keeping-row" }, h("label", { for: "keeping" }, words.keepingFor), select), said, fault, next);

  async function change() {
    fault.hidden = true;
    const days = select.value === "all" ? null : Number(select.value);
    try {
      show(await (select.value === "usual" ? api("/api/user/keeping", { method: "DELETE" }) : api("/api/user/keeping", { method: "PUT", body: { days } })));
      said.textContent = words.keepingSaved;
    } catch (error) {
      fault.textContent = error.message || words.offline;
      fault.hidden = false;
      show(told);
    }
  }

  function keeper({ id, title }) {
    return h("button", { type: "button", class: "quiet", "aria-label": fill(words.keepingKeepOne, { title }), onclick: async () => {
      fault.hidden = true;
      try {
        await api(`/api/generations/${id}/keeping`, { method: "PUT", body: { kept: true } });
        show(await api("/api/user/keeping"));
        said.textContent = words.keepingKept;
        select.focus();
      } catch (error) {
        fault.textContent = error.message || words.offline;
        fault.hidden = false;
      }
    } }, words.keepingKeep);
  }

  function show(now) {
    told = now;
    const others = [...OWN, ...(now.own && !OWN.includes(now.days) ? [now.days] : [])];
    select.replaceChildren(
      h("option", { value: "usual" }, now.standard === null ? words.keepingUsualAll : fill(words.keepingUsual, { n: now.standard })),
      ...others.map((days) => h("option", { value: days ?? "all" }, days === null ? words.keepingAll : fill(words.keepingDays, { n: days }))));
    select.value = now.own ? String(now.days ?? "all") : "usual";
    const rows = now.going.slice(0, SHOWN);
    next.replaceChildren(...(rows.length ? [
      h("h3", { id: "goes" }, words.keepingNext),
      h("dl", { class: "kinds goes", "aria-labelledby": "goes" }, rows.map((one) => h("div", {},
        h("dt", {}, one.title || words.keepingKinds[one.kind]),
        h("dd", {}, h("span", {}, date(one.goes_at), h("small", {}, words.keepingKinds[one.kind])), one.kind === "ad" ? keeper(one) : null)))),
    ] : [h("p", { class: "none" }, words.keepingNone)]));
  }
}
