// The questions before a film is exported, and before a version is saved.
//
//   exportDialog(root, store, words, {done()})   saveDialog(root, store, words)

import { api } from "./api.js";
import { fill, h, icon, roughly } from "./dom.js";
import { editorDialog } from "./editor_dialog.js";
import { preflight } from "./editor_preflight.js";

/** Which shape, size, rate and codec; each as the edit is unless something else is chosen. Pre-flight follows what is chosen. */
export async function exportDialog(root, store, words, { done }) {
  let options;
  try {
    options = await api(`${store.here}/export`);
  } catch (error) {
    return editorDialog(root, words.exportTitle, words, [h("p", { class: "trouble" }, icon("alert"), error.message || words.offline)], null);
  }
  const { edit } = store.state.told;
  const framing = framings(options.framings, words);
  const aspect = select("aspect", words.shape, options.aspects.map((one) => [one.own ? "" : one.id, one.own ? fill(words.asIs, { what: one.id }) : framing ? one.id : fill(words.cropped, { what: one.id })]));
  const side = select("side", words.size, [["", fill(words.asIs, { what: `${edit.width} × ${edit.height}` })], ...options.heights.map((one) => [one.id, one.larger ? fill(words.enlarged, { what: one.title }) : one.title])]);
  const rate = select("rate", words.rate, options.rates.map((one) => [one.own ? "" : one.id, one.own ? fill(words.asIs, { what: `${one.id} fps` }) : `${one.id} fps`]));
  const codec = select("codec", words.codec, options.codecs.map((one) => [one.id, one.title, one.why_not]));
  const check = preflight(store, words);
  const wish = () => {
    const chosen = { aspect: aspect.value(), short_side: Number(side.value()) || null, fps: Number(rate.value()) || null, codec: codec.value(), framing: framing?.value(aspect.value()) };
    return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value));
  };
  const chosen = () => {
    framing?.show(aspect.value());
    check.look(wish());
  };
  const fields = h("div", { class: "export-fields", onchange: chosen }, h("div", { class: "pair" }, aspect.node, side.node), framing?.node, h("div", { class: "pair" }, rate.node, codec.node));
  check.look(wish());
  return editorDialog(root, words.exportTitle, words, [h("p", { class: "small" }, words.exportText), fields, check.node], async () => {
    await api(`${store.here}/exports`, { body: { revision: store.state.told.revision, ...wish() } });
    done();
  }, words.exportGo);
}

/** A name for what is kept. */
export function saveDialog(root, store, words) {
  const name = h("input", { id: "version-name", type: "text", maxlength: 80, placeholder: fill(words.versionHint, { n: store.state.told.versions.length + 1 }) });
  return editorDialog(root, words.saveTitle, words, [h("p", { class: "small" }, words.saveText), h("div", { class: "field" }, h("label", { for: "version-name" }, words.versionName), name)], async () => {
    if (!(await store.save(name.value))) throw new Error(store.state.problem);
  }, words.save);
}

/** How pictures get into another shape: asked once another one is chosen, and only where there is a choice; null where there is none. */
function framings(found, words) {
  const again = found.find((one) => one.id === "rerender" && one.clips);
  if (!again) return null;
  const title = fill(again.clips < again.of ? words.framingSome : words.framingAll, { n: again.clips, of: again.of });
  const field = select("framing", words.framing, [["crop", words.framingCrop], ["rerender", title]]);
  const about = h("p", { class: "small" });
  const node = h("div", { class: "framing", hidden: true }, field.node, about);
  return {
    node,
    value: (aspect) => (aspect ? field.value() : ""),
    show: (aspect) => {
      node.hidden = !aspect;
      const took = again.seconds?.[aspect];
      const said = took ? fill(words.framingTook, { time: roughly(took) }) : words.framingLong;
      about.textContent = field.value() === "crop" ? words.framingCropText : [words.framingText, said, again.clips < again.of ? words.framingRest : ""].filter(Boolean).join(" ");
    },
  };
}

function select(name, label, choices) {
  const id = `export-${name}`;
  const input = h("select", { id }, choices.map(([value, text, why]) => h("option", { value, disabled: Boolean(why), title: why || null }, why ? `${text} – ${why}` : text)));
  const own = choices.findIndex(([value]) => value === "");
  if (own >= 0) input.selectedIndex = own;
  return { node: h("div", { class: "field" }, h("label", { for: id }, label), input), value: () => input.value };
}
