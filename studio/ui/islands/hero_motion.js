// From a hero frame to films of it: the motion builder beside the frame, on which a sketch of the camera's move runs, the price of the set,
// and one button. What is ordered is looked at in the Workspace.

import { api } from "./api.js";
import { fill, h, icon } from "./dom.js";
import { sides } from "./hero_terms.js";
import { mountMotion } from "./motion.js";
import { motionSketch } from "./motion_sketch.js";
import { priceLine } from "./price_line.js";
import { go } from "./router.js";

/** words: studio/words/hero.py; motionWords: studio/words/motion.py.  → {node, stage, heading, show(frame, name, draft)} */
export function heroMotion(words, motionWords) {
  let frame = null;
  let builder = null;
  let keep = null;
  const heading = h("h1", { tabindex: "-1" });
  const back = h("a", { class: "quiet back" }, icon("back"), h("span", {}, words.backToFrames));
  const place = h("div", { class: "builder" });
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const price = priceLine(words, "/api/image-to-video/estimate", (quote) => [
    fill(words.priceFilms, { n: builder.value().auto_attempts, seconds: builder.value().duration }), quote.per_attempt && builder.value().auto_attempts > 1 ? fill(words.priceEach, { cost: `$${quote.per_attempt.toFixed(2)}` }) : "",
  ].filter(Boolean).join(" · "));
  const make = h("button", { type: "button", class: "primary", onclick: order }, h("span", {}), icon("arrow"));
  const foot = h("div", { class: "order" }, price.node, trouble, make);
  const node = h("section", { class: "view to-life" }, h("div", { class: "intro" }, back, heading, h("p", { class: "lead" }, words.liveLead)), place, foot);
  const sketch = motionSketch();
  const stage = h("aside", { class: "stage", "aria-label": words.sketch }, h("figure", {}, sketch.node, h("figcaption", { class: "small" }, words.sketchWhat)));

  /** draft: what was chosen last (draft.js), or null. */
  async function show(next, name, draft) {
    const other = frame?.id !== next.id;
    frame = next;
    keep = draft;
    heading.textContent = fill(words.liveTitle, { name });
    back.href = `#/hero/${frame.set_id}?frame=${frame.id}`;
    const { width, height } = sides(frame.aspect_ratio);
    stage.style.setProperty("--ratio", String(width / height));
    sketch.picture(frame.image_url, width / height);
    if (builder && !other) return changed();
    fault("");
    try {
      builder ??= mountMotion(place, { words: motionWords, options: await api("/api/image-to-video/options"), value: draft?.read() ?? {}, onchange: changed });
      foot.hidden = false;
      changed();
    } catch (error) {
      foot.hidden = false;
      make.hidden = true;
      fault(error.status === 404 || !error.message ? words.liveUnready : error.message);
    }
  }

  function body() {
    return { hero_frame_id: frame.id, ...builder.value() };
  }

  function changed() {
    const value = builder.value();
    make.hidden = false;
    make.firstChild.textContent = value.auto_attempts === 1 ? words.makeFilm : fill(words.makeFilms, { n: value.auto_attempts });
    sketch.show(value.motion);
    price.ask(body());
    keep?.keep(value);
  }

  async function order() {
    make.disabled = true;
    fault("");
    try {
      const { group_id: group } = await api("/api/image-to-video", { body: body() });
      keep?.drop();
      go(`#/workspace/${group}`);
    } catch (error) {
      fault(error.status ? error.message || words.actionFailed : words.offline);
    } finally {
      make.disabled = false;
    }
  }

  function fault(sentence) {
    trouble.replaceChildren(...(sentence ? [icon("alert"), h("span", {}, sentence)] : []));
    trouble.hidden = !sentence;
  }

  return { node, stage, heading, show };
}
