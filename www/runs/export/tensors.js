/**
 * A network's parameters as PyTorch's `nn.Sequential` of the same layers has them: under its names and in its layout.
 *
 * Two things differ. PyTorch keeps a Dense layer's weight as (out, in), and an image channel by channel; HelloNN keeps
 * (in, out), and an image pixel by pixel, each with all its channels. And PyTorch's Linear takes no image: where a
 * Dense layer is given one, a Flatten of its own stands before it, which counts among the names. Only before the very
 * first layer there is none: such a network takes images as rows of numbers.
 *
 * @typedef {import("../../protocol/requests.js").Recipe} Recipe
 * @typedef {import("../../protocol/requests.js").NetworkSummary} NetworkSummary
 * @typedef {Recipe["layers"][number]} LayerSpec
 *
 * @typedef {object} Tensor
 * @property {string} name such as "0.weight"
 * @property {number[]} shape in PyTorch
 * @property {(idx: number) => number} placeOf where in PyTorch's row-major tensor a number of HelloNN's array stands
 *
 * @typedef {object} Module of the `nn.Sequential`
 * @property {LayerSpec} spec
 * @property {boolean} isAdded a Flatten that the recipe does not name
 * @property {number[]} inputShape of one sample: [n] or [channels, height, width]
 * @property {number[]} outputShape
 * @property {Tensor[]} tensors in the order in which HelloNN keeps them
 *
 * @typedef {{name: string, shape: number[], values: Float32Array}} NamedTensor
 */

/**
 * @param {LayerSpec[]} layers
 * @param {Pick<NetworkSummary, "inputShape" | "layers">} network what the layers make of the data's images
 * @returns {Module[]}
 */
export function modulesOf(layers, network) {
  /** @type {Module[]} */
  const modules = [];
  let shape = layers[0]?.kind === "dense" ? [sizeOf(network.inputShape)] : network.inputShape;
  /** The image whose numbers now stand in a row. @type {number[] | null} */
  let image = null;
  const add = (/** @type {LayerSpec} */ spec, /** @type {number[]} */ outputShape, isAdded = false) => {
    const named = { prefix: String(modules.length), inputShape: shape, image };
    modules.push({ spec, isAdded, inputShape: shape, outputShape, tensors: tensorsOf(spec, named) });
    if (spec.kind === "flatten" && shape.length === 3) image = shape;
    if (spec.kind === "dense") image = null;
    shape = outputShape;
  };
  layers.forEach((spec, i) => {
    if (spec.kind === "dense" && shape.length === 3) add({ kind: "flatten" }, [sizeOf(shape)], true);
    add(spec, network.layers[i]?.outputShape ?? shape);
  });
  return modules;
}

/** Numbers that one sample of this shape has. @param {number[]} shape */
export function sizeOf(shape) {
  return shape.reduce((size, n) => size * n, 1);
}

/**
 * @param {LayerSpec} spec
 * @param {{prefix: string, inputShape: number[], image: number[] | null}} where
 * @returns {Tensor[]}
 */
function tensorsOf(spec, { prefix, inputShape, image }) {
  const inRow = placeInRow(image);
  const same = (/** @type {number} */ idx) => idx;
  const tensor = (/** @type {string} */ name, /** @type {number[]} */ shape, placeOf = same) => ({
    name: `${prefix}.${name}`,
    shape,
    placeOf,
  });
  if (spec.kind === "dense") {
    const { units, bias = true } = spec;
    const nInputs = sizeOf(inputShape);
    const weight = tensor("weight", [units, nInputs], (i) => (i % units) * nInputs + inRow(Math.floor(i / units)));
    return bias ? [weight, tensor("bias", [units])] : [weight];
  }
  if (spec.kind === "conv2d") {
    const { channels, kernel, bias = true } = spec;
    const [nInputs = 1] = inputShape;
    const weight = tensor("weight", [channels, nInputs, kernel, kernel], placeInKernels(nInputs, kernel * kernel));
    return bias ? [weight, tensor("bias", [channels])] : [weight];
  }
  if (spec.kind === "batchNorm") {
    const [nChannels = 1] = inputShape;
    const names = ["weight", "bias", "running_mean", "running_var"];
    return names.map((name) => tensor(name, [nChannels], inputShape.length === 1 ? inRow : same));
  }
  return [];
}

/**
 * Where PyTorch's network has the score of each class. HelloNN counts classes in its own order of an image's numbers:
 * where the last layers put out an image, or an image laid in a row, that may be another one.
 * @param {Module[]} modules
 * @returns {number[] | null} null: where it belongs
 */
export function classPlaces(modules) {
  const last = modules.at(-1);
  if (last === undefined) return null;
  const laid = modules.slice(modules.findLastIndex(({ spec }) => spec.kind === "dense") + 1);
  const flatten = laid.find(({ spec, inputShape }) => spec.kind === "flatten" && inputShape.length === 3);
  const placeOf = placeInRow(last.outputShape.length === 3 ? last.outputShape : (flatten?.inputShape ?? null));
  const places = Array.from({ length: sizeOf(last.outputShape) }, (_, idx) => placeOf(idx));
  return places.every((place, idx) => place === idx) ? null : places;
}

/**
 * From a number's place in a row that an image has become, pixel by pixel, to the one that it has channel by channel.
 * @param {number[] | null} image null: the row has not been an image
 * @returns {(idx: number) => number}
 */
function placeInRow(image) {
  if (image === null) return (idx) => idx;
  const [nChannels = 1, height = 1, width = 1] = image;
  return (idx) => (idx % nChannels) * height * width + Math.floor(idx / nChannels);
}

/**
 * The same in convolution kernels: from (out, rows, columns, in) to (out, in, rows, columns).
 * @param {number} nInputs
 * @param {number} nPixels
 * @returns {(idx: number) => number}
 */
function placeInKernels(nInputs, nPixels) {
  const row = placeInRow([nInputs, nPixels, 1]);
  const size = nInputs * nPixels;
  return (idx) => idx - (idx % size) + row(idx % size);
}

/**
 * @param {Module[]} modules
 * @param {Float32Array} parameters as HelloNN keeps them, one after another
 * @returns {NamedTensor[]}
 */
export function toPyTorch(modules, parameters) {
  let end = 0;
  return modules
    .flatMap(({ tensors }) => tensors)
    .map(({ name, shape, placeOf }) => {
      const values = new Float32Array(sizeOf(shape));
      const own = parameters.subarray(end, end + values.length);
      end += values.length;
      own.forEach((value, idx) => {
        values[placeOf(idx)] = value;
      });
      return { name, shape, values };
    });
}

/**
 * @param {Module[]} modules
 * @param {(tensor: Tensor) => Float32Array} valuesOf a tensor, as PyTorch keeps it
 * @returns {Float32Array<ArrayBuffer>} as HelloNN keeps them, one after another
 */
export function fromPyTorch(modules, valuesOf) {
  const tensors = modules.flatMap((module) => module.tensors).map((tensor) => ({ tensor, values: valuesOf(tensor) }));
  const parameters = new Float32Array(tensors.reduce((sum, { values }) => sum + values.length, 0));
  let end = 0;
  for (const { tensor, values } of tensors) {
    for (let idx = 0; idx < values.length; idx++) parameters[end++] = values[tensor.placeOf(idx)] ?? 0;
  }
  return parameters;
}
