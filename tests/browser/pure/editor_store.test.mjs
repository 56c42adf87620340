// What a window knows of a draft (studio/ui/islands/editor_store.js), with a studio that is played: one thing is asked at a time, each on
// the revision that the answer before it gave; a stale window never writes.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

globalThis.window ??= new EventTarget();
globalThis.document ??= new EventTarget();
const { editorStore } = await import(`${process.env.ISLANDS}/editor_store.js`);

const asked = [];
let elsewhere = 0; // edits of another window
let revision = 1;

const told = () => ({ revision, done: [], undone: [], edit: { fps: 24, n_frames: 100, pieces: [{ id: "a", start: 0, n_frames: 100 }], captions: [] } });
const reply = (status, json) => ({ ok: status < 400, status, json: async () => json, headers: new Headers() });

globalThis.fetch = async (path, { method, body }) => {
  const sent = body ? JSON.parse(body) : null;
  asked.push([method, path.split("/editor")[1], sent?.revision]);
  await new Promise((done) => setImmediate(done));
  if (method === "GET") return reply(200, told());
  if (sent.revision !== revision + elsewhere) return reply(409, { error: { code: "edited_elsewhere", message: "Changed in another window." } });
  revision += 1;
  return reply(200, told());
};

let store;

beforeEach(async () => {
  asked.length = 0;
  elsewhere = 0;
  store = editorStore("ad");
  await store.load();
});

test("edits that come quickly are asked in turn, each on the one before", async () => {
  const first = revision;
  const all = await Promise.all([store.act([{ action: "split" }]), store.act([{ action: "split" }]), store.undo()]);
  assert.deepEqual(all, [true, true, true]);
  assert.deepEqual(asked.slice(1).map(([, path, on]) => [path, on]), [["/actions", first], ["/actions", first + 1], ["/undo", first + 2]]);
  assert.equal(store.state.busy, 0);
});

test("a stale window is told and asks nothing more until it is read anew", async () => {
  elsewhere = 1;
  const both = await Promise.all([store.act([{ action: "split" }]), store.act([{ action: "split" }])]);
  assert.deepEqual(both, [false, false]);
  assert.equal(store.state.stale, true);
  assert.equal(asked.length, 2, "the second edit was never sent");
  elsewhere = 0;
  await store.reload();
  assert.equal(store.state.stale, false);
  assert.equal(await store.act([{ action: "split" }]), true);
});

test("a playhead stays inside the film, a stretch too, and what is gone is no longer chosen", async () => {
  store.seek(1e9);
  assert.equal(store.state.playhead, 99);
  store.seek(-3);
  assert.equal(store.state.playhead, 0);
  store.select(["a", "gone"]);
  store.seek(60);
  store.mark("in");
  assert.deepEqual(store.state.range, { from: 60, to: 100 });
  assert.deepEqual(store.state.selection, [], "a stretch is chosen instead of clips");
  store.select(["a", "gone"]);
  await store.act([{ action: "split" }]);
  assert.deepEqual(store.state.selection, ["a"]);
});
