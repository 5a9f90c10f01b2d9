/** jax-js with its WebAssembly backend: the recipe's network and its update as one function under `jit`. */
import {
  blockUntilReady,
  defaultDevice,
  init,
  jit,
  lax,
  nn,
  numpy as np,
  tree,
  valueAndGrad,
} from "./node_modules/@jax-js/jax/dist/index.js";
import "/bench/answers.js";

const ACTIVATIONS = { relu: nn.relu, sigmoid: nn.sigmoid, tanh: np.tanh };
/** @type {any} */
let recipe, update, state, images, labels;

const ANSWERS = {
  async prepare(request) {
    recipe = request.recipe;
    await init("wasm");
    defaultDevice("wasm");
    ({ images, labels } = await fetchTraining(request.images));
    const parameters = start();
    const zeros = () => parameters.map((each) => tree.map((array) => np.zeros(array.shape), each));
    state = { parameters, moments: zeros(), squares: zeros() };
    update = jit(adam);
    return {};
  },

  async epoch() {
    const begin = performance.now();
    const n = labels.length;
    const order = permutation(n);
    const losses = [];
    for (let from = 0; from < n; from += recipe.batchSize) {
      const indices = order.subarray(from, from + recipe.batchSize);
      let loss;
      [loss, state] = update(state, rate(), ...batch(indices));
      // Only once it is done: the queue of what is not done yet would grow for an epoch.
      losses.push((await loss.data())[0] * indices.length);
    }
    await blockUntilReady(tree.ref(state)).then(tree.dispose);
    return { values: [(performance.now() - begin) / 1000], loss: losses.reduce((sum, loss) => sum + loss, 0) / n };
  },
};

answerMessages((request) => ANSWERS[request.do](request));

/** As PyTorch starts: all of it uniform up to 1/√fan_in. */
function start() {
  const parameters = [];
  let [channels, side] = recipe.layers[0].kind === "dense" ? [784, 1] : [1, 28];
  const uniform = (shape, fanIn) => {
    const numbers = Float32Array.from(
      { length: shape.reduce((a, b) => a * b) },
      () => (2 * random() - 1) / Math.sqrt(fanIn),
    );
    return np.array(numbers).reshape(shape);
  };
  for (const layer of recipe.layers) {
    if (layer.kind === "dense") {
      const fanIn = channels * side * side;
      parameters.push({ weights: uniform([fanIn, layer.units], fanIn), biases: uniform([layer.units], fanIn) });
      [channels, side] = [layer.units, 1];
    } else if (layer.kind === "conv2d") {
      const { kernel } = layer;
      const fanIn = channels * kernel * kernel;
      const weights = uniform([layer.channels, channels, kernel, kernel], fanIn);
      parameters.push({ weights, biases: uniform([1, layer.channels, 1, 1], fanIn) });
      [channels, side] = [layer.channels, side - kernel + 1];
    } else if (layer.kind === "maxPool2d") side /= layer.kernel;
  }
  return parameters;
}

/** Takes its arguments, as every function of jax-js does. */
function forward(parameters, values) {
  let next = 0;
  for (const layer of recipe.layers) {
    if (layer.kind === "dense") {
      const { weights, biases } = parameters[next++];
      const flat = values.shape.length > 2 ? values.reshape([values.shape[0], -1]) : values;
      values = np.matmul(flat, weights).add(biases);
    } else if (layer.kind === "conv2d") {
      const { weights, biases } = parameters[next++];
      values = lax.conv(values, weights, [1, 1], "VALID").add(biases);
    } else if (layer.kind === "maxPool2d") {
      const [n, channels, height, width] = values.shape;
      const k = layer.kernel;
      values = np.max(values.reshape([n, channels, height / k, k, width / k, k]), [3, 5]);
    } else values = ACTIVATIONS[layer.kind](values);
  }
  return values;
}

function loss(parameters, inputs, targets) {
  const outputs = forward(parameters, inputs);
  if (recipe.loss.kind === "mse") return np.square(outputs.sub(targets)).mean();
  return nn
    .logSoftmax(outputs)
    .mul(targets)
    .sum()
    .mul(-1 / targets.shape[0]);
}

/** Adam's update; `rate` holds η with both moments' corrections in it, and ε with the second's. */
function adam({ parameters, moments, squares }, { rate, epsilon }, inputs, targets) {
  const { beta1, beta2 } = recipe.optimizer;
  const [value, gradients] = valueAndGrad(loss)(tree.ref(parameters), inputs, targets);
  const m = tree.map((m, g) => m.mul(beta1).add(g.mul(1 - beta1)), moments, tree.ref(gradients));
  const v = tree.map((v, g) => v.mul(beta2).add(np.square(g).mul(1 - beta2)), squares, gradients);
  const moved = tree.map(
    (p, m, v) => p.sub(m.mul(rate.ref).div(np.sqrt(v).add(epsilon.ref))),
    parameters,
    tree.ref(m),
    tree.ref(v),
  );
  rate.dispose();
  epsilon.dispose();
  return [value, { parameters: moved, moments: m, squares: v }];
}

let nUpdates = 0;
/** η·m̂/(√v̂ + ε) = (η·√c₂/c₁)·m/(√v + ε·√c₂), where c = 1 − βᵗ. */
function rate() {
  nUpdates += 1;
  const { beta1, beta2, epsilon } = recipe.optimizer;
  const [first, second] = [1 - beta1 ** nUpdates, Math.sqrt(1 - beta2 ** nUpdates)];
  return { rate: np.array((recipe.learningRate * second) / first), epsilon: np.array(epsilon * second) };
}

/** The images at `indices` and their one-hot labels. */
function batch(indices) {
  const n = indices.length;
  const inputs = new Float32Array(n * 784);
  const targets = new Float32Array(n * 10);
  indices.forEach((index, i) => {
    inputs.set(images.subarray(index * 784, (index + 1) * 784), i * 784);
    targets[i * 10 + labels[index]] = 1;
  });
  const shape = recipe.layers[0].kind === "dense" ? [n, 784] : [n, 1, 28, 28];
  return [np.array(inputs).reshape(shape), np.array(targets).reshape([n, 10])];
}

function permutation(n) {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Park and Miller's generator: every run of the bench trains the same network. */
let seed = 1;
function random() {
  seed = (seed * 48271) % 0x7fffffff;
  return seed / 0x7fffffff;
}
