// The groups of takes as the studio has them, kept true by the news. Knows no page.
//
//   workspaceStore({changed(group), gone(id), other(), trouble(lost)}) → {load(id), list(offset, {tag, team}), choose, name, suggest, order, …}
//     changed(group): a group that was loaded differs; every answer passes through it.  other(): one that was not loaded may differ

import { api } from "./api.js";
import { askedOnce } from "./asked_once.js";
import { watch } from "./events.js";

const POLL_MS = 5000;
export const PAGE = 24;

export const running = ({ status }) => status === "pending" || status === "processing";

/** See above. */
export function workspaceStore({ changed, gone, other, trouble }) {
  const groups = new Map();
  const { refresh, changed: marked } = askedOnce({
    ask: (id) => api(`/api/generation-groups/${id}`),
    take,
    miss: (id, error) => { if (error.status === 404 && groups.delete(id)) gone(id); },
  });
  let polling = 0;

  watch({
    generation: ({ group_id: id }) => { if (id && groups.has(id)) refresh(id); else other(); },
    deleted: (id) => {
      const group = [...groups.values()].find(({ iterations }) => iterations.some((one) => one.generation_id === id));
      if (group) refresh(group.id);
      other();
    },
    lost: () => { trouble(true); clearInterval(polling); polling = setInterval(refreshAll, POLL_MS); },
    back: () => { trouble(false); clearInterval(polling); refreshAll(); },
  }, ["take"]);

  function refreshAll() {
    for (const group of groups.values()) if (group.iterations.some(running)) refresh(group.id);
    other();
  }

  function take(group) {
    groups.set(group.id, group);
    changed(group);
    return group;
  }

  /** It was changed from here. */
  function takeOwn(group) {
    marked(group.id);
    return take(group);
  }

  return {
    get: (id) => groups.get(id),
    load: async (id) => take(await api(`/api/generation-groups/${id}`)),
    list: (offset = 0, { tag, team }) => api(`/api/generation-groups?${new URLSearchParams({ limit: PAGE, offset, ...(tag ? { tag } : {}), ...(team ? { team } : {}) })}`),
    choose: async (group, id) => takeOwn(await api(`/api/generation-groups/${group.id}/select`, { body: { attempt_id: id } })),
    name: async (group, fields) => takeOwn(await api(`/api/generation-groups/${group.id}`, { method: "PATCH", body: fields })),
    suggest: (group, attempt, words, signal) => api(`/api/generation-groups/${group.id}/suggestions`, { body: { attempt_id: attempt.id, words }, signal }),
    order: async (group, body) => {
      const made = await api("/api/image-to-video", { body: { ...body, group_id: group.id } });
      await refresh(group.id);
      return made;
    },
    missing: async (group, iteration) => {
      const made = await api(`/api/generation-groups/${group.id}/missing`, { body: { iteration: iteration.number } });
      await refresh(group.id);
      return made;
    },
    use: (group, body) => api(`/api/generation-groups/${group.id}/use-in-ad`, { body }),
    cancel: (iteration) => api(`/api/generations/${iteration.generation_id}/cancel`, { method: "POST" }),
    retry: async (group, iteration) => { await api(`/api/generations/${iteration.generation_id}/retry`, { method: "POST" }); await refresh(group.id); },
    remove: async (group) => {
      await api(`/api/generation-groups/${group.id}`, { method: "DELETE" });
      if (groups.delete(group.id)) gone(group.id);
    },
  };
}
