/**
 * A network as an ONNX model, which answers as HelloNN does when it is asked: dropout is left out, batch normalisation
 * takes its running mean and variance. From "image", numbers from 0 to 1, to "scores": the last layer's outputs as they
 * are. Its parameters are called as in the safetensors file.
 *
 * The numbers of messages' fields are those of onnx.proto.
 *
 * @typedef {import("./protobuf.js").Message} Message
 * @typedef {import("./tensors.js").Module} Module
 * @typedef {{op: string, inputs: string[], output: string, attributes: Message[]}} Node
 */
import { bytes, float, joined, message, text, whole } from "./protobuf.js";
import { classPlaces, modulesOf, sizeOf, toPyTorch } from "./tensors.js";

/** Of ONNX's operators: all that are used here are in it, and what runs models has had it for long. */
const OPSET = 17;
/** Of the file's form, which belongs to it. */
const IR_VERSION = 8;

/** Keeps the variance away from 0, as in src/nn/layers/batch_norm.rs. */
const EPSILON = 1e-5;

/** Types of numbers. */
const [FLOAT, INT64] = [1, 7];

/** @param {import("./weights.js").Exported} exported */
export function onnxFile({ name, recipe, network, checksum, parameters }) {
  const modules = modulesOf(recipe.layers, network);
  const graph = new Graph();
  modules.forEach((module, i) => {
    graph.add(module, String(i));
  });
  graph.end(modules);
  for (const tensor of toPyTorch(modules, parameters)) graph.constant(tensor.name, tensor.shape, tensor.values);
  const metadata = { "hellonn.recipe": JSON.stringify(recipe), "hellonn.checksum": checksum ?? "" };
  return joined(
    whole(1, IR_VERSION),
    text(2, "HelloNN"),
    message(
      7,
      ...graph.nodes.map(nodeMessage),
      text(2, "HelloNN"),
      ...graph.constants,
      text(10, name),
      value(11, "image", modules[0]?.inputShape ?? []),
      value(12, "scores", [sizeOf(modules.at(-1)?.outputShape ?? [])]),
    ),
    message(8, text(1, ""), whole(2, OPSET)),
    ...Object.entries(metadata).map(([key, value]) => message(14, text(1, key), text(2, value))),
  );
}

/** Operators one after another; each takes what the one before it made. */
class Graph {
  /** @type {Node[]} */ nodes = [];
  /** @type {Message[]} */ constants = [];
  #current = "image";

  /** @param {Module} module @param {string} prefix of its tensors' names */
  add({ spec, tensors }, prefix) {
    const own = tensors.map(({ name }) => name);
    const x = this.#current;
    switch (spec.kind) {
      case "dense":
        return this.#emit("Gemm", [x, ...own], int("transB", 1));
      case "conv2d": {
        const { kernel, stride = 1, padding = 0 } = spec;
        const pads = ints("pads", [padding, padding, padding, padding]);
        return this.#emit("Conv", [x, ...own], ...window(kernel, stride), pads);
      }
      case "maxPool2d":
        return this.#emit("MaxPool", [x], ...window(spec.kernel, spec.stride ?? spec.kernel));
      case "avgPool2d":
        return this.#emit("AveragePool", [x], ...window(spec.kernel, spec.stride ?? spec.kernel));
      case "batchNorm":
        return this.#emit("BatchNormalization", [x, ...own], real("epsilon", EPSILON));
      case "flatten":
        return this.#emit("Flatten", [x], int("axis", 1));
      case "dropout":
        return x;
      case "relu":
        return this.#emit("Relu", [x]);
      case "leakyRelu":
        return this.#emit("LeakyRelu", [x], real("alpha", spec.slope));
      case "elu":
        return this.#emit("Elu", [x], real("alpha", spec.alpha ?? 1));
      case "sigmoid":
        return this.#emit("Sigmoid", [x]);
      case "tanh":
        return this.#emit("Tanh", [x]);
      case "silu":
        return this.#emit("Mul", [x, this.#emit("Sigmoid", [x])]);
      case "gelu":
        return this.#gelu(x, prefix);
    }
  }

  /** x·(1 + erf(x/√2))/2: the set of operators has none for it. @param {string} x @param {string} prefix */
  #gelu(x, prefix) {
    const [root, one, half] = [`${prefix}.root`, `${prefix}.one`, `${prefix}.half`];
    this.constant(root, [], Float32Array.of(Math.SQRT1_2));
    this.constant(one, [], Float32Array.of(1));
    this.constant(half, [], Float32Array.of(0.5));
    const erf = this.#emit("Erf", [this.#emit("Mul", [x, root])]);
    const doubled = this.#emit("Mul", [x, this.#emit("Add", [erf, one])]);
    return this.#emit("Mul", [doubled, half]);
  }

  /** Makes "scores" of the last layer's output. @param {Module[]} modules */
  end(modules) {
    if (modules.at(-1)?.outputShape.length === 3) this.#emit("Flatten", [this.#current], int("axis", 1));
    const places = classPlaces(modules);
    if (places !== null) {
      this.constants.push(tensor("class_places", INT64, [places.length], BigInt64Array.from(places, BigInt)));
      this.#emit("Gather", [this.#current, "class_places"], int("axis", 1));
    }
    if (this.nodes.length === 0) this.#emit("Identity", [this.#current]);
    const last = this.nodes.at(-1);
    if (last) last.output = "scores";
  }

  /** @param {string} name @param {number[]} shape @param {Float32Array} values */
  constant(name, shape, values) {
    this.constants.push(tensor(name, FLOAT, shape, values));
  }

  /** @param {string} op @param {string[]} inputs @param {...Message} attributes @returns {string} its output's name */
  #emit(op, inputs, ...attributes) {
    this.#current = `${op.toLowerCase()}_${this.nodes.length}`;
    this.nodes.push({ op, inputs, output: this.#current, attributes });
    return this.#current;
  }
}

/** @param {Node} node */
function nodeMessage({ op, inputs, output, attributes }) {
  return message(
    1,
    ...inputs.map((input) => text(1, input)),
    text(2, output),
    text(3, output),
    text(4, op),
    ...attributes,
  );
}

/** @param {number} kernel @param {number} stride */
const window = (kernel, stride) => [ints("kernel_shape", [kernel, kernel]), ints("strides", [stride, stride])];

/** Attributes of a node: a name, a value, and which type it is of. @param {string} name @param {number} value */
const real = (name, value) => message(5, text(1, name), float(2, value), whole(20, 1));
/** @param {string} name @param {number} value */
const int = (name, value) => message(5, text(1, name), whole(3, value), whole(20, 2));
/** @param {string} name @param {number[]} values */
const ints = (name, values) => message(5, text(1, name), ...values.map((each) => whole(8, each)), whole(20, 7));

/**
 * @param {string} name
 * @param {number} type
 * @param {number[]} shape
 * @param {Float32Array | BigInt64Array} values
 */
function tensor(name, type, shape, values) {
  return message(5, ...shape.map((n) => whole(1, n)), whole(2, type), text(8, name), bytes(9, littleEndian(values)));
}

/** @param {Float32Array | BigInt64Array} values */
function littleEndian(values) {
  const view = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((/** @type {number | bigint} */ value, /** @type {number} */ i) => {
    if (typeof value === "number") view.setFloat32(4 * i, value, true);
    else view.setBigInt64(8 * i, value, true);
  });
  return new Uint8Array(view.buffer);
}

/**
 * What goes in or comes out: any number of samples.
 * @param {number} field of the graph
 * @param {string} name
 * @param {number[]} shape of one sample
 */
function value(field, name, shape) {
  const dimensions = [message(1, text(2, "N")), ...shape.map((n) => message(1, whole(1, n)))];
  return message(field, text(1, name), message(2, message(1, whole(1, FLOAT), message(2, ...dimensions))));
}
