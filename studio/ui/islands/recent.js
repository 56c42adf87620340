// The last few ads under the prompt, each with its state as it is now. The list is asked for once; after that it is told.

import { api } from "./api.js";
import { duration, fill, h, icon } from "./dom.js";
import { watch } from "./events.js";

const MOST = 6;
const GLYPHS = { pending: "clock", processing: "film", completed: "play", failed: "alert" };

/** page: what studio/words/generate.py says. start() → Promise, resolved when the list is there (or cannot be); stop(). */
export function recentAds(page) {
  const { words } = page;
  const list = h("ul", {});
  const node = h("section", { class: "recent", "aria-labelledby": "recent", hidden: true },
    h("header", {}, h("h2", { id: "recent" }, words.recent), h("a", { class: "link all", href: "#/gallery" }, words.all)), list);
  const ads = new Map(); // id → {ad, card}
  const told = new Set(); // ids whose news came while the list was on its way, and is newer than it
  let stop = () => {};

  async function start() {
    stop();
    stop = watch({
      generation: (ad) => { told.add(ad.id); take(fromDetail(ad)); draw(); },
      deleted: (id) => { if (ads.delete(id)) load(); },
      back: load,
    });
    await load();
  }

  async function load() {
    told.clear();
    try {
      const { generations } = await api(`/api/generations?limit=${MOST}`);
      const listed = new Set(generations.map(({ id }) => id));
      for (const id of [...ads.keys()]) if (!listed.has(id) && !told.has(id)) ads.delete(id);
      for (const ad of generations) if (!told.has(ad.id)) take(fromRow(ad));
    } catch { /* the list is a convenience; what was known stays */ }
    draw();
  }

  function take(ad) {
    const card = ads.get(ad.id)?.card ?? smallCard(page, ad.id);
    ads.set(ad.id, { ad, card });
    card.show(ad);
  }

  /** Only what is new or gone is touched: a card that stays keeps its place and its focus. */
  function draw() {
    const newest = [...ads.values()].sort((a, b) => b.ad.created_at.localeCompare(a.ad.created_at)).slice(0, MOST);
    const wanted = newest.map(({ card }) => card.node);
    node.hidden = wanted.length === 0;
    for (const child of [...list.children]) if (!wanted.includes(child)) child.remove();
    wanted.forEach((one, i) => { if (list.children[i] !== one) list.insertBefore(one, list.children[i] ?? null); });
  }

  return { node, start, stop: () => stop() };
}

function fromRow(ad) {
  return { ...ad, poster: ad.thumbnail_url, seconds: ad.duration, cancelled: ad.cancelled ?? false };
}

function fromDetail(ad) {
  return {
    ...ad, prompt: ad.brief.prompt, poster: ad.result?.poster_url, seconds: ad.result?.duration_s ?? ad.brief.duration, aspect_ratio: ad.brief.aspect_ratio,
  };
}

function smallCard(page, id) {
  const { words } = page;
  const picture = h("img", { alt: "", loading: "lazy", hidden: true });
  const meter = h("i", {});
  const bar = h("span", { class: "bar", "aria-hidden": "true" }, meter);
  const glyph = h("span", { class: "glyph", "aria-hidden": "true" });
  const state = h("span", { class: "state" });
  const prompt = h("span", { class: "sr" });
  const link = h("a", { class: "thumb", href: `#/ad/${id}` }, h("span", { class: "still" }, picture, glyph, bar), state, prompt);
  const node = h("li", {}, link);

  function show(ad) {
    const going = ad.status === "pending" || ad.status === "processing";
    if (ad.poster && picture.getAttribute("src") !== ad.poster) picture.src = ad.poster;
    picture.hidden = !ad.poster;
    bar.hidden = !going;
    meter.style.transform = `scaleX(${(ad.progress ?? 0) / 100})`;
    link.dataset.status = ad.status;
    glyph.replaceChildren(...(ad.poster ? [] : [icon(GLYPHS[ad.status])]));
    state.textContent = ad.status === "completed" ? (ad.seconds ? duration(ad.seconds) : "")
      : ad.status === "processing" ? fill(words.statePercent, { percent: Math.floor(ad.progress ?? 0) })
      : ad.status === "pending" ? words.stateWaiting : ad.cancelled ? words.stateCancelled : words.stateFailed;
    prompt.textContent = `: ${ad.prompt}`;
    link.title = ad.prompt;
  }

  return { node, show };
}
