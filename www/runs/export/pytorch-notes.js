/**
 * What PyTorch has no counterpart for, or does otherwise, as comments.
 * @typedef {import("../../protocol/requests.js").Recipe} Recipe
 */
import { comment, pythonNumber } from "./python.js";

/**
 * @param {Recipe} recipe
 * @param {boolean} isHandSet whether somebody set the learning rate while it trained
 */
export function differences({ augmentation = {}, validationImages = 0, ...recipe }, isHandSet) {
  const { optimizer, schedule, layers, batchSize } = recipe;
  const remembers = optimizer.kind !== "sgd" || (optimizer.momentum ?? 0) > 0;
  const normalises = layers.some(({ kind }) => kind === "batchNorm");
  const { shift = 0, elastic, thickness = 0 } = augmentation;
  /** @type {[boolean, ...string[]][]} */
  const all = [
    [
      true,
      "Random numbers: HelloNN's come from xoshiro256++, PyTorch's from generators of its own.",
      "What is drawn here is as likely, but not the same.",
    ],
    [remembers, "The optimizer begins without a memory of earlier gradients: a file of weights has none."],
    [schedule !== undefined && schedule.kind !== "constant", "The schedule begins at its beginning."],
    [
      isHandSet,
      "While this run trained, somebody set the learning rate by hand: its recipe, which is followed here, does not",
      "say so.",
    ],
    [
      validationImages > 0,
      "HelloNN has set other images aside for validation: the weights may have learnt from those that are set aside",
      "here.",
    ],
    [shift > 0, "HelloNN shortens a shift that would push ink out of the image; here it is cut off."],
    [
      (elastic?.strength ?? 0) > 0,
      "The elastic deformation is Simard's own here; HelloNN makes nearly the same one with less work, and leaves",
      "the image's border where it is.",
    ],
    [
      thickness > 0,
      `Strokes that become wider or narrower by up to ${pythonNumber(thickness)} pixels have no counterpart in`,
      "PyTorch: they are left out.",
    ],
    [
      normalises && batchSize === 1,
      "PyTorch's batch normalisation does not train on single images; HelloNN takes the running mean and variance",
      "for them.",
    ],
  ];
  const lines = all.filter(([holds]) => holds).map(([, ...parts]) => comment(`- ${parts.join(" ")}`));
  return lines.map((line) => line.replaceAll("\n# ", "\n#   ")).join("\n");
}
