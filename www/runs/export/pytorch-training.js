/**
 * How a recipe trains, in PyTorch's words: data, loss, optimizer, schedule, augmentation, and the loop.
 * @typedef {import("../../protocol/requests.js").Recipe} Recipe
 */
import { pythonNumber as number, pythonBool } from "./python.js";

export const DATA_PART = `def read_idx(path):
    """The array in a file of MNIST's format, gzipped or not."""
    data = path.read_bytes()
    if data[:2] == bytes([0x1F, 0x8B]):
        data = gzip.decompress(data)
    n_dimensions = data[3]
    shape = struct.unpack_from(f">{n_dimensions}I", data, 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * n_dimensions).reshape(shape)


def read_set(folder, *beginnings):
    """Images (n, 1, rows, columns) from 0 to 1, and labels, of the files whose names begin so."""
    paths = [path for path in sorted(Path(folder).iterdir()) if path.name.lower().startswith(beginnings)]
    arrays = [read_idx(path) for path in paths]
    images = [array for array in arrays if array.ndim == 3]
    labels = [array for array in arrays if array.ndim == 1]
    if len(images) != 1 or len(labels) != 1:
        raise SystemExit(f"{folder}: expected one file of images and one of labels named {beginnings}…, found {paths}")
    return torch.from_numpy(images[0].copy()).float().unsqueeze(1) / 255, torch.from_numpy(labels[0].copy()).long()
`;

/** @param {Recipe["loss"]} loss */
export function lossPart(loss) {
  const oneHot = "F.one_hot(labels, outputs.shape[1]).float()";
  const value = {
    mse: `F.mse_loss(outputs, ${oneHot})`,
    binaryCrossEntropy: `F.binary_cross_entropy_with_logits(outputs, ${oneHot})`,
    hinge: "F.multi_margin_loss(outputs, labels)",
    crossEntropy: "F.cross_entropy(outputs, labels)",
  }[loss.kind];
  const smoothing = loss.kind === "crossEntropy" ? (loss.labelSmoothing ?? 0) : 0;
  const call = smoothing === 0 ? value : value.replace(")", `, label_smoothing=${number(smoothing)})`);
  return `def loss_of(outputs, labels):
    return ${call}
`;
}

/** @param {Recipe["optimizer"]} optimizer */
function optimizerCall(optimizer) {
  switch (optimizer.kind) {
    case "sgd": {
      const { momentum = 0, nesterov = false } = optimizer;
      const options = momentum === 0 ? "" : `, momentum=${number(momentum)}, nesterov=${pythonBool(nesterov)}`;
      return `SGD(groups, lr=LEARNING_RATE${options})`;
    }
    case "rmsprop": {
      const { alpha = 0.99, epsilon = 1e-8 } = optimizer;
      return `RMSprop(groups, lr=LEARNING_RATE, alpha=${number(alpha)}, eps=${number(epsilon)})`;
    }
    case "adam":
    case "adamW": {
      const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = optimizer;
      const options = `betas=(${number(beta1)}, ${number(beta2)}), eps=${number(epsilon)}`;
      return `${optimizer.kind === "adam" ? "Adam" : "AdamW"}(groups, lr=LEARNING_RATE, ${options})`;
    }
    case "adadelta": {
      const { rho = 0.9, epsilon = 1e-6 } = optimizer;
      return `Adadelta(groups, lr=LEARNING_RATE, rho=${number(rho)}, eps=${number(epsilon)})`;
    }
  }
}

/** @param {Recipe} recipe */
export function optimizerPart({ optimizer, weightDecay = 0 }) {
  return `def make_optimizer(model):
    """Weight decay is for weights alone, not for biases nor for batch normalisation."""
    groups = [
        {"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": ${number(weightDecay)}},
        {"params": [p for p in model.parameters() if p.dim() == 1], "weight_decay": 0.0},
    ]
    groups = [group for group in groups if group["params"]]
    return torch.optim.${optimizerCall(optimizer)}
`;
}

/** @param {NonNullable<Recipe["schedule"]>} schedule */
export function schedulePart(schedule) {
  return `def share_of_rate(i, per_epoch, epochs):
    """The share of the learning rate that update i, from 0, uses."""
${scheduleBody(schedule)}
`;
}

/** @param {NonNullable<Recipe["schedule"]>} schedule */
function scheduleBody(schedule) {
  switch (schedule.kind) {
    case "constant":
      return "    return 1.0";
    case "step":
      return `    return ${number(schedule.factor)} ** (i // (per_epoch * ${schedule.every}))`;
    case "cosine":
      return "    return (1 + math.cos(math.pi * i / (per_epoch * epochs))) / 2";
    case "warmup":
      return `    return min(1.0, (i + 1) / (per_epoch * ${number(schedule.epochs)}))`;
    case "oneCycle":
      return `    def along_cosine(start, end, share):
        return end + (start - end) / 2 * (1 + math.cos(math.pi * share))

    n = per_epoch * epochs
    peak = ${number(schedule.rise ?? 0.3)} * n - 1
    if i < peak:
        return along_cosine(1 / 25, 1, i / peak)
    return along_cosine(1, 1 / 25e4, min(1.0, (i - peak) / max(1, n - 1 - peak)))`;
  }
}

/** @param {NonNullable<Recipe["augmentation"]>} augmentation */
export function augmentationPart(augmentation) {
  const { shift = 0, rotation = 0, scale = 0, shear = 0, noise = 0 } = augmentation;
  const { strength = 0, smoothness = 4 } = augmentation.elastic ?? {};
  const isAffine = shift > 0 || rotation > 0 || scale > 0 || shear > 0;
  if (!isAffine && strength === 0 && noise === 0) return "";
  const parts = [isAffine || strength > 0 ? grid({ shift, rotation, scale, shear }) : ""];
  if (strength > 0) parts.push(elastic(strength, smoothness));
  if (isAffine || strength > 0) parts.push('    x = F.grid_sample(x, grid, mode="bilinear", align_corners=False)');
  if (noise > 0) parts.push(`    x = (x + ${number(noise)} * torch.randn_like(x)).clamp(0, 1)`);
  return `def varied(x):
    """Images as handwriting may vary them, each by amounts of its own, drawn evenly from both sides of none."""
    n, _, height, width = x.shape
    draw = lambda most: (2 * torch.rand(n) - 1) * most
${parts.filter(Boolean).join("\n")}
    return x
`;
}

/** @param {{shift: number, rotation: number, scale: number, shear: number}} most */
function grid({ shift, rotation, scale, shear }) {
  return `    wider, higher = 1 + draw(${number(scale)}), 1 + draw(${number(scale)})
    slant, angle = torch.tan(torch.deg2rad(draw(${number(shear)}))), torch.deg2rad(draw(${number(rotation)}))
    right, down = draw(${number(shift)}), draw(${number(shift)})
    # First scaled, then slanted, then rotated, then shifted, in pixels from the middle; then the way back.
    sin, cos = torch.sin(angle), torch.cos(angle)
    a, b = cos * wider, (cos * slant - sin) * higher
    c, d = sin * wider, (sin * slant + cos) * higher
    a, b, c, d = (each / (a * d - b * c) for each in (d, -b, -c, a))
    e, f = -(a * right + b * down), -(c * right + d * down)
    # affine_grid counts from −1 to 1.
    rows = [a, b * height / width, 2 * e / width, c * width / height, d, 2 * f / height]
    grid = F.affine_grid(torch.stack(rows, 1).view(n, 2, 3), x.shape, align_corners=False)`;
}

/** @param {number} strength @param {number} smoothness */
function elastic(strength, smoothness) {
  return `    # Every point is displaced at random, smoothly: by ${number(strength)} pixels, as a standard deviation.
    reach = ${Math.ceil(3 * smoothness)}
    bell = torch.exp(-((torch.arange(-reach, reach + 1) / ${number(smoothness)}) ** 2) / 2)
    bell /= bell.sum()
    field = 2 * torch.rand(n * 2, 1, height + 2 * reach, width + 2 * reach) - 1
    field = F.conv2d(F.conv2d(field, bell.view(1, 1, 1, -1)), bell.view(1, 1, -1, 1))
    field *= ${number(strength)} * math.sqrt(3) / (bell**2).sum()
    grid = grid + field.view(n, 2, height, width).permute(0, 2, 3, 1) * 2 / torch.tensor([width, height])`;
}
