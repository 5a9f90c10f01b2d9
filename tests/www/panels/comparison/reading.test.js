import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { lineOf } from "../../../../www/panels/comparison/lines.js";
import { alone, beneath } from "../../../../www/panels/comparison/pytorch.js";
import {
  axisInWords,
  basisInWords,
  lossKinds,
  mannerInWords,
  readAt,
  restInWords,
  tickInWords,
  valueInWords,
} from "../../../../www/panels/comparison/reading.js";
import { groupsOf } from "../../../../www/runs/groups.js";
import { epoch, RECIPE, run } from "../../support/values.js";

const FILE = new URL("../../../../www/panels/comparison/pytorch-curves.json", import.meta.url);

/** @type {import("../../../../www/panels/comparison/pytorch.js").Recorded} */
const recorded = JSON.parse(await readFile(FILE, "utf8"));

/** @param {Partial<import("../../../../www/runs/run.js").Run>} [differences] */
const line = (differences = {}) => {
  const trained = run({
    state: "finished",
    nTraining: 55_000,
    nValidation: 5000,
    recipe: { ...RECIPE, seed: 1 },
    epochs: [epoch(1, { validationAccuracy: 0.9, validationLoss: 0.3 }), epoch(2, { validationAccuracy: 0.95 })],
    ...differences,
  });
  const [group] = groupsOf([trained]);
  assert.ok(group !== undefined);
  return { group, line: lineOf(group, 0, "accuracy", "epochs") };
};

test("between two epochs the first is read, as nothing was measured there", () => {
  const { line: each } = line();
  assert.deepEqual(readAt(each, 1.9), { x: 1, value: 0.9 });
  assert.deepEqual(readAt(each, 99), { x: 2, value: 0.95 });
  assert.equal(readAt(each, 0.5), null);
});

test("what was measured on which images is said", () => {
  const { line: validated } = line();
  const { line: trained } = line({ nValidation: 0 });
  assert.equal(basisInWords([validated]), "on 5,000 validation images");
  assert.match(basisInWords([trained]), /^on the training images/);
  assert.equal(basisInWords([validated, trained]), "on 5,000 validation images; † on the training images");
  assert.match(restInWords(trained), /training images/);
});

test("the axis says what an epoch is where it is the same for all", () => {
  const { line: one } = line();
  const { line: other } = line({ nTraining: 60_000 });
  assert.equal(axisInWords([one], "epochs"), "Epochs of 55,000 images");
  assert.equal(axisInWords([one, other], "epochs"), "Epochs");
  assert.equal(tickInWords(1_100_000, "images"), "1.1 M");
});

test("values have as many digits as tell them apart, and a dash where there is none", () => {
  assert.deepEqual(
    [
      valueInWords(0.96786, "accuracy"),
      valueInWords(0.115, "loss"),
      valueInWords(1e-5, "loss"),
      valueInWords(null, "loss"),
    ],
    ["96.79\u00a0%", "0.115", "1.0e-5", "–"],
  );
});

test("a race says what is dashed, and groups of each kind of loss are counted", () => {
  const { line: under } = line({ state: "training" });
  const { line: mse } = line({ recipe: { ...RECIPE, loss: { kind: "mse" } } });
  assert.match(mannerInWords([under], true), /Dashed: a seed on its way/);
  assert.doesNotMatch(mannerInWords([mse], true), /Dashed/);
  assert.deepEqual(lossKinds([mse, under, under]), [
    { kind: "Cross-entropy", n: 2 },
    { kind: "MSE", n: 1 },
  ]);
});

test("PyTorch's curves lie under unchanged presets on the same images, and nowhere else", () => {
  const same = { fingerprint: recorded.fingerprint };
  const under = (/** @type {Parameters<typeof line>[0]} */ differences) =>
    beneath(recorded, [line(differences).group], () => 3, "accuracy", "epochs");
  const [found, ...others] = under(same);
  assert.deepEqual([found?.title, found?.mark, others.length], ["Better answer", 3, 0]);
  for (const other of [
    {},
    { ...same, changes: "rate 0.01" },
    { ...same, nTraining: 60_000 },
    { ...same, basis: "Mine" },
  ]) {
    assert.deepEqual(under(other), []);
  }
  assert.equal(under({ ...same, changes: "5000 to validate" }).length, 1);
});

test("what was recorded is whole, and says with which PyTorch", () => {
  assert.match(recorded.pytorch, /^2\.\d+\.\d+$/);
  for (const each of [...alone(recorded, "accuracy", "images"), ...alone(recorded, "loss", "epochs")]) {
    assert.equal(each.mean.xs.length, 5, each.title);
    assert.ok(each.mean.values.every(Number.isFinite), each.title);
  }
  assert.equal(alone(recorded, "accuracy", "images")[0]?.mean.xs[1], 110_000);
});
