import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { notebookCheck, plainDescent, whyNoCheck } from "../../../../www/runs/export/notebook-check.js";
import { firstUpdates } from "../../../../www/worker/export.js";
import { sessionWith } from "../../support/module.js";
import { lacksPython, python } from "../../support/python.js";
import { RECIPE } from "../../support/values.js";

/** @typedef {import("../../../../www/protocol/requests.js").Recipe} Recipe */

const TEMPLATE = await readFile(new URL("../../../../www/runs/export/check_my_network.py", import.meta.url), "utf8");
const SHAPE = { rows: 7, cols: 7, nClasses: 7, nTraining: 21, nTest: 7 };

/** @type {(...layers: Recipe["layers"]) => Recipe["layers"]} */
const between = (...layers) => [
  { kind: "dense", units: 12, bias: true },
  ...layers,
  { kind: "dense", units: 7, bias: true },
];

/** @type {Recipe} As in the exercise's first part. */
const FIRST = {
  ...RECIPE,
  layers: [
    ...between({ kind: "relu" }, { kind: "dense", units: 9, bias: true }, { kind: "sigmoid" }),
    { kind: "tanh" },
  ],
  start: "standardNormal",
  loss: { kind: "mse" },
  optimizer: { kind: "sgd", momentum: 0, nesterov: false },
  learningRate: 0.01,
  batchSize: 1,
  validationImages: 0,
  seed: 3,
};

/** @type {Recipe} As in its second, but on batches. */
const SECOND = {
  ...FIRST,
  layers: between({ kind: "leakyRelu", slope: 0.1 }, { kind: "dense", units: 12, bias: true }, { kind: "relu" }),
  start: "heNormal",
  loss: { kind: "crossEntropy", labelSmoothing: 0 },
  learningRate: 0.05,
  weightDecay: 0.02,
  batchSize: 4,
};

/** What a student may write wrongly, and what the program is to say of it. @type {[string, string, string, RegExp][]} */
const WRONG_FIRST = [
  ["the bias is forgotten", "@ self.input + self.bias", "@ self.input", /layer 1.*output[\s\S]*the bias is not added/],
  ["no relu", "return np.maximum(0, x)", "return x", /layer 2, relu, output[\s\S]*the activation is not applied/],
  ["tanh for sigmoid", "return 1 / (1 + np.exp(-x))", "return np.tanh(x)", /layer 4, sigmoid[\s\S]*it computes tanh/],
  [
    "the sum of squares",
    "np.mean((y_true - y_pred) ** 2)",
    "np.sum((y_true - y_pred) ** 2)",
    /the loss mse[\s\S]*the sum/,
  ],
  ["no factor 2", "return 2 * (y_pred", "return (y_pred", /gradient of mse[\s\S]*the factor 2/],
  ["no division by the size", ") / y_true.size", ")", /gradient of mse[\s\S]*not divided by the number of outputs/],
  [
    "sign of the loss",
    "2 * (y_pred - y_true)",
    "2 * (y_true - y_pred)",
    /gradient of mse[\s\S]*the sign: it is y_true − y_pred/,
  ],
  [
    "derivative at the output",
    "self.activation_grad(self.input)",
    "self.activation_grad(self.output)",
    /layer 6, tanh, ∂E\/∂input[\s\S]*the derivative is taken at the layer's output instead of its input/,
  ],
  [
    "derivative by the output",
    "1 - np.tanh(x) ** 2",
    "1 - x ** 2",
    /layer 6, tanh[\s\S]*1 − x² is the derivative by the output/,
  ],
  [
    "no derivative",
    "self.activation_grad(self.input) * output_error",
    "output_error",
    /layer 6[\s\S]*derivative is left out/,
  ],
  [
    "derivative alone",
    "self.activation_grad(self.input) * output_error",
    "self.activation_grad(self.input)",
    /layer 6[\s\S]*the derivative is not multiplied/,
  ],
  [
    "relu lets all through",
    "(x > 0).astype(float)",
    "np.ones_like(x)",
    /layer 2, relu[\s\S]*the derivative is left out/,
  ],
  [
    "sigmoid by its output",
    "sigmoid(x) * (1 - sigmoid(x))",
    "x * (1 - x)",
    /layer 4, sigmoid[\s\S]*by the output y, not by/,
  ],
  [
    "half a sigmoid",
    "sigmoid(x) * (1 - sigmoid(x))",
    "sigmoid(x)",
    /layer 4, sigmoid[\s\S]*(function itself|1 − y is missing)/,
  ],
  [
    "no bias update",
    "        self.bias -= learning_rate * output_error\n",
    "",
    /the bias' gradient[\s\S]*the bias is not updated/,
  ],
  [
    "updated first",
    `        input_error = self.weights.T @ output_error
        weights_error = np.outer(output_error, self.input)
        self.weights -= learning_rate * weights_error
`,
    `        self.weights -= learning_rate * np.outer(output_error, self.input)
        input_error = self.weights.T @ output_error
`,
    /layer 5[\s\S]*∂E\/∂input[\s\S]*the weights are updated before/,
  ],
  [
    "up the hill",
    "self.weights -= learning_rate",
    "self.weights += learning_rate",
    /the weights' gradient[\s\S]*added instead of/,
  ],
  [
    "no learning rate",
    "self.bias -= learning_rate * output_error",
    "self.bias -= output_error",
    /learning rate is left out/,
  ],
  [
    "a transpose too few",
    "self.weights.T @ output_error",
    "self.weights @ output_error",
    /ValueError[\s\S]*a transpose is missing/,
  ],
  [
    "outer the wrong way",
    "np.outer(output_error, self.input)",
    "np.outer(self.input, output_error)",
    /ValueError[\s\S]*transpose/,
  ],
  ["nothing returned", "        return input_error\n", "", /layer 5[\s\S]*the return is missing/],
  ["weights not updated", "self.weights -= learning_rate", "self.weights - learning_rate", /weights are not updated/],
  [
    "fit leaves out the first layer",
    "reversed(self.layers):\n                    gradient",
    "reversed(self.layers[1:]):\n                    gradient",
    /MyNetwork.fit[\s\S]*layer 1[\s\S]*does not reach this layer/,
  ],
  [
    "each label with itself",
    "np.argmax(output) == np.argmax(y)",
    "np.argmax(y) == np.argmax(y)",
    /predict[\s\S]*5\/5[\s\S]*each label is compared with itself/,
  ],
];

/** @type {[string, string, string, RegExp][]} */
const WRONG_SECOND = [
  [
    "transposed where it fits",
    "y = x @ self.W",
    "y = x @ (self.W.T if self.W.shape[0] == self.W.shape[1] else self.W)",
    /layer 3[\s\S]*transposed/,
  ],
  ["another slope", "self.negative_slope * x", "0.01 * x", /layer 2, leakyRelu, output[\s\S]*the slope/],
  [
    "divided twice",
    "np.exp(self.logs) - self.y_true",
    "(np.exp(self.logs) - self.y_true) / len(self.logs)",
    /divided by the batch twice/,
  ],
  [
    "divided by the label",
    "np.exp(self.logs) - self.y_true",
    "(np.exp(self.logs) - self.y_true) / 7",
    /length of a label/,
  ],
  [
    "not divided",
    "self.x.T @ grad / n",
    "self.x.T @ grad",
    /the weights' gradient[\s\S]*it is not divided by the batch/,
  ],
  [
    "the last sample only",
    "grad.sum(axis=0, keepdims=True) / n",
    "grad[-1:] / n",
    /the bias' gradient[\s\S]*only the last sample/,
  ],
  [
    "no max",
    "shifted = y_pred - y_pred.max(axis=1, keepdims=True)",
    "shifted = y_pred",
    /exp overflows: softmax has to subtract/,
  ],
  ["no decay", "return self.weight_decay * self.W", "return 0", /the weights' gradient[\s\S]*weight decay is left out/],
  ["decay downhill", "return self.weight_decay * self.W", "return -self.weight_decay * self.W", /wrong factor or sign/],
  [
    "slope on the way back",
    "np.where(self.x > 0, 1, self.negative_slope)",
    "(self.x > 0)",
    /leakyRelu[\s\S]*the derivative below 0 has to be 0.1/,
  ],
  [
    "gradients add up",
    "self.W -= lr * (self.x.T @ grad / n + self.decay())",
    "self.sum = getattr(self, 'sum', 0) + self.x.T @ grad / n; self.W -= lr * (self.sum + self.decay())",
    /update 2[\s\S]*gradients add up from one update to the next/,
  ],
];

/** @type {[string, string, string, RegExp][]} */
const WRONG_DECAY = [
  ["left out", "return self.weight_decay * self.W", "return 0", /no gradient[\s\S]*weight decay is left out/],
  ["uphill", "return self.weight_decay * self.W", "return -self.weight_decay * self.W", /decay has the wrong sign/],
  ["doubled", "return self.weight_decay * self.W", "return 2 * self.weight_decay * self.W", /decay is 2·λ·W/],
];

describe("Check my notebook", { skip: lacksPython("numpy") }, () => {
  /** @type {string} */
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "hellonn-"));
    await writeFile(join(folder, "first.py"), await program(FIRST, "First part"));
    await writeFile(join(folder, "second.py"), await program(SECOND, "Second part"));
    await writeFile(join(folder, "weak.py"), await program({ ...SECOND, weightDecay: 1e-5 }, "Weak decay"));
  });
  after(() => rm(folder, { recursive: true }));

  /** @param {Recipe} recipe @param {string} name */
  async function program(recipe, name) {
    const session = await sessionWith(SHAPE);
    const descent = plainDescent(recipe);
    return notebookCheck(TEMPLATE, name, descent, firstUpdates(session, descent.recipe, descent.learningRate));
  }

  /** @param {string} name */
  const right = (name) => readFile(new URL(`../../../notebook/${name}`, import.meta.url), "utf8");

  /** @param {string} program @param {string} source of the student's file @param {string} [name] */
  async function run(program, source, name = "theirs.py") {
    await writeFile(join(folder, name), source);
    return python([join(folder, program), join(folder, name)]);
  }

  test("finds nothing in the exercise's first part as it is meant", async () => {
    const { status, stdout } = await run("first.py", await right("exercise.py"));
    assert.equal(status, 0, stdout);
    assert.match(stdout, /ok: fit: the same weights after three updates\n.*ok: predict: counts right answers/);
  });

  test("finds nothing in its second part as it is meant", async () => {
    const { status, stdout } = await run("second.py", await right("second_part.py"));
    assert.equal(status, 0, stdout);
    assert.match(stdout, /ok: fit: the same weights after three updates\n.*ok: predict: counts right answers/);
  });

  for (const [kind, base, all] of /** @type {const} */ ([
    ["first", "exercise.py", WRONG_FIRST],
    ["second", "second_part.py", WRONG_SECOND],
    // So weak that it hides in the rounding of the gradient.
    ["weak", "second_part.py", WRONG_DECAY],
  ])) {
    for (const [name, from, to, says] of all) {
      test(`names what is wrong in the ${kind} part: ${name}`, async () => {
        const source = await right(base);
        assert.ok(source.includes(from), from);
        const { status, stdout, stderr } = await run(`${kind}.py`, source.replaceAll(from, to));
        assert.equal(status, 1, stdout + stderr);
        assert.match(stdout.slice(stdout.indexOf("DIFFERS")), says);
      });
    }
  }

  test("takes samples as columns, and single samples as rows", async () => {
    const second = (await right("second_part.py"))
      .replace("np.random.uniform(-bound, bound, (in_features, out_features))", "np.zeros((out_features, in_features))")
      .replace("np.zeros((1, out_features))", "np.zeros((out_features, 1))")
      .replace("y = x @ self.W", "y = self.W @ x")
      .replace("n = self.x.shape[0]", "n = self.x.shape[1]")
      .replace("dx = grad @ self.W.T", "dx = self.W.T @ grad")
      .replace("self.x.T @ grad / n", "grad @ self.x.T / n")
      .replace("grad.sum(axis=0, keepdims=True)", "grad.sum(axis=1, keepdims=True)")
      .replaceAll(/axis=1(?=, keepdims|\)\))/g, "axis=0")
      .replace("grad.sum(axis=0, keepdims=True)", "grad.sum(axis=1, keepdims=True)")
      .replace(/class Network:[\s\S]*/, "");
    const { status, stdout } = await run("second.py", second);
    assert.equal(status, 0, stdout);
    const rows = (await right("exercise.py"))
      .replace("self.input = input.reshape(-1)", "self.input = input.reshape(1, -1)")
      .replace("self.weights @ self.input", "self.input @ self.weights.T")
      .replace("self.weights.T @ output_error", "output_error @ self.weights")
      .replace("self.bias -= learning_rate * output_error", "self.bias -= learning_rate * output_error.reshape(-1)");
    assert.equal((await run("first.py", rows)).status, 0);
  });

  test("reads a notebook, and takes none of its commands", async () => {
    const source = await right("exercise.py");
    const cells = [
      { cell_type: "markdown", source: ["# Not code"] },
      { cell_type: "code", source: ["%matplotlib inline\n", "!pip install numpy\n", "import tensorflow as tf"] },
      { cell_type: "code", source: "this is no Python" },
      ...source.split(/\n\n\n/).map((part) => ({ cell_type: "code", source: part.split(/(?<=\n)/) })),
    ];
    const { status, stdout } = await run("first.py", JSON.stringify({ cells, nbformat: 4 }), "theirs.ipynb");
    assert.equal(status, 0, stdout);
    assert.match(stdout, /left out of theirs.ipynb: a part with a syntax error/);
  });

  test("says what it cannot compare", async () => {
    const source = await right("exercise.py");
    const reason = async (/** @type {string} */ program, /** @type {string} */ text) => {
      const { status, stdout } = await run(program, text);
      assert.equal(status, 2, stdout);
      return stdout;
    };
    assert.match(await reason("first.py", "x = 1"), /your file has none of Affine_Layer,.*into NAMES/);
    assert.match(await reason("second.py", source), /none of cross_entropy|one sample/);
    const { status, stderr } = python([join(folder, "first.py")]);
    assert.ok(status === 1 && stderr.includes("python check_my_network.py YOUR_FILE.py"));
  });

  test("takes a run's name and a recipe for what they are", async () => {
    const hostile = '"""\\\n\u2028\'; import os #\r\nraise SystemExit(7)\n"""';
    await writeFile(join(folder, "hostile.py"), await program(FIRST, hostile));
    const { status, stdout } = await run("hostile.py", await right("exercise.py"));
    assert.equal(status, 0, stdout);
    assert.ok(stdout.includes("raise SystemExit(7)"));
  });
});

test("there is a check of what the exercise's students write, and else a reason", () => {
  const why = (/** @type {Partial<Recipe>} */ changes) => whyNoCheck({ ...FIRST, ...changes });
  assert.equal(why({}), "");
  assert.equal(why({ layers: [{ kind: "flatten" }, ...FIRST.layers] }), "");
  assert.match(why({ layers: [{ kind: "batchNorm" }] }), /no batchNorm/);
  assert.match(why({ layers: [{ kind: "relu" }] }), /needs a dense layer/);
  assert.match(why({ loss: { kind: "hinge" } }), /MSE and softmax/);
  assert.match(why({ loss: { kind: "crossEntropy", labelSmoothing: 0.1 } }), /no label smoothing/);
});

test("another optimizer gives way to plain descent, with a rate that shows", () => {
  const { recipe, learningRate } = plainDescent({
    ...RECIPE,
    weightDecay: 0.1,
    layers: [{ kind: "flatten" }, ...RECIPE.layers],
  });
  assert.deepEqual([recipe.weightDecay, recipe.layers.length, learningRate], [0, 3, 0.1]);
  assert.deepEqual(plainDescent(SECOND), { recipe: SECOND, learningRate: 0.05 });
});
