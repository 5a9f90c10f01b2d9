import assert from "node:assert/strict";
import test from "node:test";
import { roundNumbers } from "../../../../www/panels/verdict/figure.js";
import { seedLines } from "../../../../www/panels/verdict/progress.js";
import { asText } from "../../../../www/panels/verdict/text.js";
import { groupsOf } from "../../../../www/runs/groups.js";
import { epoch, progress, RECIPE, run } from "../../support/values.js";
import { judged } from "./verdicts.js";

/** @typedef {import("../../../../www/runs/run.js").Run} Run */

/** @param {Partial<Run>[]} each by seeds from 1 */
function groupOf(each) {
  const runs = each.map((of, i) =>
    run({ id: String(i), state: "finished", recipe: { ...RECIPE, seed: i + 1 }, epochs: [epoch(1)], ...of }),
  );
  const [group] = groupsOf(runs);
  assert.ok(group);
  return group;
}

test("of each seed it is said who is ahead, or how far it is", () => {
  const { verdict } = judged({
    pairs: [
      { seed: 1, difference: 0.0246 },
      { seed: 2, difference: -0.0123 },
    ],
  });
  /** @type {Partial<Run>} */
  const waiting = { state: "waiting", epochs: [] };
  /** @type {Partial<Run>} */
  const training = { state: "training", progress: progress({ fraction: 0.82 }) };
  const a = groupOf([{}, {}, training, waiting, {}]);
  const b = groupOf([{}, {}, waiting, waiting]);
  const { lines, nMore } = seedLines(verdict, a, b);
  assert.deepEqual(
    lines.map(({ seed, share, isIn, text }) => [seed, share, isIn, text]),
    [
      [1, 1, true, "+2.46"],
      [2, 0.5, true, "−1.23"],
      [3, 0.41, false, "41 %"],
      [4, 0, false, "waiting"],
      [5, 0.5, false, "one only"],
    ],
  );
  assert.equal(nMore, 0);
});

test("of many seeds the first are listed, and the others counted", () => {
  const many = groupOf(Array.from({ length: 30 }, () => ({})));
  const { lines, nMore } = seedLines(judged({ pairs: [] }).verdict, many, many);
  assert.deepEqual([lines.length, nMore], [12, 18]);
});

test("an axis has few numbers, all of them round", () => {
  assert.deepEqual(roundNumbers(0, 2.5, 3), [0, 1, 2]);
  assert.deepEqual(roundNumbers(-0.4, 0.6, 3), [0, 0.5]);
  assert.deepEqual(roundNumbers(94.5, 97.1, 3), [95, 96, 97]);
  assert.deepEqual(roundNumbers(3, 3, 3), [3]);
});

test("as text it has the sentence, what it rests on, and nothing of the test set that is sealed", () => {
  const row = { name: "Parameters", a: { main: "101,770", more: "" }, b: { main: "", more: "same" } };
  const lines = [
    "Better answer beats PyTorch twin by 1.18 points of validation accuracy.",
    "True gap: 0.58 to 1.79 points (95\u00a0% interval, 8 seeds each). Chance alone would do this in 2 of 256 races.",
    "",
    "A: Better answer",
    "B: PyTorch twin",
    "Parameters: A 101,770, B same",
    "Test accuracy: sealed",
    "",
  ];
  assert.equal(asText(judged(), [row], ""), lines.join("\n"));
  assert.match(asText(judged(), [row], "Test: revealed once"), /\nTest: revealed once\n$/);
});
