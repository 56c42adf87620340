// The sets of hero frames as the studio has them, kept true by the news. Knows no page.
//
//   heroStore({changed(set), gone(id), trouble(lost)}) → {get(id), list(offset), find(query, limit, offset), tree(id), …}
//     changed(set): a set is new here or differs; every answer passes through it
//     tree(id) → Promise of {root, sets} (oldest first) of the set or frame `id`
//     order(body), again(frame), vary(frame, body) → Promise of the new set
//     favour(frame, on), anchor(frame), cancel(set), retry(set), remove(set) → Promise

import { api } from "./api.js";
import { askedOnce } from "./asked_once.js";
import { watch } from "./events.js";

const POLL_MS = 5000;
const PAGE = 12;

export const running = ({ status }) => status === "pending" || status === "processing";

/** See above. */
export function heroStore({ changed, gone, trouble }) {
  const sets = new Map();
  const { refresh, changed: marked } = askedOnce({
    ask: (id) => api(`/api/hero-sets/${id}`),
    take,
    miss: (id, error) => { if (error.status === 404 && sets.delete(id)) gone(id); },
  });
  let polling = 0;

  watch({
    generation: ({ id }) => refresh(id),
    deleted: (id) => { if (sets.delete(id)) gone(id); },
    lost: () => { trouble(true); clearInterval(polling); polling = setInterval(refreshAll, POLL_MS); },
    back: () => { trouble(false); clearInterval(polling); refreshAll(); },
  }, ["hero"]);

  function refreshAll() {
    for (const set of sets.values()) if (running(set)) refresh(set.id);
  }

  function take(set) {
    sets.set(set.id, set);
    changed(set);
    return set;
  }

  /** One frame differs; in its tree there is one anchor at most. */
  function takeFrame(frame) {
    for (const set of [...sets.values()].filter((one) => one.id === frame.set_id || (frame.primary && one.root_id === frame.root_id))) {
      marked(set.id);
      take({ ...set, frames: set.frames.map((one) => (one.id === frame.id ? frame : frame.primary ? { ...one, primary: false } : one)) });
    }
    return frame;
  }

  async function tree(id) {
    let set = sets.get(id);
    let frame = null;
    try {
      set ??= take(await api(`/api/hero-sets/${id}`));
    } catch (error) {
      if (error.status !== 404) throw error;
      frame = await api(`/api/hero-frames/${id}`); // an address may name a frame as well
    }
    const member = frame ?? set.frames[0];
    if (!member) return { root: set.root_id, sets: [set], frame };
    const lineage = await api(`/api/hero-frames/${member.id}/lineage`);
    return { root: lineage.root_id, sets: lineage.sets.map(take), frame };
  }

  return {
    get: (id) => sets.get(id),
    of: (root) => [...sets.values()].filter((set) => set.root_id === root).sort((a, b) => a.created_at.localeCompare(b.created_at) || a.id.localeCompare(b.id)),
    tree,
    list: async (offset = 0) => {
      const { total, sets: found } = await api(`/api/hero-sets?limit=${PAGE}&offset=${offset}`);
      return { total, sets: found.map(take) };
    },
    find: (query, limit, offset) => api(`/api/hero-frames?${new URLSearchParams([...query, ["limit", limit], ["offset", offset]])}`),
    order: async (body) => take(await api("/api/hero-frames", { body })),
    again: async (frame) => take(await api(`/api/hero-frames/${frame.id}/again`, { body: {} })),
    vary: async (frame, body) => take(await api(`/api/hero-frames/${frame.id}/vary`, { body })),
    favour: async (frame, on) => takeFrame(await api(`/api/hero-frames/${frame.id}/favorite`, { method: on ? "PUT" : "DELETE" })),
    anchor: async (frame) => takeFrame(await api(`/api/hero-frames/${frame.id}/select`, { method: "POST" })),
    cancel: (set) => api(`/api/generations/${set.id}/cancel`, { method: "POST" }),
    retry: async (set) => { await api(`/api/generations/${set.id}/retry`, { method: "POST" }); await refresh(set.id); },
    remove: async (set) => {
      await api(`/api/hero-sets/${set.id}`, { method: "DELETE" });
      if (sets.delete(set.id)) gone(set.id);
    },
  };
}
