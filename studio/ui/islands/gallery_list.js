// The ads the gallery shows: asked for page by page, kept true by the news. Knows no page.
//
//   galleryList({changed({ads, total, asked}), failed(error)}) → {show(asked), more(), again(), news(detail), gone(id)}
//     asked: {q, status, sort, team}; team: "" for one's own.  show() starts over only when something else is asked for; again() asks once more for what is
//     shown; more() resolves when the next page is there.

import { api } from "./api.js";

const PAGE = 24;
const MOST = 100; // the API's limit for one answer
const SETTLE_MS = 300;
const FINAL = new Set(["completed", "failed"]);

/** See above. */
export function galleryList({ changed, failed }) {
  let asked = null;
  let ads = [];
  let total = 0;
  let turn = 0; // answers to earlier questions are late and not wanted
  let settling = 0;

  async function load(offset, limit) {
    const { q, status, sort, team } = asked;
    const query = new URLSearchParams({ limit, offset, sort });
    if (q) query.set("q", q);
    if (status) query.set("status", status);
    if (team) query.set("team", team);
    const answer = await api(`/api/generations?${query}`);
    return { rows: answer.generations, total: answer.total };
  }

  async function begin() {
    const mine = (turn += 1);
    const wanted = Math.max(PAGE, ads.length);
    try {
      const pages = [await load(0, Math.min(MOST, wanted))];
      while (pages.length * MOST < wanted) pages.push(await load(pages.length * MOST, Math.min(MOST, wanted - pages.length * MOST)));
      if (mine !== turn) return;
      ads = pages.flatMap((page) => page.rows);
      total = pages.at(-1).total;
      tell();
    } catch (error) {
      if (mine === turn) failed(error);
    }
  }

  function tell() {
    changed({ ads, total, asked });
  }

  return {
    show(next) {
      if (asked && ["q", "status", "sort", "team"].every((name) => asked[name] === next[name])) return;
      asked = next;
      ads = [];
      begin();
    },

    again() {
      if (asked) begin();
    },

    async more() {
      const mine = turn;
      try {
        const page = await load(ads.length, PAGE);
        if (mine !== turn) return;
        const known = new Set(ads.map((ad) => ad.id)); // a new ad may have pushed some onto the next page
        ads = [...ads, ...page.rows.filter((row) => !known.has(row.id))];
        total = page.total;
        tell();
      } catch (error) {
        failed(error);
      }
    },

    /** An ad that is shown changes where it is; one that is new, or has ended, is asked for with its place and its picture. */
    news(detail) {
      if (!asked) return;
      const at = ads.findIndex((ad) => ad.id === detail.id);
      if (at >= 0) {
        const { status, progress, current_step, error, cancelled, cost } = detail;
        const before = ads[at];
        ads = ads.with(at, { ...before, status, progress, current_step, error, cancelled, cost });
        tell();
        if (before.status === status || (!FINAL.has(status) && !asked.status)) return;
      }
      clearTimeout(settling);
      settling = setTimeout(begin, SETTLE_MS);
    },

    gone(id) {
      if (!ads.some((ad) => ad.id === id)) return;
      ads = ads.filter((ad) => ad.id !== id);
      total -= 1;
      tell();
      if (!ads.length && total) begin();
    },
  };
}
