// To other editors and back: the zip that is handed out, and a timeline that comes back.
//
//   handoffDialog(root, store, words)

import { h, icon } from "./dom.js";
import { editorDialog } from "./editor_dialog.js";

const MOST_BYTES = 4_000_000;

/** See above. */
export function handoffDialog(root, store, words) {
  const name = h("span", { class: "file-name" }, words.backNone);
  const file = h("input", { id: "back-file", type: "file", class: "sr", accept: ".otio,.json", onchange: () => chosen(file.files[0]) });
  const choose = h("button", { type: "button", class: "secondary", onclick: () => file.click() }, icon("upload"), h("span", {}, words.backChoose));
  file.tabIndex = -1;
  file.setAttribute("aria-hidden", "true");
  const drop = h("div", { class: "drop-file", ondragover: (event) => event.preventDefault(), ondrop: (event) => { event.preventDefault(); chosen(event.dataTransfer.files[0]); } }, choose, name, file);
  let given = null;

  function chosen(one) {
    if (!one) return;
    given = one;
    name.textContent = one.name;
  }

  return editorDialog(root, words.handoff, words, [
    h("h3", {}, words.outTitle), h("p", { class: "small" }, words.handoffHint),
    h("a", { class: "secondary", href: `${store.here}/handoff.zip`, download: true }, icon("download"), h("span", {}, words.outGo)),
    h("h3", {}, words.backTitle), h("p", { class: "small" }, words.backText), drop,
  ], async () => {
    if (!given) throw new Error(words.backFirst);
    if (given.size > MOST_BYTES) throw new Error(words.backLarge);
    let timeline;
    try {
      timeline = JSON.parse(await given.text());
    } catch {
      throw new Error(words.backUnread);
    }
    if (!timeline || typeof timeline !== "object" || Array.isArray(timeline)) throw new Error(words.backUnread);
    if (await store.bring(timeline)) return;
    const { problem } = store.state;
    store.dismiss(); // it is said here
    throw new Error(problem === "offline" ? words.offline : problem);
  }, words.backGo);
}
