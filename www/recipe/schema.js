/**
 * What a recipe can hold, for the page: each kind with its settings, what they are called and what they are unless
 * somebody says otherwise. Ranges are the trainer's business.
 *
 * @typedef {object} Setting
 * @property {string} name of the field
 * @property {string} label
 * @property {"integer" | "number" | "check"} type
 * @property {number | boolean | null} initial null: blank, which is allowed
 * @property {number} [least] where the field's own arrows stop, if not at 0
 * @property {string} [hint] what to write, or what a blank field means
 *
 * @typedef {object} Kind
 * @property {string} label
 * @property {string} [choice] what it is called where kinds are chosen, if that is not its label
 * @property {Setting[]} settings
 * @property {Record<string, unknown>} [fixed] fields that the choice of this kind decides
 *
 * @typedef {Record<string, Kind>} Kinds
 *
 * @typedef {object} List a field that offers a list
 * @property {string} name
 * @property {string} label
 * @property {Record<string, string>} options what each is called, by the recipe's word for it
 */

/** @type {(name: string, label: string, initial: number | null, hint?: string) => Setting} */
const integer = (name, label, initial, hint) => ({ name, label, type: "integer", initial, hint });
/** @type {(name: string, label: string, initial: number | null, hint?: string) => Setting} */
const number = (name, label, initial, hint) => ({ name, label, type: "number", initial, hint });

/** @type {Setting} */
const bias = { name: "bias", label: "Bias", type: "check", initial: true };
/** @type {Setting[]} */
const pooling = [integer("kernel", "Kernel", 2), integer("stride", "Stride", null, "as kernel")];

/** @type {(label: string, ...settings: Setting[]) => Kind} */
const kind = (label, ...settings) => ({ label, settings });

/** In groups, as they are offered. @type {Record<string, Kinds>} */
export const LAYER_GROUPS = {
  "With weights": {
    dense: kind("Dense", integer("units", "Units", 64), bias),
    conv2d: kind(
      "Conv2d",
      integer("channels", "Channels", 16),
      integer("kernel", "Kernel", 3),
      integer("stride", "Stride", 1),
      integer("padding", "Padding", 0),
      bias,
    ),
    batchNorm: kind("BatchNorm"),
  },
  Activations: {
    relu: kind("ReLU"),
    leakyRelu: kind("LeakyReLU", number("slope", "Slope", 0.01)),
    sigmoid: kind("Sigmoid"),
    tanh: kind("tanh"),
    gelu: kind("GELU"),
    silu: kind("SiLU"),
    elu: kind("ELU", number("alpha", "Alpha", 1)),
  },
  "Other layers": {
    maxPool2d: kind("MaxPool2d", ...pooling),
    avgPool2d: kind("AvgPool2d", ...pooling),
    flatten: kind("Flatten"),
    dropout: kind("Dropout", number("rate", "Rate", 0.5)),
  },
};

/** @type {Kinds} */
export const LAYERS = Object.assign({}, ...Object.values(LAYER_GROUPS));

/** @type {Kinds} */
export const LOSSES = {
  crossEntropy: kind("Cross-entropy", number("labelSmoothing", "Label smoothing", 0, "0 to 1")),
  binaryCrossEntropy: kind("Binary cross-entropy"),
  mse: kind("MSE"),
  hinge: kind("Hinge"),
};

const adam = [number("beta1", "Beta 1", 0.9), number("beta2", "Beta 2", 0.999), number("epsilon", "Epsilon", 1e-8)];

/** SGD has three names here: which of the three it is decides what there is to set. @type {Kinds} */
export const OPTIMIZERS = {
  adam: kind("Adam", ...adam),
  sgd: { label: "SGD", settings: [], fixed: { kind: "sgd", momentum: 0, nesterov: false } },
  momentum: {
    ...kind("SGD", number("momentum", "Momentum", 0.9)),
    choice: "SGD, momentum",
    fixed: { kind: "sgd", nesterov: false },
  },
  nesterov: {
    ...kind("Nesterov", number("momentum", "Momentum", 0.9)),
    choice: "SGD, Nesterov",
    fixed: { kind: "sgd", nesterov: true },
  },
  rmsprop: kind("RMSprop", number("alpha", "Alpha", 0.99), number("epsilon", "Epsilon", 1e-8)),
  adamW: kind("AdamW", ...adam),
  adadelta: kind("Adadelta", number("rho", "Rho", 0.9), number("epsilon", "Epsilon", 1e-6)),
};

/** @type {Kinds} */
export const SCHEDULES = {
  constant: kind("Constant"),
  step: kind("Step", integer("every", "Every (epochs)", 10), number("factor", "Factor", 0.5)),
  cosine: kind("Cosine"),
  warmup: kind("Linear warm-up", number("epochs", "Warm-up epochs", 1)),
  oneCycle: kind("One-cycle", number("rise", "Rise (share)", 0.3)),
};

/** How the weights start. @type {Record<import("../protocol/requests.js").Recipe["start"], string>} */
export const STARTS = {
  heNormal: "He normal",
  heUniform: "He uniform",
  xavierNormal: "Xavier normal",
  xavierUniform: "Xavier uniform",
  lecunNormal: "LeCun normal",
  pytorch: "PyTorch’s default",
  standardNormal: "N(0, 1)",
  smallNormal: "Small: 0.01 · N(0, 1)",
  zeros: "Zeros",
};

/** The parts of a recipe that are of one kind or another, where the field of each is. */
export const CHOICES = /** @type {const} */ ({ loss: LOSSES, optimizer: OPTIMIZERS, schedule: SCHEDULES });

/** @param {Kinds} kinds @returns {List["options"]} */
const choicesOf = (kinds) =>
  Object.fromEntries(Object.entries(kinds).map(([name, { label, choice }]) => [name, choice ?? label]));

/** @type {List[]} */
export const LISTS = [
  { name: "loss", label: "Loss", options: choicesOf(LOSSES) },
  { name: "optimizer", label: "Optimizer", options: choicesOf(OPTIMIZERS) },
  { name: "start", label: "Weights at the start", options: STARTS },
  { name: "schedule", label: "Schedule", options: choicesOf(SCHEDULES) },
];

/** Paths into a recipe, for what is there whatever is chosen. @type {Setting[]} */
export const PLAIN = [
  { ...integer("epochs", "Epochs", 5), least: 1 },
  { ...integer("batchSize", "Batch size", 64), least: 1 },
  number("learningRate", "Learning rate", 0.001),
  integer("seed", "Seed", null, "fresh each run"),
  integer("validationImages", "Validation images", 0),
  number("weightDecay", "Weight decay", 0),
  { name: "shuffle", label: "Shuffle", type: "check", initial: true },
  number("l1", "L1", 0),
  number("clipNorm", "Clip gradient norm", null, "off"),
  integer("earlyStopping.patience", "Patience (epochs)", null, "off"),
];

/** @type {Setting[]} */
export const AUGMENTATION = [
  number("augmentation.shift", "Shift (pixels)", 0),
  number("augmentation.rotation", "Rotation (degrees)", 0),
  number("augmentation.scale", "Scale (share)", 0),
  number("augmentation.shear", "Shear (degrees)", 0),
  number("augmentation.elastic.strength", "Elastic strength", 0),
  number("augmentation.elastic.smoothness", "Elastic smoothness", 4),
  number("augmentation.thickness", "Thickness (pixels)", 0),
  number("augmentation.noise", "Noise (share)", 0),
];
