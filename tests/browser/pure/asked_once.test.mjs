// A thing of the studio's that is asked for once at a time (studio/ui/islands/asked_once.js), with answers that come when they are told to.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const { askedOnce } = await import(`${process.env.ISLANDS}/asked_once.js`);

let waiting; // [answer, fail] of each question that is on its way
let taken;
let missed;
let once;

beforeEach(() => {
  [waiting, taken, missed] = [[], [], []];
  once = askedOnce({
    ask: () => new Promise((...ends) => waiting.push(ends)),
    take: (thing) => taken.push(thing),
    miss: (id, error) => missed.push([id, error]),
  }, 1);
});

const rested = () => new Promise((done) => setTimeout(done, 10));

test("news that comes meanwhile is answered by asking once more, not twice", async () => {
  for (let i = 0; i < 3; i += 1) once.refresh("a");
  assert.equal(waiting.length, 1);
  waiting[0][0]("first");
  await rested();
  assert.deepEqual([taken, waiting.length], [["first"], 2]);
  waiting[1][0]("second");
  await rested();
  assert.deepEqual([taken, waiting.length], [["first", "second"], 2]);
});

test("an answer from before a change of one's own is not taken, and asked for again", async () => {
  once.refresh("a");
  once.changed("a");
  waiting[0][0]("as it was");
  await rested();
  assert.deepEqual([taken, waiting.length], [[], 2]);
  waiting[1][0]("as it is");
  await rested();
  assert.deepEqual([taken, waiting.length], [["as it is"], 2]);
});

test("a change of another thing changes nothing", async () => {
  once.refresh("a");
  once.changed("b");
  waiting[0][0]("a");
  await rested();
  assert.deepEqual([taken, waiting.length], [["a"], 1]);
});

test("a question that fails is told, and the next is asked", async () => {
  once.refresh("a");
  waiting[0][1]("gone");
  await rested();
  once.refresh("a");
  assert.deepEqual([missed, taken, waiting.length], [[["a", "gone"]], [], 2]);
});
