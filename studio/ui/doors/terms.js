// /terms: the terms of service of whoever runs this studio; ?version= an earlier text that somebody accepted. The text is theirs: headings,
// lists and paragraphs of Markdown are laid out, everything else is shown as it is written.

import { api } from "./api.js";
import { h } from "./dom.js";

const main = document.querySelector("main");
const asked = new URLSearchParams(location.search).get("version");

try {
  const { text, version } = await api(`/api/terms${asked === null ? "" : `?version=${encodeURIComponent(asked)}`}`, { stay: true });
  const parts = text.split(/\n\s*\n/).flatMap(laidOut);
  if (parts[0]?.tagName !== "H1") parts.unshift(h("h1", {}, "Terms of this studio"));
  main.replaceChildren(...parts, h("p", { class: "small" }, `Version ${version}`));
} catch (error) {
  const none = error.status === 404;
  main.replaceChildren(
    h("h1", {}, none ? "No such terms" : "The terms cannot be shown"),
    h("p", {}, none ? (asked === null ? "This studio has no terms of its own." : "Nobody accepted terms of that version here.") : error.message || "The studio does not answer. Try again in a moment."));
}
document.body.removeAttribute("aria-busy");

/** A block of the text: headings and list lines one by one, the lines of a paragraph together. */
function laidOut(block) {
  const found = [];
  for (const line of block.split("\n").map((one) => one.trim()).filter(Boolean)) {
    const [, marks, heading] = line.match(/^(#{1,3})\s+(.*)$/) ?? [];
    const [, item] = line.match(/^[-*]\s+(.*)$/) ?? [];
    const last = found.at(-1);
    if (heading) found.push(h(`h${marks.length}`, {}, heading));
    else if (item && last?.tagName === "UL") last.append(h("li", {}, item));
    else if (item) found.push(h("ul", {}, h("li", {}, item)));
    else if (last?.tagName === "UL") last.lastElementChild.append(` ${line}`);
    else if (last?.tagName === "P") last.append(` ${line}`);
    else found.push(h("p", {}, line));
  }
  return found;
}
