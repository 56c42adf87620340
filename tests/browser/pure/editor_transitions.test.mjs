// Transitions on the stage (studio/ui/islands/editor_transitions.js): the clip before alone at first, the one after alone at last, and what
// people know them by in between.

import assert from "node:assert/strict";
import { test } from "node:test";

const { blended } = await import(`${process.env.ISLANDS}/editor_transitions.js`);
const names = JSON.parse(process.env.TRANSITIONS);
const share = (text) => Number.parseFloat(text) / 100;

/** How much of the clip after is in view: by its opacity, where it stands, how far a mask lets it. */
function inView({ over, veil }) {
  if (veil?.opacity === 1) return 0;
  if (over.maskImage) {
    const [from, to] = [...over.maskImage.matchAll(/(-?[\d.]+)%/g)].map((one) => Number(one[1]));
    return Math.max(0, Math.min(1, (from + to) / 200));
  }
  const moved = /translateX\((-?[\d.]+)%\)/.exec(over.transform ?? "");
  return Number(over.opacity) * (moved ? 1 - Math.abs(share(moved[1])) : 1);
}

test("every transition of the film has a likeness", () => {
  for (const name of names) assert.equal(blended(name, 0.5).known, name !== "cut", name);
  assert.equal(blended("nobody", 0.5).known, false);
});

test("each begins with the one clip, ends with the other, and never goes back", () => {
  for (const name of names.filter((one) => one !== "cut")) {
    const seen = Array.from({ length: 21 }, (_, k) => inView(blended(name, k / 20)));
    assert.ok(seen[0] < 0.03 && seen[20] > 0.97, `${name}: ${seen[0]} to ${seen[20]}`);
    for (let k = 1; k < seen.length; k += 1) assert.ok(seen[k] >= seen[k - 1] - 1e-6, `${name} at ${k}`);
  }
});

test("a push pushes, a dip is dark in the middle, light sweeps", () => {
  const { under, over } = blended("push", 0.5);
  assert.deepEqual([under.transform, over.transform], ["translateX(-50.00%)", "translateX(50.00%)"]);
  assert.deepEqual(blended("dip_to_black", 0.5).veil, { color: "#000", opacity: 1 });
  assert.deepEqual(blended("dip_to_white", 0.5).veil, { color: "#fff", opacity: 1 });
  assert.equal(blended("light_sweep", 0.5).glint.opacity, 1);
  assert.match(blended("soft_wipe", 0.5).over.maskImage, /^linear-gradient\(83deg/);
});
