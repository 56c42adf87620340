// A brand being set up: its face at one side, everything it consists of at the other. Each change is kept as it is made.
//
//   kitEditor(page, kit, {root, say(text), gone()}) → node        kit: as GET /api/brands/{id} tells it; root: where dialogs appear

import { api } from "./api.js";
import { face, sheet } from "./brands_card.js";
import { fileField } from "./brands_file.js";
import { brandPalette } from "./brands_palette.js";
import { manners } from "./brands_manners.js";
import { family } from "./brands_type.js";
import { confirmDialog } from "./dialog.js";
import { fileSize, fill, h, icon } from "./dom.js";

const ROLES = ["display", "text"];
const FONT = /\.(ttf|otf)$/i;

/** See above. A team's reviewers see it, and change nothing. */
export function kitEditor(page, first, { root, say, gone }) {
  const { words, limits } = page;
  if (first.may === "look") return seen(page, first);
  const path = `/api/brands/${first.id}`;
  let kit = first;
  let logoShown = "";
  let line = Promise.resolve(); // changes are sent one after the other, so that the last one holds

  const title = h("h1", { tabindex: "-1" }, kit.name);
  const kept = h("p", { class: "kept small", "aria-hidden": "true" });
  const stage = h("div", { class: "stage" });
  const name = textField("kit-name", words.name, words.nameHow, limits.name, "", (value) => ({ name: value }));
  const tone = textField("kit-tone", words.tone, words.toneHow, limits.tone, words.tonePlaceholder, (value) => ({ tone: value }), true);
  const call = textField("kit-call", words.call, words.callHow, limits.callMax, words.callPlaceholder, (value) => ({ call: value }));
  const palette = brandPalette(page, { save: (colors) => put({ colors }), live: (colors) => draw({ ...kit, colors, type_color: kit.type_color }) });
  const manner = manners(page, (font_style) => put({ font_style }));
  const logo = fileField(words, {
    id: "kit-logo", icon: "image", add: words.logoAdd, change: words.logoChange, remove: words.logoRemove, accept: limits.logoTypes.join(","),
    refuse: refuseLogo,
    send: async (file) => put({ logo_upload_id: (await api("/api/uploads", { form: form(file) })).id }),
    drop: () => put({ logo_upload_id: "" }),
  });
  const fonts = Object.fromEntries(ROLES.map((role) => [role, fileField(words, {
    id: `kit-font-${role}`, icon: "text", accept: ".ttf,.otf", remove: "",
    add: fill(words.fontAdd, { role: words.roles[role].toLowerCase() }), change: fill(words.fontChange, { role: words.roles[role].toLowerCase() }),
    refuse: refuseFont,
    send: (file) => ask(() => api(`${path}/fonts/${role}`, { form: form(file) })),
    drop: () => ask(() => api(`${path}/fonts/${role}`, { method: "DELETE" })),
  })]));
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });

  const node = h("div", { class: "setting-up" },
    h("header", { class: "edit-head" },
      h("a", { class: "quiet back", href: "#/brands" }, icon("back"), h("span", {}, words.all)),
      kept, title),
    h("aside", { class: "shown", "aria-label": words.preview }, stage, h("p", { class: "small" }, words.savedHow),
      h("a", { class: "primary", href: `#/?kit=${kit.id}` }, icon("wand"), h("span", {}, words.use))),
    h("div", { class: "parts" },
      part("words", words.words, "", name.node, tone.node, call.node),
      part("logo", words.logo, fill(words.logoHow, { size: limits.logoSize }), logo.node),
      part("colors", words.colors, words.colorsHow, palette.node),
      part("type", words.type, "", manner.node,
        h("div", { class: "fonts" }, h("h3", {}, words.fonts), h("p", { class: "small" }, fill(words.fontsHow, { size: limits.fontSize })),
          ROLES.map((role) => h("div", { class: "font" }, h("h4", {}, words.roles[role]), fonts[role].node)))),
      h("div", { class: "end", hidden: (first.may ?? "manage") !== "manage" }, trouble, h("button", { type: "button", class: "quiet danger", onclick: remove }, icon("trash"), h("span", {}, words.delete)))));

  function part(id, heading, how, ...content) {
    return h("section", { class: "part", "aria-labelledby": `part-${id}` }, h("div", { class: "part-head" }, h("h2", { id: `part-${id}` }, heading), how ? h("p", { class: "small" }, how) : null), content);
  }

  /** One line (or a few) of text, kept when it is left. body(value): what is sent. */
  function textField(id, label, how, most, placeholder, body, several = false) {
    const attributes = { id, class: several ? "box" : null, placeholder, autocomplete: "off", "aria-describedby": `${id}-how ${id}-fault` };
    const input = several ? h("textarea", { ...attributes, rows: 2 }) : h("input", { ...attributes, type: "text" });
    const fault = h("p", { class: "fault", id: `${id}-fault`, role: "alert", hidden: true });
    const counter = h("span", { class: "counter" });
    const field = h("div", { class: "field" }, h("div", { class: "label-row" }, h("label", { for: id }, label), counter), input, fault, h("p", { class: "small", id: `${id}-how` }, how));
    const key = Object.keys(body(""))[0];

    function count() {
      const n = [...input.value.trim()].length;
      counter.textContent = fill(words.counter, { n, max: most });
      counter.setAttribute("aria-label", fill(words.counterSaid, { n, max: most }));
      counter.classList.toggle("over", n > most);
    }

    function complain(sentence) {
      fault.hidden = !sentence;
      fault.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
      input.setAttribute("aria-invalid", String(Boolean(sentence)));
    }

    input.addEventListener("input", () => { count(); complain(""); draw({ ...kit, ...body(input.value.trim()) }); });
    input.addEventListener("change", () => put(body(input.value.trim())).catch((error) => complain(sentence(error))));
    return { node: field, show: () => { if (root.activeElement !== input) { input.value = kit[key]; count(); } else count(); } };
  }

  function form(file) {
    const made = new FormData();
    made.append("file", file, file.name);
    return made;
  }

  function refuseLogo(file) {
    if (file.type === "image/svg+xml") return fill(words.logoSvg, { name: file.name });
    if (!limits.logoTypes.includes(file.type)) return fill(words.logoType, { name: file.name });
    return file.size > limits.logoBytes ? fill(words.large, { name: file.name, size: fileSize(file.size), most: limits.logoSize }) : "";
  }

  function refuseFont(file) {
    if (!FONT.test(file.name)) return fill(words.fontKind, { name: file.name });
    return file.size > limits.fontBytes ? fill(words.large, { name: file.name, size: fileSize(file.size), most: limits.fontSize }) : "";
  }

  function put(body) {
    return ask(() => api(path, { method: "PATCH", body }));
  }

  /** Send one change after those before it; the reply is the kit as it is now. */
  function ask(change) {
    kept.textContent = words.saving;
    const mine = line.then(change).then((reply) => {
      kit = reply;
      show();
      kept.textContent = words.saved;
      say(words.saved);
    }, (error) => {
      kept.textContent = "";
      say("");
      throw error;
    });
    line = mine.catch(() => {});
    return mine;
  }

  async function remove() {
    const sure = await confirmDialog(root, { title: fill(words.deleteTitle, { name: kit.name }), text: words.deleteText, confirm: words.deleteYes, cancel: words.deleteNo, danger: true });
    if (!sure) return;
    try {
      await line;
      await api(path, { method: "DELETE" });
      gone();
    } catch (error) {
      trouble.replaceChildren(icon("alert"), h("span", {}, sentence(error)));
      trouble.hidden = false;
    }
  }

  function sentence(error) {
    return error.status ? error.message || words.actionFailed : words.offline;
  }

  /** The face of `looks`, which need not be kept yet. */
  function draw(looks) {
    stage.replaceChildren(face(page, looks, { heading: "p", plated: showLogo }));
  }

  function show() {
    title.textContent = kit.name;
    document.title = `${kit.name} · ${page.name}`;
    draw(kit);
    for (const field of [name, tone, call]) field.show();
    palette.show(kit);
    manner.show(kit);
    if (!kit.logo_url) showLogo(false);
    for (const role of ROLES) {
      const font = kit.fonts.find((one) => one.role === role);
      fonts[role].show(font ? { ...told(font), remove: fill(words.fontRemove, { title: font.title }) } : null);
    }
  }

  function showLogo(plated) {
    const key = `${kit.logo_url} ${plated}`;
    if (key === logoShown) return;
    logoShown = key;
    const there = () => ({ preview: h("span", { class: "thumb" }, h("img", { src: kit.logo_url, alt: "" })), title: words.logo, note: plated ? words.logoPlate : "" });
    logo.show(kit.logo_url ? there() : null);
  }

  function told(font) {
    const letters = h("span", { class: "thumb aa", "aria-hidden": "true" }, "Aa");
    letters.style.fontFamily = family(`own ${font.sha256}`, font.url);
    const alone = font.role === "text" && !kit.fonts.some((one) => one.role === "display");
    return { preview: letters, title: font.title, note: alone ? words.fontText : words.embedding[font.embedding] };
  }

  show();
  return node;
}

/** The brand as those see it who may not change it. */
function seen(page, kit) {
  const { words } = page;
  return h("div", { class: "setting-up" },
    h("header", { class: "edit-head" }, h("a", { class: "quiet back", href: "#/brands" }, icon("back"), h("span", {}, words.all)), h("h1", { tabindex: "-1" }, kit.name)),
    h("aside", { class: "shown", "aria-label": words.preview }, h("div", { class: "stage" }, face(page, kit, { heading: "p" }))),
    h("div", { class: "parts" }, h("section", { class: "part", "aria-label": words.preview }, ...sheet(page, kit)), h("p", { class: "notice" }, icon("lock"), h("span", {}, words.lookOnly))));
}
