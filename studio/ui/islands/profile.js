// The Profile page: who is here, what was made and spent, what this installation can do, and how programs use it.

import { api } from "./api.js";
import { ago, date, fill, h, icon, money, styled } from "./dom.js";
import { monthsChart } from "./months_chart.js";
import { keepingPanel } from "./profile_keeping.js";
import { onRoute, route } from "./router.js";
import { signOut } from "./session.js";
import { teamsPanel } from "./teams.js";

const KINDS = ["text", "image", "video", "sound", "voice"];

/** Called once by the island; props.value: {name, words, teams: the words about teams}. */
export function mount({ element, props }) {
  const { words, teams } = props.value;
  const root = element.attachShadow({ mode: "open" });
  const content = h("div", { class: "content", "aria-busy": "true" });
  const body = h("div", { class: "page", hidden: true }, h("h1", { tabindex: "-1" }, words.title), content);
  root.append(body);
  bones();
  styled(root, "base.css", "profile.css", "teams.css").then(() => { body.hidden = false; });
  onRoute(({ name }) => { if (name === "profile") load(); });
  if (route().name === "profile") load();

  async function load() {
    try {
      const [person, stats, can, kept, mine] = await Promise.all(["user/profile", "user/stats", "capabilities", "user/keeping", "teams"].map((path) => api(`/api/${path}`)));
      content.removeAttribute("aria-busy");
      content.replaceChildren(identity(person), figures(person, stats), spending(stats), teamsPanel(teams, root, person.id, mine), abilities(can), keepingPanel(words, kept), programs(person));
    } catch (error) {
      if (content.getAttribute("aria-busy")) failed(error); // what is there stays
    }
  }

  function failed(error) {
    content.replaceChildren(h("div", { class: "state" }, h("span", { class: "emblem" }, icon("alert")), h("h2", {}, words.failedTitle),
      h("p", {}, error.message || words.offline),
      h("button", { type: "button", class: "primary", onclick: () => { bones(); load(); } }, words.again)));
  }

  function bones() {
    content.setAttribute("aria-busy", "true");
    content.replaceChildren(h("p", { class: "sr", role: "status" }, words.loading), ...["low", "low", "high", "high"].map((size) => h("div", { class: `bone block ${size}` })));
  }

  function identity(person) {
    const fault = h("p", { class: "trouble", role: "alert", hidden: true });
    const leave = h("button", { type: "button", class: "secondary", onclick: async () => {
      leave.disabled = true;
      const trouble = await signOut();
      leave.disabled = false;
      fault.textContent = trouble?.message || words.logOutFailed;
      fault.hidden = trouble === null;
    } }, icon("leave"), h("span", {}, words.logOut));
    return h("section", { class: "identity", "aria-labelledby": "who" },
      h("span", { class: "portrait", "aria-hidden": "true" }, [...person.username][0].toUpperCase()),
      h("div", { class: "name" }, h("h2", { id: "who" }, `@${person.username}`), h("p", {}, person.email ?? "")),
      h("dl", {},
        pair(words.since, date(person.created_at)),
        pair(words.lastLogin, person.last_login ? ago(person.last_login) : words.never, person.last_login && date(person.last_login, { time: true })),
        person.terms_version ? pair(words.terms, h("a", { class: "link", href: `/terms?version=${person.terms_version}`, target: "_blank", rel: "noopener" }, date(person.terms_accepted_at))) : null),
      leave, fault);
  }

  function figures(person, stats) {
    const rate = stats.success_rate === null ? "–" : `${Math.round(stats.success_rate * 100)} %`;
    const { pending, processing } = stats.by_status;
    return h("section", { "aria-label": words.statistics },
      h("dl", { class: "figures" },
        figure(words.finished, person.total_generations, ""),
        figure(words.total, stats.total, pending + processing ? fill(words.going, { n: pending + processing }) : words.kept),
        figure(words.rate, rate, stats.success_rate === null ? words.rateNone : words.rateHint),
        figure(words.cost, money(person.total_cost), "")));
  }

  function spending({ months, budget }) {
    const share = budget.cap > 0 ? Math.min(1, (budget.spent + budget.held) / budget.cap) : 1;
    const meter = h("i", {});
    meter.style.transform = `scaleX(${share})`;
    const left = fill(words.left, { left: money(budget.left), cap: money(budget.cap) });
    const spent = months.some((month) => month.cost > 0);
    return h("section", { class: "panel spending", "aria-labelledby": "spent" },
      h("header", {}, h("h2", { id: "spent" }, words.months)),
      spent ? monthsChart(words, months) : h("p", { class: "none" }, words.monthsNone),
      h("div", { class: "budget" },
        h("div", {}, h("h3", {}, words.budget), h("p", {}, left)),
        h("div", { class: "bar", role: "meter", "aria-label": words.budget, "aria-valuemin": 0, "aria-valuemax": budget.cap, "aria-valuenow": budget.spent + budget.held, "aria-valuetext": left }, meter),
        budget.held > 0 ? h("p", { class: "small" }, fill(words.held, { held: money(budget.held) })) : null));
  }

  function abilities({ can_make_ads: able, abilities: all }) {
    const rows = KINDS.map((kind) => all.find((one) => one.kind === kind)).filter(Boolean);
    return h("section", { class: "panel", "aria-labelledby": "can" },
      h("header", {}, h("h2", { id: "can" }, words.can)),
      h("p", { class: able ? "able" : "able not" }, icon(able ? "check" : "alert"), h("span", {}, able ? words.canMake : words.cannotMake)),
      h("dl", { class: "kinds" }, rows.map(({ title, model, others }) => h("div", {},
        h("dt", {}, title),
        h("dd", {}, model ? short(model) : words.nobody, !model && others.length ? h("small", {}, others.map(([, why]) => why).join(" ")) : null)))));
  }

  /** "product-studio/v1 – Product studio: path-traced …" → "Product studio" */
  function short(model) {
    const name = model.split(" – ").at(-1).split(/:| \(/)[0];
    return name[0].toUpperCase() + name.slice(1);
  }

  function programs({ username }) {
    const here = location.origin;
    const login = [
      `TOKEN=$(curl -s ${here}/api/auth/login \\`,
      "  -H 'Content-Type: application/json' \\",
      `  -d '{"username": "${username}", "password": "…"}' | jq -r .access_token)`,
    ];
    const order = [
      `curl ${here}/api/generate \\`,
      "  -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' \\",
      "  -d '{\"prompt\": \"Create a luxury watch ad for Instagram\"}'",
    ];
    return h("section", { class: "panel programs", "aria-labelledby": "api" },
      h("header", {}, h("h2", { id: "api" }, words.api)),
      h("p", {}, words.apiText),
      sample(words.apiLogin, login.join("\n")),
      sample(words.apiOrder, order.join("\n")));
  }

  function sample(title, code) {
    const said = h("span", { "aria-live": "polite" }, words.copy);
    const copy = h("button", { type: "button", class: "quiet copy", "aria-label": `${words.copy}: ${title}`, onclick: async () => {
      try {
        await navigator.clipboard.writeText(code);
        said.textContent = words.copied;
      } catch { // no clipboard outside https: mark it, so that the keyboard can copy it
        getSelection().selectAllChildren(block);
        said.textContent = words.marked;
      }
      setTimeout(() => { said.textContent = words.copy; }, 2500);
    } }, icon("copy"), said);
    const block = h("pre", { tabindex: "0", role: "region", "aria-label": title }, h("code", {}, code));
    return h("div", { class: "sample" }, h("div", { class: "sample-head" }, h("h3", {}, title), copy), block);
  }

  function figure(name, value, more) {
    return h("div", {}, h("dt", {}, name), h("dd", {}, String(value), more ? h("small", {}, more) : null));
  }

  function pair(name, value, title = null) {
    return h("div", {}, h("dt", {}, name), h("dd", { title }, value));
  }
}
