import assert from "node:assert/strict";
import test from "node:test";
import { evenAxis, mistakesAxis } from "../../../../www/panels/comparison/axis.js";
import { frameOf, nearestStop } from "../../../../www/panels/comparison/frame.js";

const ROOM = { width: 600, height: 200, gutter: 180, hasXAxis: true };
const BY_EPOCH = { format: String, finest: 1 };

test("what is better lies higher, and nothing outside of the plot", () => {
  const { plot, toX, toY } = frameOf(ROOM, mistakesAxis([0.5, 0.95, 0.97]), 10, BY_EPOCH);
  assert.ok(toY(0.97) < toY(0.95) && toY(0.95) < toY(0.5));
  // The ends of a band may lie beyond what is possible.
  for (const value of [-1, 0, 0.3, 1, 1.1]) assert.ok(toY(value) >= plot.top && toY(value) <= plot.bottom, `${value}`);
  assert.deepEqual([toX(0), toX(10)], [plot.left, plot.right]);
  assert.ok(plot.right <= ROOM.width - ROOM.gutter);
});

test("numbers of an axis keep their distance, and stand at whole epochs", () => {
  const { yTicks, xTicks } = frameOf({ ...ROOM, height: 90 }, mistakesAxis([0.5, 0.999]), 4, BY_EPOCH);
  const ats = yTicks.filter(({ text }) => text !== "").map(({ at }) => at);
  for (const [i, at] of ats.slice(1).entries()) assert.ok((ats[i] ?? 0) - at >= 17, `${ats}`);
  assert.ok(yTicks.length > ats.length, "a line without a number is one of the grid all the same");
  assert.ok(xTicks.every(({ text }) => Number.isInteger(Number(text))));
});

test("there is a plot in the least room", () => {
  const axis = evenAxis([1, 2], { format: String });
  const { plot } = frameOf({ width: 10, height: 5, gutter: 0, hasXAxis: true }, axis, 1, BY_EPOCH);
  assert.ok(plot.right > plot.left && plot.bottom > plot.top);
});

test("a pointer finds the nearest epoch", () => {
  const frame = frameOf(ROOM, mistakesAxis([0.9]), 10, BY_EPOCH);
  assert.equal(nearestStop(frame, frame.toX(3.4), [1, 2, 3, 4]), 2);
  assert.equal(nearestStop(frame, -50, [1, 2]), 0);
  assert.equal(nearestStop(frame, 0, []), null);
});
