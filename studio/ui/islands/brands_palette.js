// The colours of a brand, in order: each picked or typed, with how it reads on the ground; up to as many as a kit holds.
//
//   brandPalette(page, {save(colors), live(colors)}) → {node, show(kit)}
//     save(colors) → Promise that rejects with the studio's own sentence.  live(colors): while one is being picked, not yet kept

import { fill, h, icon } from "./dom.js";

const NEXT = ["#0A192F", "#D4AF37", "#F7F3EA", "#8C6239", "#2E7D4F"];
const HEX = /^#[0-9a-f]{6}$/i;

/** See above. */
export function brandPalette(page, { save, live }) {
  const { words, limits } = page;
  const list = h("ol", { class: "palette" });
  const none = h("p", { class: "small" }, words.none);
  const add = h("button", { type: "button", class: "secondary", onclick: another }, icon("plus"), h("span", {}, words.colorAdd));
  const node = h("div", { class: "palette-box" }, none, list, add);
  let rows = [];
  let latest = null; // the kit as it was told last
  let saving = 0; // what is told while rows are being kept is older than they are

  /** All of them; of the others than `row`, what was kept of them last. */
  function values(row) {
    return rows.map((one) => (one === row ? one.value() : one.kept()));
  }

  function redraw() {
    const there = [...list.children];
    if (rows.length !== there.length || rows.some((row, n) => row.node !== there[n])) list.replaceChildren(...rows.map((row) => row.node)); // or the focus would go
    list.hidden = rows.length === 0;
    none.hidden = rows.length > 0;
    add.hidden = rows.length >= limits.colors;
    rows.forEach((row, n) => row.at(n));
  }

  async function another() {
    const fresh = NEXT.find((color) => !values().includes(color)) ?? NEXT[0];
    rows.push(colorRow(fresh));
    redraw();
    rows.at(-1).focus();
    await keep(rows.at(-1));
  }

  /** Keep them all; `row` is the one that changed, where it is said when that cannot be. */
  async function keep(row) {
    row.complain("");
    saving += 1;
    try {
      await save(values(row));
    } catch (error) {
      row.complain(error.status ? error.message || words.colorWrong : words.offline);
    }
    saved();
  }

  async function remove(row) {
    const at = rows.indexOf(row);
    rows.splice(at, 1);
    redraw();
    (rows[at] ?? rows.at(-1))?.focus();
    if (!rows.length) add.focus();
    saving += 1;
    try {
      await save(values());
    } catch (error) {
      rows.splice(at, 0, row);
      redraw();
      row.complain(error.status ? error.message || words.actionFailed : words.offline);
    }
    saved();
  }

  function saved() {
    saving -= 1;
    show(latest);
  }

  function colorRow(first) {
    const well = h("input", { type: "color", value: first.toLowerCase() });
    const text = h("input", { type: "text", class: "hex", value: first, maxlength: 40, autocomplete: "off", spellcheck: "false" });
    const name = h("b", {});
    const note = h("small", {});
    const fault = h("p", { class: "fault", role: "alert", hidden: true });
    const bin = h("button", { type: "button", class: "clear", onclick: () => remove(row) }, icon("close"));
    let kept = first;
    let typing = false; // what is being typed, and what was refused, is not written over
    const item = h("li", {}, h("label", { class: "well" }, well), h("div", { class: "color-text" }, name, note), text, bin, fault);

    well.addEventListener("input", () => { text.value = well.value.toUpperCase(); tint(); live(values(row)); });
    well.addEventListener("change", () => keep(row));
    text.addEventListener("input", () => { typing = true; if (HEX.test(text.value)) { tint(); live(values(row)); } });
    text.addEventListener("change", () => { typing = false; keep(row); });
    text.addEventListener("keydown", (event) => { if (event.key === "Enter") { typing = false; keep(row); } });

    function tint() {
      if (!HEX.test(text.value)) return;
      well.value = text.value.toLowerCase();
      well.parentElement.style.setProperty("--color", text.value);
    }

    const row = {
      node: item,
      value: () => text.value.trim(),
      kept: () => kept,
      focus: () => text.focus(),
      complain: (sentence) => {
        fault.hidden = !sentence;
        fault.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
        text.setAttribute("aria-invalid", String(Boolean(sentence)));
      },
      at: (n) => {
        const what = words.colorNames[n];
        name.textContent = what;
        well.setAttribute("aria-label", fill(words.colorPick, { what }));
        text.setAttribute("aria-label", fill(words.colorHex, { what }));
        bin.setAttribute("aria-label", fill(words.colorRemove, { what }));
      },
      show: (color, reading) => {
        kept = color;
        if (!typing && text.getAttribute("aria-invalid") !== "true") {
          text.value = color;
          tint();
        }
        note.textContent = reading ? fill(reading.enough ? words.contrast : words.faint, { ratio: reading.ratio.toFixed(1) }) : "";
        note.classList.toggle("warn", Boolean(reading && !reading.enough));
      },
    };
    tint();
    return row;
  }

  /** As they are kept. */
  function show(kit) {
    latest = kit;
    if (saving) return;
    if (rows.length !== kit.colors.length) rows = kit.colors.map((color, n) => rows[n] ?? colorRow(color));
    rows.forEach((row, n) => row.show(kit.colors[n], n ? kit.contrasts[n - 1] : null));
    redraw();
  }

  return { node, show };
}
