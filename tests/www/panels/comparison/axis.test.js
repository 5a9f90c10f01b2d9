import assert from "node:assert/strict";
import test from "node:test";
import { evenAxis, evenTicks, halvingAxis, mistakesAxis } from "../../../../www/panels/comparison/axis.js";

/** @param {import("../../../../www/panels/comparison/axis.js").Axis} axis */
const texts = ({ ticks }) => ticks.map(({ text }) => text.replace("\u00a0", " "));

test("each line of the grid halves the mistakes", () => {
  const { place } = mistakesAxis([0.9, 0.975]);
  const steps = [0.9, 0.95, 0.975, 0.9875].map(place);
  assert.deepEqual(
    steps.slice(1).map((at, i) => Math.round((at - (steps[i] ?? 0)) * 1e9) / 1e9),
    [1, 1, 1],
  );
});

test("who learns nothing lies on a rail, and squashes nobody", () => {
  const axis = mistakesAxis([0.1, 0.153, 0.9, 0.9695]);
  assert.deepEqual(texts(axis), ["< 85 %", "90 %", "95 %", "97.5 %"]);
  assert.equal(axis.place(0.1), axis.place(0.84));
  assert.ok(axis.place(0.84) < axis.place(0.85));
  assert.ok(axis.low < axis.place(0.1));
});

test("the axis goes as far as the race: to 99.7 % at 99.6 %", () => {
  const axis = mistakesAxis([0.98, 0.996]);
  assert.deepEqual(texts(axis), ["98.75 %", "99.4 %", "99.7 %"]);
  assert.ok(axis.high > axis.place(0.997));
  assert.deepEqual(texts(mistakesAxis([0.5, 0.996])), [
    "< 85 %",
    "90 %",
    "95 %",
    "97.5 %",
    "98.75 %",
    "99.4 %",
    "99.7 %",
  ]);
});

test("where nobody learns there is nobody to squash", () => {
  const axis = mistakesAxis([0.1, 0.3]);
  assert.ok(!texts(axis).includes("< 85 %"), texts(axis).join());
  assert.ok(axis.place(0.1) < axis.place(0.3));
});

test("without a mistake there is a place at the top", () => {
  const axis = mistakesAxis([0.9, 0.99, 1]);
  assert.equal(texts(axis).at(-1), "100 %");
  assert.ok(Number.isFinite(axis.place(1)) && axis.place(1) > axis.place(0.99) && axis.place(1) < axis.high);
  const alone = mistakesAxis([1, 1]);
  assert.ok(Number.isFinite(alone.low) && Number.isFinite(alone.high) && alone.low < alone.place(1));
});

test("an axis without values is one all the same", () => {
  for (const axis of [mistakesAxis([]), halvingAxis([]), evenAxis([], { format: String })]) {
    assert.ok(Number.isFinite(axis.low) && axis.low < axis.high);
  }
});

test("each line of the grid halves the loss", () => {
  const axis = halvingAxis([0.108, 0.4]);
  assert.deepEqual(texts(axis), ["0.1", "0.2", "0.4"]);
  assert.equal(axis.place(0.2) - axis.place(0.1), 1);
  assert.ok(halvingAxis([1e-6, 1e9]).ticks.length <= 15);
});

test("however close the values are, two lines of the grid say how far apart they lie", () => {
  for (const value of [0.85, 0.9, 0.9757, 0.996]) assert.ok(mistakesAxis([value, value]).ticks.length >= 2, `${value}`);
  for (const value of [0.0863, 0.1, 2.3]) assert.ok(halvingAxis([value]).ticks.length >= 2, `${value}`);
});

test("a loss that ran away does not flatten an even axis", () => {
  const axis = evenAxis([0.1, 0.2, 0.3, 1e12], { format: String });
  assert.ok(axis.high < 10, `${axis.high}`);
});

test("ticks are multiples of 1, 2 or 5, and of whole epochs", () => {
  const at = (/** @type {number} */ high, /** @type {number} */ most, finest = 0) =>
    evenTicks(0, high, most, String, finest).map((tick) => tick.at);
  assert.deepEqual(at(20, 5), [0, 5, 10, 15, 20]);
  assert.deepEqual(at(4, 8, 1), [0, 1, 2, 3, 4]);
  assert.deepEqual(at(1, 6, 1), [0, 1]);
  assert.deepEqual(at(275_000, 6), [0, 50_000, 100_000, 150_000, 200_000, 250_000]);
});
