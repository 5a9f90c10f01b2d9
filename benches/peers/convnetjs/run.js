/** ConvNetJS in Node: one image after the other, an update after each batch. `node run.js FOLDER`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import convnetjs from "convnetjs";
import { answerLines, peakBytes } from "../../lines.js";

const [folder = ""] = process.argv.slice(2);
let recipe, net, trainer, images, labels;

await answerLines(async (request) => {
  if (request.do === "peak") return { bytes: await peakBytes("self") };
  if (request.do === "epoch") return epoch();
  if (request.do !== "prepare") throw new Error(`cannot do ${request.do}`);
  recipe = request.recipe;
  images = readImages(request.images);
  labels = readFileSync(join(folder, "train-labels-idx1-ubyte")).subarray(8, 8 + request.images);
  net = new convnetjs.Net();
  net.makeLayers(layers());
  // The version on npm has no Adam. Adadelta, too, keeps two numbers a parameter and takes a root and a quotient.
  trainer = new convnetjs.Trainer(net, { method: "adadelta", batch_size: recipe.batchSize, l1_decay: 0, l2_decay: 0 });
  return {};
});

/** Each of its layers brings its activation along; the last is its loss. */
function layers() {
  const isDense = recipe.layers[0].kind === "dense";
  const made = [
    isDense
      ? { type: "input", out_sx: 1, out_sy: 1, out_depth: 784 }
      : { type: "input", out_sx: 28, out_sy: 28, out_depth: 1 },
  ];
  for (const layer of recipe.layers) {
    if (layer.kind === "dense") made.push({ type: "fc", num_neurons: layer.units });
    else if (layer.kind === "conv2d")
      made.push({ type: "conv", sx: layer.kernel, filters: layer.channels, stride: 1, pad: 0 });
    else if (layer.kind === "maxPool2d") made.push({ type: "pool", sx: layer.kernel, stride: layer.kernel });
    else made.at(-1).activation = layer.kind;
  }
  const last = made.at(-1);
  // Both losses bring a dense layer of their own: the recipe's last. Its regression's has no activation, so a small
  // dense one with the recipe's stands before it.
  if (recipe.loss.kind === "crossEntropy") made.splice(-1, 1, { type: "softmax", num_classes: last.num_neurons });
  else made.push({ type: "regression", num_neurons: last.num_neurons });
  return made;
}

function readImages(n) {
  const bytes = readFileSync(join(folder, "train-images-idx3-ubyte")).subarray(16);
  return Array.from({ length: n }, (_, i) => {
    const image = recipe.layers[0].kind === "dense" ? new convnetjs.Vol(1, 1, 784, 0) : new convnetjs.Vol(28, 28, 1, 0);
    for (let j = 0; j < 784; j += 1) image.w[j] = bytes[784 * i + j] / 255;
    return image;
  });
}

function epoch() {
  const order = Array.from(images.keys());
  const start = performance.now();
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  let sum = 0;
  for (const index of order) {
    const label = labels[index];
    const target =
      recipe.loss.kind === "mse" ? Array.from({ length: 10 }, (_, digit) => Number(digit === label)) : label;
    sum += trainer.train(images[index], target).cost_loss;
  }
  return { values: [(performance.now() - start) / 1000], loss: sum / order.length };
}
