/** What the trainer says of a recipe that is none: asked of the module itself. */
import assert from "node:assert/strict";
import test from "node:test";
import { presets } from "../../../dist/wasm/hellonn.js";
import { AUGMENTATION, LAYERS, LOSSES, OPTIMIZERS, PLAIN, SCHEDULES } from "../../../www/recipe/schema.js";
import { sessionWith } from "../support/module.js";

/** @typedef {import("../../../www/recipe/schema.js").Setting} Setting */

const session = await sessionWith({ rows: 12, cols: 12, nClasses: 2, nTraining: 40, nTest: 2 });
const [PRESET] = presets({ nImages: 40, rows: 12, cols: 12, nClasses: 2 });
assert.ok(PRESET);
/** @type {any} */
const RECIPE = PRESET.recipe;

/** @param {any} recipe @returns {string[]} "path: message" */
function faults(recipe) {
  try {
    session.describe(recipe);
    return [];
  } catch (error) {
    const { field, message, others = [] } = /** @type {any} */ (error);
    return [{ field, message }, ...others].map((fault) => `${fault.field}: ${fault.message}`);
  }
}

/**
 * The recipe with another value at a path.
 * @param {string} path
 * @param {unknown} value
 */
function withValue(path, value, recipe = RECIPE) {
  const copy = structuredClone(recipe);
  const names = path.split(/[.[\]]+/).filter(Boolean);
  const last = names.pop() ?? "";
  let part = copy;
  for (const name of names) part = part[name] ??= {};
  part[last] = value;
  return copy;
}

test("a whole number is refused with the range of its field, whatever is wrong with it", () => {
  const range = "epochs: expected a whole number from 1 to 100,000, found";
  for (const [value, found] of /** @type {[unknown, string][]} */ ([
    [0, "0"],
    [-1, "-1"],
    [1.5, "1.5"],
    [4_294_967_295, "4,294,967,295"],
    [2 ** 40, "1,099,511,627,776"],
    [1e308, "1e308"],
    [Infinity, "infinity"],
    [NaN, "no number"],
    [null, "nothing"],
    [undefined, "nothing"],
    ["3", 'the text "3"'],
    [true, "true"],
    [[3], "a list"],
    [{}, "an object"],
  ])) {
    assert.deepEqual(faults(withValue("epochs", value)), [`${range} ${found}`]);
  }
  assert.deepEqual(faults(withValue("seed", -1)), ["seed: expected a whole number from 0 to 4,294,967,295, found -1"]);
  assert.deepEqual(faults(withValue("batchSize", -1)), [
    "batchSize: expected a whole number from 1 to 40, the number of training images, found -1",
  ]);
});

test("what 32 bits do not tell from 0 is refused where 0 is", () => {
  const rate = "learningRate: expected 1e-30 to 1,000, found";
  assert.deepEqual(faults(withValue("learningRate", 1e-320)), [`${rate} 1e-320`]);
  assert.deepEqual(faults(withValue("learningRate", 1e308)), [`${rate} 1e308`]);
  assert.deepEqual(faults(withValue("clipNorm", 1e-320)), ["clipNorm: expected 1e-30 to 1e30, found 1e-320"]);
});

test("everything that is wrong is said at once, each with its path", () => {
  const wrong = {
    ...RECIPE,
    epochs: -1,
    batchSize: 0,
    learningRate: "fast",
    optimizer: { kind: "adam", beta1: 2, beta2: null, epsilon: 1e-8 },
    augmentation: { rotation: 90, elastic: { strength: "much" } },
  };
  assert.deepEqual(faults(wrong), [
    'learningRate: expected 1e-30 to 1,000, found the text "fast"',
    "augmentation.rotation: expected 0 to 45 degrees, found 90",
    'augmentation.elastic.strength: expected 0 to 2 pixels, found the text "much"',
    "optimizer.beta1: expected at least 0 and below 1, found 2",
    "optimizer.beta2: expected at least 0 and below 1, found nothing",
    "batchSize: expected a whole number from 1 to 40, the number of training images, found 0",
    "epochs: expected a whole number from 1 to 100,000, found -1",
  ]);
});

test("every setting that the page offers is refused at its own path when it holds something else", () => {
  /** @param {string} path @param {Setting[]} settings @param {any} recipe */
  const check = (path, settings, recipe) => {
    for (const { name, type } of settings) {
      const at = `${path}${path && "."}${name}`;
      const [first = "", ...others] = faults(withValue(at, type === "check" ? "yes" : [], recipe));
      const expected = type === "check" ? 'true or false, found the text "yes"' : ".*, found a list";
      assert.match(first, new RegExp(`^${at.replace(/[.[\]]/g, "\\$&")}: expected ${expected}$`));
      if (type === "integer") assert.match(first, /: expected (a whole number from|1, )/);
      assert.ok(
        others.every((other) => other.startsWith("earlyStopping")),
        others.join("; "),
      );
    }
  };
  check("", [...PLAIN, ...AUGMENTATION], RECIPE);
  for (const [kind, { settings }] of Object.entries(LAYERS)) {
    const values = Object.fromEntries(settings.map(({ name, initial }) => [name, initial ?? 2]));
    check("layers[0]", settings, { ...RECIPE, layers: [{ ...values, kind }, ...RECIPE.layers] });
  }
  for (const [part, kinds] of Object.entries({ loss: LOSSES, optimizer: OPTIMIZERS, schedule: SCHEDULES })) {
    for (const [name, { settings, fixed = {} }] of Object.entries(kinds)) {
      const values = Object.fromEntries(settings.map(({ name, initial }) => [name, initial]));
      check(part, settings, { ...RECIPE, [part]: { kind: name, ...values, ...fixed } });
    }
  }
});

test("a recipe of another form is refused in words, with the place", () => {
  /** @type {[string, unknown, string][]} */
  const cases = [
    ["layers", 3, "layers: expected a list in brackets, found 3"],
    ["layers", [null], "layers[0]: expected an object in braces, found nothing"],
    ["layers", [1], "layers[0]: expected an object in braces, found 1"],
    ["layers", ["relu"], 'layers[0]: expected an object in braces, found the text "relu"'],
    ["layers", [{ units: 3 }], "layers[0].kind: expected a value, found nothing"],
    ["layers", [{ kind: 3 }], "layers[0].kind: expected the name of a kind, found 3"],
    ["layers", [{ kind: "relu", slope: 1 }], "layers[0].slope: unknown field `slope`, expected none besides kind"],
    ["loss", null, "loss: expected an object in braces, found nothing"],
    ["loss", "mse", 'loss: expected an object in braces, found the text "mse"'],
    ["loss", { kind: "mean" }, 'loss.kind: expected one of mse, crossEntropy, binaryCrossEntropy, hinge, found "mean"'],
    ["augmentation", 5, "augmentation: expected an object in braces, found 5"],
    ["augmentation.elastic", [], "augmentation.elastic: expected an object in braces, found a list"],
    ["start", 5, "start: expected a name in quotes, found 5"],
    ["shuffle", 1, "shuffle: expected true or false, found 1"],
    ["earlyStopping", 3, "earlyStopping: expected an object in braces, found 3"],
  ];
  for (const [path, value, message] of cases) assert.deepEqual(faults(withValue(path, value)), [message]);
  const { epochs: _, ...rest } = RECIPE;
  assert.deepEqual(faults(rest), ["epochs: expected a value, found nothing"]);
});

test("fields that no recipe has, or that every object has, are refused by name", () => {
  for (const name of ["sed", "constructor", "toString", "__proto__"]) {
    const recipe = JSON.parse(JSON.stringify(RECIPE).replace("{", `{"${name}": 1, `));
    assert.match(faults(recipe)[0] ?? "", new RegExp(`^${name}: unknown field \`${name}\`, expected one of layers, `));
  }
});

test("long texts and names are cut", () => {
  const long = "x".repeat(500_000);
  for (const path of ["epochs", "start", "loss", "loss.kind", "layers", long]) {
    const [fault = ""] = faults(withValue(path, long));
    assert.ok(fault.length < 500, `${path.slice(0, 9)}: ${fault.length} characters`);
    assert.ok(fault.includes(`${"x".repeat(40)}…`), fault);
  }
});

test("a recipe that is nested without end is refused", () => {
  let deep = {};
  for (let i = 0; i < 1000; i += 1) deep = { kind: "dense", units: [deep] };
  assert.match(faults(withValue("layers", [deep]))[0] ?? "", /^layers\[0\]/);
  /** @type {unknown} */
  let list = [];
  for (let i = 0; i < 1000; i += 1) list = ["dense", list];
  assert.match(faults(withValue("layers", [list]))[0] ?? "", /^layers\[0\]/);
});
