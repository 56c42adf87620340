// Things of the studio's, each asked for once at a time. Knows no page.
//
//   askedOnce({ask(id) → Promise of the thing, take(thing), miss(id, error)}) → {refresh(id), changed(id)}
//     refresh(id): news of it came; what comes while it is asked for is answered by asking once more
//     changed(id): it was changed from here; an answer that was on its way already is of before that, so it is not taken, and asked again

const REST_MS = 300;

/** See above. */
export function askedOnce({ ask, take, miss }, rest = REST_MS) {
  const asking = new Map(); // id → whether it is to be asked once more
  const changes = new Map(); // id → how often it was changed from here

  async function refresh(id) {
    if (asking.has(id)) return void asking.set(id, true);
    asking.set(id, false);
    const before = changes.get(id);
    try {
      const thing = await ask(id);
      if (changes.get(id) === before) take(thing);
      else asking.set(id, true);
    } catch (error) {
      miss(id, error);
    }
    setTimeout(() => {
      const more = asking.get(id);
      asking.delete(id);
      if (more) refresh(id);
    }, rest);
  }

  return { refresh, changed: (id) => { changes.set(id, (changes.get(id) ?? 0) + 1); } };
}
