/**
 * The network of a recipe in PyTorch's words: its layers, how they start, and that they answer as HelloNN's do.
 * @typedef {import("./tensors.js").Module} Module
 * @typedef {import("../../protocol/requests.js").Recipe} Recipe
 * @typedef {import("../../protocol/requests.js").AnsweredImages} AnsweredImages
 */
import { base64Lines, pythonBool, pythonFloat32, pythonNumber } from "./python.js";
import { classPlaces, sizeOf } from "./tensors.js";

/** @param {Module} module */
function layer({ spec, inputShape, outputShape }) {
  const isImage = inputShape.length === 3;
  switch (spec.kind) {
    case "dense":
      return `nn.Linear(${sizeOf(inputShape)}, ${spec.units}${noBias(spec)})`;
    case "conv2d": {
      const { channels, kernel, stride = 1, padding = 0 } = spec;
      const options = [stride === 1 ? "" : `, stride=${stride}`, padding === 0 ? "" : `, padding=${padding}`];
      return `nn.Conv2d(${inputShape[0]}, ${channels}, ${kernel}${options.join("")}${noBias(spec)})`;
    }
    case "maxPool2d":
      return `nn.MaxPool2d(${spec.kernel}${stride(spec)})`;
    case "avgPool2d":
      return `nn.AvgPool2d(${spec.kernel}${stride(spec)})`;
    case "batchNorm":
      return `nn.BatchNorm${isImage ? 2 : 1}d(${outputShape[0]})`;
    case "flatten":
      return "nn.Flatten()";
    case "dropout":
      return `nn.Dropout(${pythonNumber(spec.rate)})`;
    case "relu":
      return "nn.ReLU()";
    case "leakyRelu":
      return `nn.LeakyReLU(${pythonNumber(spec.slope)})`;
    case "elu":
      return `nn.ELU(${pythonNumber(spec.alpha ?? 1)})`;
    case "sigmoid":
      return "nn.Sigmoid()";
    case "tanh":
      return "nn.Tanh()";
    case "gelu":
      return "nn.GELU()";
    case "silu":
      return "nn.SiLU()";
  }
}

/** @param {{bias?: boolean}} spec */
const noBias = ({ bias = true }) => (bias ? "" : `, bias=${pythonBool(bias)}`);

/** @param {{kernel: number, stride?: number | undefined}} spec */
const stride = ({ kernel, stride }) => (stride === undefined || stride === kernel ? "" : `, stride=${stride}`);

/** @param {Module[]} modules */
export function modelPart(modules) {
  const lines = modules.map((module) => {
    const note = module.isAdded ? "  # HelloNN's Dense takes the image as it is." : "";
    return `        ${layer(module)},${note}`;
  });
  return `def build_model():
    return nn.Sequential(
${lines.join("\n")}
    )


def scores(model, images):
    """What the network says of images (n, 1, rows, columns) from 0 to 1: (n, classes)."""
    return ${scoresOf(modules)}
`;
}

/** @param {Module[]} modules */
function scoresOf(modules) {
  const takesRows = modules[0]?.spec.kind === "dense";
  const outputs = `model(images${takesRows ? ".flatten(1)" : ""})`;
  const flat = modules.at(-1)?.outputShape.length === 3 ? `${outputs}.flatten(1)` : outputs;
  // HelloNN counts an image's numbers pixel by pixel, PyTorch channel by channel.
  const places = classPlaces(modules);
  return places === null ? flat : `${flat}[:, [${places.join(", ")}]]`;
}

/** @type {Record<Recipe["start"], [weight: string, bias: string]>} */
const STARTS = {
  pytorch: ["", ""],
  xavierUniform: ["nn.init.xavier_uniform_(part.weight)", "zeros"],
  xavierNormal: ["nn.init.xavier_normal_(part.weight)", "zeros"],
  heUniform: ['nn.init.kaiming_uniform_(part.weight, nonlinearity="relu")', "zeros"],
  heNormal: ['nn.init.kaiming_normal_(part.weight, nonlinearity="relu")', "zeros"],
  lecunNormal: ['nn.init.kaiming_normal_(part.weight, nonlinearity="linear")', "zeros"],
  standardNormal: ["nn.init.normal_(part.weight)", "normal"],
  smallNormal: ["nn.init.normal_(part.weight, std=0.01)", "zeros"],
  zeros: ["nn.init.zeros_(part.weight)", "zeros"],
};

/** @param {Recipe["start"]} start */
export function startPart(start) {
  const [weight, bias] = STARTS[start];
  const head = `def start_again(model):
    """Draws new weights, as the recipe starts its network."""
    for part in model:`;
  if (weight === "") {
    return `${head}
        if hasattr(part, "reset_parameters"):
            part.reset_parameters()
`;
  }
  return `${head}
        if isinstance(part, (nn.Linear, nn.Conv2d)):
            ${weight}
            if part.bias is not None:
                nn.init.${bias}_(part.bias)
        elif isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d)):
            part.reset_parameters()
`;
}

export const WEIGHTS_PART = `def load_weights(model, path):
    """Takes the weights of a safetensors file; says which name or shape does not fit."""
    found = load_file(path)
    # Of batch normalisation, HelloNN keeps what PyTorch does, but for the number of batches so far.
    missing = model.load_state_dict(found, strict=False)
    lacking = [name for name in missing.missing_keys if not name.endswith("num_batches_tracked")]
    if lacking or missing.unexpected_keys:
        raise SystemExit(f"{path} is of another network: it lacks {lacking}, and has {missing.unexpected_keys}")


def save_weights(model, path):
    """A file that HelloNN opens again, with its recipe in it."""
    tensors = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    save_file(tensors, path, metadata={"format": "pt", "hellonn": RECIPE, "hellonn.name": RUN})
`;

/** @param {AnsweredImages} answered @param {number[]} inputShape @param {number} nClasses */
export function answersPart({ set, pixels, labels, outputs }, inputShape, nClasses) {
  const nImages = labels.length;
  const rows = Array.from({ length: nImages }, (_, i) => {
    const own = Array.from(outputs.subarray(i * nClasses, (i + 1) * nClasses), pythonFloat32);
    return `    [${own.join(", ")}],`;
  });
  const shape = [nImages, ...inputShape].join(", ");
  return `# The first ${nImages} images of the ${set} set, a byte a pixel, and what HelloNN's network says of them.
IMAGES = np.frombuffer(base64.b64decode(${base64Lines(pixels)}), np.uint8).reshape(${shape})
ANSWERS = torch.tensor([
${rows.join("\n")}
])
`;
}

/** Large weights make large sums, whose rounding a saturated network may show: no two programs round alike. */
export const CHECK_PART = `def check(model):
    """Compares the network's outputs with HelloNN's."""
    images = torch.from_numpy(IMAGES.copy()).float() / 255
    model.eval()
    with torch.no_grad():
        found = scores(model, images)
        exact = scores(copy.deepcopy(model).double(), images.double())
    apart = lambda a, b: ((a - b).abs() / b.abs().clamp(min=1)).nan_to_num(0).max().item()
    difference, rounding = apart(found, ANSWERS), apart(found, exact)
    print(f"{len(IMAGES)} images: the outputs differ from HelloNN's by at most {difference:.1e}")
    if difference > max(1e-5, 4 * rounding) or not torch.equal(found.isfinite(), ANSWERS.isfinite()):
        raise SystemExit(f"That is more than rounding ({rounding:.1e}): this is not the network that HelloNN had.")
`;
