// The view of an ad being made: bar, step, estimate, stages, cancel.

import { duration, fill, h, icon, roughly } from "./dom.js";

/** page: what studio/words/generate.py says. cancel(): asks for the ad to be stopped. */
export function progressView(page, { cancel }) {
  const { words } = page;
  const heading = h("h1", { tabindex: "-1" });
  const prompt = h("p", { class: "asked" });
  const percent = h("output", { class: "percent" });
  const eta = h("span", { class: "eta" });
  const meter = h("i", {});
  const bar = h("div", { class: "bar", role: "progressbar", "aria-label": words.makingTitle, "aria-valuemin": 0, "aria-valuemax": 100 }, meter);
  const now = h("p", { class: "now" });
  const stages = page.steps.map(({ name, label }) => ({ name, label, node: h("li", {}, h("span", { class: "tick" }, icon("check")), h("span", {}, label)) }));
  const elapsed = h("span", { class: "elapsed" });
  const lost = h("p", { class: "notice", role: "status", hidden: true }, words.reconnecting);
  const stop = h("button", { type: "button", class: "secondary", onclick: cancel }, words.cancel);
  const node = h("section", { class: "view making" },
    heading, prompt,
    h("div", { class: "reading" }, percent, eta), bar, now,
    h("ol", { class: "stages" }, stages.map((stage) => stage.node)),
    lost,
    h("div", { class: "foot" }, stop, h("p", { class: "small" }, elapsed, h("span", {}, words.leave))));

  let ad = null;
  let at = 0;
  let clock = 0;
  let furthest = -1; // a retry and a restart begin with a step whose name is told late

  function show(next) {
    if (ad?.id !== next.id) furthest = -1;
    ad = next;
    at = performance.now();
    lost.hidden = true;
    const waiting = ad.status === "pending";
    heading.textContent = waiting ? words.waitingTitle : words.makingTitle;
    prompt.textContent = `“${ad.brief.prompt}”`;
    prompt.title = ad.brief.prompt;
    const whole = Math.floor(ad.progress);
    percent.textContent = `${whole} %`;
    meter.style.transform = `scaleX(${ad.progress / 100})`;
    bar.setAttribute("aria-valuenow", whole);
    bar.setAttribute("aria-valuetext", fill(words.live, { percent: whole, step: label() || heading.textContent }));
    now.textContent = waiting ? queue(ad.queue_position) : ad.current_step;
    const found = stages.findIndex((stage) => stage.name === ad.step);
    const current = found >= 0 ? found : furthest;
    furthest = current;
    stages.forEach((stage, i) => {
      stage.node.className = i < current ? "done" : i === current ? "current" : "";
      if (i === current) stage.node.setAttribute("aria-current", "step");
      else stage.node.removeAttribute("aria-current");
    });
    tick();
  }

  function queue(position) {
    return position > 1 ? fill(words.waitingText, { n: position - 1 }) : words.waitingNext;
  }

  function tick() {
    const since = (performance.now() - at) / 1000;
    const running = ad.status === "processing";
    elapsed.textContent = running && ad.elapsed_s !== null ? `${fill(words.elapsed, { time: duration(ad.elapsed_s + since) })}. ` : "";
    if (!running) eta.textContent = "";
    else if (ad.eta_s === null) eta.textContent = words.etaNone;
    else eta.textContent = ad.eta_s - since > 0 ? fill(words.eta, { time: roughly(ad.eta_s - since) }) : words.etaLate;
  }

  function label() {
    return page.steps.find((step) => step.name === ad.step)?.label ?? "";
  }

  return {
    node,
    heading,
    show,
    label,
    lost: () => { lost.hidden = false; },
    cancelling: (on) => { stop.disabled = on; stop.textContent = on ? words.cancelling : words.cancel; },
    start: () => { clearInterval(clock); clock = setInterval(() => ad && tick(), 1000); },
    stop: () => { clearInterval(clock); ad = null; },
  };
}
