// Fields of a panel that are made once and only written to after that: going from clip to clip lays out what differs and nothing else.
//
//   fieldsOf() → {seconds, number, choice, slider, scale, color, words, button, pair, note, lay}   each gives a node, the same one for the same
//   name; lay(parent, nodes): these are its children, in this order

import { h, icon } from "./dom.js";

const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };

/** See above. */
export function fieldsOf() {
  const kept = new Map();

  function keep(key, make) {
    if (!kept.has(key)) kept.set(key, make());
    return kept.get(key);
  }

  /** A label over an input. go: what a change asks for, told anew each time. */
  function labelled(name, make) {
    return keep(`field ${name}`, () => {
      const id = `f-${name}`;
      const one = { go: () => {}, word: h("span", {}), told: h("output", { for: id }) };
      one.input = make(id, one);
      one.input.dataset.field = name;
      one.node = h("div", { class: "field" }, h("label", { for: id }, one.word, one.told), one.input);
      return one;
    });
  }

  function write(one, label, value) {
    put(one.word, label);
    if (one.input.value !== value) one.input.value = value;
    return one.node;
  }

  /** A number to two places, within least..most; what is not one becomes what it was again. Arrow keys go by `by`, with Shift by ten of it. */
  function number(name, label, value, least, most, change, by = 0.05) {
    const one = labelled(name, (id, its) => h("input", { id, type: "number", step: "any",
      onchange: (event) => {
        const to = Math.max(its.least, Math.min(its.most, Number(event.target.value)));
        if (event.target.value === "" || !Number.isFinite(to) || !its.go(to)) event.target.value = its.value;
      },
      onkeydown: (event) => {
        const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!way) return;
        event.preventDefault();
        event.target.value = (Number(event.target.value) + way * its.by * (event.shiftKey ? 10 : 1)).toFixed(2);
        event.target.dispatchEvent(new Event("change"));
      } }));
    Object.assign(one, { least, most, by, value: value.toFixed(2), go: change });
    if (one.input.min !== least.toFixed(2)) one.input.min = least.toFixed(2);
    if (one.input.max !== most.toFixed(2)) one.input.max = most.toFixed(2);
    return write(one, label, one.value);
  }

  /** Seconds to two places; what is asked is whole frames. */
  function seconds(name, label, frames, fps, change, least, most) {
    return number(name, label, frames / fps, least / fps, most / fps, (to) => {
      const n = Math.max(least, Math.min(most, Math.round(to * fps)));
      if (n === frames) return false;
      change(n);
      return true;
    }, 1 / fps);
  }

  function choice(name, label, options, value, names, change) {
    const one = labelled(name, (id, its) => h("select", { id, onchange: (event) => its.go(event.target.value) }));
    one.go = change;
    const key = options.join();
    if (one.options !== key) {
      one.options = key;
      one.input.replaceChildren(...options.map((each) => h("option", { value: each }, names[each] ?? each.replaceAll("_", " "))));
    }
    return write(one, label, value);
  }

  function range(name, label, { value, least, most, step, say, change }) {
    const one = labelled(name, (id, its) => h("input", { id, type: "range", oninput: (event) => put(its.told, its.say(event.target.value)), onchange: (event) => its.go(Number(event.target.value)) }));
    Object.assign(one, { say, go: change });
    for (const [key, to] of Object.entries({ min: least, max: most, step })) if (one.input[key] !== String(to)) one.input[key] = to;
    write(one, label, String(value));
    put(one.told, say(value));
    return one.node;
  }

  /** A share, 0..1, in per cent. */
  function slider(name, label, value, change) {
    return range(name, label, { value: Math.round(value * 100), least: 0, most: 100, step: 1, say: (to) => `${to} %`, change: (to) => change(to / 100) });
  }

  /** How far from nothing, to both sides. */
  function scale(name, label, value, least, most, step, change) {
    return range(name, label, { value, least, most, step, change, say: (to) => `${to > 0 ? "+" : to < 0 ? "−" : ""}${Math.abs(Number(to)).toFixed(1)}` });
  }

  function color(name, label, value, change) {
    const one = labelled(name, (id, its) => h("input", { id, type: "color", onchange: (event) => its.go(event.target.value.toUpperCase()) }));
    one.go = change;
    return write(one, label, value.toLowerCase());
  }

  /** Words in a box. change(text) says whether it takes them. */
  function words(name, label, text, change) {
    const one = labelled(name, (id, its) => h("textarea", { id, class: "box", rows: 2, maxlength: 300, onchange: (event) => {
      if (!its.go(event.target.value.trim())) event.target.value = its.text;
    } }));
    Object.assign(one, { text, go: change });
    return write(one, label, text);
  }

  /** name: where several say the same. */
  function button(glyph, label, go, off = false, name = "") {
    const one = keep(`button ${glyph} ${label} ${name}`, () => {
      const its = {};
      its.node = h("button", { type: "button", class: "secondary", "data-field": `do-${glyph}${name}`, onclick: () => its.go() }, icon(glyph), h("span", {}, label));
      return its;
    });
    one.go = go;
    one.node.disabled = off;
    return one.node;
  }

  /** Things beside each other, or in a row that wraps (class "row-actions"). */
  function pair(name, nodes, kind = "pair") {
    const node = keep(`${kind} ${name}`, () => h("div", { class: kind }));
    lay(node, nodes);
    return node;
  }

  /** Small print. */
  function note(name, text) {
    const node = keep(`note ${name}`, () => h("p", { class: "small" }));
    put(node, text);
    return node;
  }

  function lay(parent, nodes) {
    const wanted = nodes.filter(Boolean);
    wanted.forEach((node, i) => { if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] ?? null); });
    while (parent.children.length > wanted.length) parent.lastElementChild.remove();
  }

  return { keep, number, seconds, choice, slider, scale, color, words, button, pair, note, lay };
}
