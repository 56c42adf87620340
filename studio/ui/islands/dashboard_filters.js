// Which part of the work the Quality page looks at: a span of time, a model, a tag.
//
//   filters(words, change) → {node, read(query), options(models, tags), asked(), narrowed()}
//     change(text)   called with the new query of the address ("days=30&model=…") when a person chooses
//     read(query)    URLSearchParams of the address → what is chosen        options(…)  what may be chosen
//     asked()        {from, to, model, tag} for the API; "" for what is open     narrowed()  whether anything is chosen

import { h, icon } from "./dom.js";

const DAY_MS = 86_400_000;
const DATES = "dates";
const A_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** See above. */
export function filters(words, change) {
  let chosen = { days: "", from: "", to: "", model: "", tag: "" };
  const spans = [...Object.keys(words.spans).sort((a, b) => (Number(a) || Infinity) - (Number(b) || Infinity)), DATES].map((value) => {
    const input = h("input", { type: "radio", name: "span", value, onchange: () => pick(value) });
    return { input, node: h("label", {}, input, h("span", {}, words.spans[value] ?? words.dates)) };
  });
  const [from, to] = ["from", "to"].map((name) => h("input", { type: "date", id: `day-${name}`, onchange: (event) => set({ days: "", [name]: event.target.value }) }));
  const dates = h("div", { class: "dates", hidden: true }, h("label", { for: "day-from" }, words.from), from, h("label", { for: "day-to" }, words.to), to);
  const model = choice(words.model, words.anyModel, (value) => set({ model: value }));
  const tag = choice(words.tag, words.anyTag, (value) => set({ tag: value }));
  const node = h("div", { class: "tools", role: "search", "aria-label": words.filters },
    h("fieldset", { class: "segments", "aria-label": words.span }, spans.map((span) => span.node)), dates, h("div", { class: "picks" }, model.node, tag.node));

  function pick(value) {
    if (value !== DATES) return set({ days: value, from: "", to: "" });
    dates.hidden = false;
    const bounds = asked();
    from.value = bounds.from;
    to.value = bounds.to || day(0);
    return from.focus();
  }

  function set(some) {
    const query = new URLSearchParams(Object.entries({ ...chosen, ...some }).filter(([, value]) => value));
    change(String(query));
  }

  function read(query) {
    chosen = Object.fromEntries(Object.keys(chosen).map((name) => [name, query.get(name) ?? ""]));
    for (const name of ["from", "to"]) if (!A_DAY.test(chosen[name])) chosen[name] = "";
    if (!(chosen.days in words.spans)) chosen.days = "";
    const byDates = Boolean(chosen.from || chosen.to);
    for (const { input } of spans) input.checked = input.value === (byDates ? DATES : chosen.days);
    dates.hidden = !byDates;
    if (byDates) [from.value, to.value] = [chosen.from, chosen.to];
    model.show(chosen.model);
    tag.show(chosen.tag);
  }

  function asked() {
    const since = chosen.days ? day(Number(chosen.days) - 1) : chosen.from;
    return { from: since, to: chosen.days ? "" : chosen.to, model: chosen.model, tag: chosen.tag };
  }

  return {
    node,
    read,
    asked,
    options: (models, tags) => { model.offer(models); tag.offer(tags); },
    narrowed: () => Object.values(chosen).some(Boolean),
  };
}

/** A list of names, the first of which is any. It is not there while there is nothing to choose from. */
function choice(name, any, change) {
  const select = h("select", { "aria-label": name, onchange: () => change(select.value) });
  const node = h("div", { class: "pick", hidden: true }, select, icon("chevron"));
  let value = "";
  let names = [];

  function draw() {
    const all = value && !names.includes(value) ? [...names, value] : names;
    select.replaceChildren(h("option", { value: "" }, any), ...all.map((one) => h("option", { value: one }, one)));
    select.value = value;
    node.hidden = all.length === 0;
  }

  return {
    node,
    show: (now) => { value = now; draw(); },
    offer: (found) => { names = found; draw(); },
  };
}

/** So many days ago, in UTC as the studio counts them. */
function day(ago) {
  return new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
}
