/** TensorFlow.js with its WebAssembly backend: the recipe's dense layers as `tf.sequential`, trained by `model.fit`. */
const PACKAGES = "/peers/tensorflowjs/node_modules/@tensorflow";
importScripts(
  "/bench/answers.js",
  `${PACKAGES}/tfjs-core/dist/tf-core.min.js`,
  `${PACKAGES}/tfjs-backend-cpu/dist/tf-backend-cpu.min.js`,
  `${PACKAGES}/tfjs-layers/dist/tf-layers.min.js`,
  `${PACKAGES}/tfjs-backend-wasm/dist/tf-backend-wasm.min.js`,
);

const ACTIVATIONS = { relu: "relu", sigmoid: "sigmoid", tanh: "tanh" };
let model, recipe, images, targets;

const ANSWERS = {
  async prepare(request) {
    recipe = request.recipe;
    tf.wasm.setWasmPaths(`${PACKAGES}/tfjs-backend-wasm/dist/`);
    await tf.setBackend("wasm");
    const data = await fetchTraining(request.images);
    images = tf.tensor2d(data.images, [request.images, 784]);
    targets = tf.cast(tf.oneHot(tf.tensor1d(data.labels, "int32"), 10), "float32");
    model = network();
    const { kind, beta1, beta2, epsilon } = recipe.optimizer;
    if (kind !== "adam") throw new Error(`no optimizer ${kind} here`);
    const loss = recipe.loss.kind === "mse" ? "meanSquaredError" : "categoricalCrossentropy";
    model.compile({ optimizer: tf.train.adam(recipe.learningRate, beta1, beta2, epsilon), loss });
    console.info(`${tf.getBackend()}, ${tf.wasm.getThreadsCount()} threads`);
    return {};
  },

  async epoch() {
    const start = performance.now();
    const { batchSize, shuffle } = recipe;
    // "never": it would otherwise wait for a frame of the page after each batch.
    const { history } = await model.fit(images, targets, {
      epochs: 1,
      batchSize,
      shuffle,
      verbose: 0,
      yieldEvery: "never",
    });
    return { values: [(performance.now() - start) / 1000], loss: Number(history.loss[0]) };
  },
};

answerMessages((request) => ANSWERS[request.do](request));

/** PyTorch's start: uniform up to 1/√fan_in, which is a variance of 1/(3·fan_in); biases start at 0. */
function network() {
  const layers = [];
  let n = 784;
  for (const layer of recipe.layers) {
    if (layer.kind === "dense") {
      const kernelInitializer = tf.initializers.varianceScaling({
        scale: 1 / 3,
        mode: "fanIn",
        distribution: "uniform",
      });
      layers.push(tf.layers.dense({ units: layer.units, inputShape: [n], kernelInitializer }));
      n = layer.units;
    } else {
      layers.push(tf.layers.activation({ activation: ACTIVATIONS[layer.kind] }));
    }
  }
  return tf.sequential({ layers });
}
