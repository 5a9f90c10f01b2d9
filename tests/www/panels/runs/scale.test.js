import assert from "node:assert/strict";
import test from "node:test";
import { placeOn, scaleOf } from "../../../../www/panels/runs/scale.js";
import { rowsInSight } from "../../../../www/panels/runs/window.js";

test("the axis ends at round numbers around the best, and what has learnt nothing does not stretch it", () => {
  const scale = scaleOf([0.9695, 0.952, 0.9412, 0.098]);
  assert.ok(scale);
  assert.deepEqual(
    scale.ticks.map((tick) => Number(tick.toFixed(4))),
    [0.94, 0.95, 0.96, 0.97],
  );
  assert.ok(placeOn(scale, 0.098) < 0);
  assert.ok(Math.abs(placeOn(scale, 0.955) - 0.5) < 1e-9);
});

test("there is an axis for one value, for equal ones and for all right, and none for none", () => {
  for (const accuracies of [[0.5], [1, 1], [0], [0.97, 0.9701], [0.953], [0.9532, 0.951]]) {
    const scale = scaleOf(accuracies);
    assert.ok(scale && scale.to > scale.from);
    for (const accuracy of accuracies) {
      const place = placeOn(scale, accuracy);
      assert.ok(place >= 0 && place <= 1, `${accuracy} at ${place}`);
    }
  }
  assert.equal(scaleOf([]), null);
});

test("of a long table the rows in sight are there, and some on each side of them", () => {
  const box = { height: 360, rowHeight: 36 };
  assert.deepEqual(rowsInSight({ ...box, scrollTop: 0 }, 10_000), { from: 0, to: 14 });
  assert.deepEqual(rowsInSight({ ...box, scrollTop: 36_000 }, 10_000), { from: 996, to: 1014 });
  assert.deepEqual(rowsInSight({ ...box, scrollTop: 360_000 }, 10_000), { from: 9996, to: 10_000 });
  assert.deepEqual(rowsInSight({ ...box, scrollTop: 36_000 }, 3), { from: 2, to: 3 }, "after the list became short");
  assert.deepEqual(rowsInSight({ ...box, scrollTop: 0 }, 0), { from: 0, to: 0 });
});
