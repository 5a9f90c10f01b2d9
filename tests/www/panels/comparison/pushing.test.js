import assert from "node:assert/strict";
import test from "node:test";
import { pushedApart } from "../../../../www/panels/comparison/pushing.js";

/** No label over another, none outside: by brute force. @param {number[]} middles @param {number} height
 * @param {number} low @param {number} high */
function assertApart(middles, height, low, high) {
  const sorted = [...middles].sort((a, b) => a - b);
  sorted.forEach((middle, i) => {
    assert.ok(middle - height / 2 >= low - 1e-9 && middle + height / 2 <= high + 1e-9, `${middle} lies outside`);
    assert.ok(i === 0 || middle - (sorted[i - 1] ?? 0) >= height - 1e-9, `${sorted} overlap`);
  });
}

test("labels with room stay where they want to be", () => {
  assert.deepEqual(pushedApart([50, 20, 90], 15, 0, 100), [50, 20, 90]);
});

test("two that want the same place stand around it", () => {
  assert.deepEqual(pushedApart([50, 50], 10, 0, 100), [45, 55]);
});

test("eight at close values, or beyond the room, neither overlap nor leave it, and keep their order", () => {
  let state = 7;
  const random = () => (state = (state * 48271) % 0x7fffffff) / 0x7fffffff;
  for (let round = 0; round < 500; round++) {
    const spread = round % 2 === 0 ? 3 : 200;
    const wanted = Array.from({ length: 8 }, () => 60 + (random() - 0.5) * spread);
    const middles = pushedApart(wanted, 17, 0, 140);
    assertApart(middles, 17, 0, 140);
    const byWish = wanted.map((_, i) => i).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
    const places = byWish.map((i) => middles[i] ?? 0);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
  }
});

test("at an edge they stack from it", () => {
  assert.deepEqual(pushedApart([0, 0, 0], 10, 0, 100), [5, 15, 25]);
  assert.deepEqual(pushedApart([100, 100], 10, 0, 100), [85, 95]);
  assert.deepEqual(pushedApart([], 10, 0, 100), []);
});
