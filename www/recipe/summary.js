/**
 * A recipe in a few rows, for where its fields are not shown: what each is about, and what it says.
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 * @typedef {[about: string, text: string][]} Rows
 */
import { optimizerName } from "./form.js";
import { LAYERS, LOSSES, OPTIMIZERS, STARTS } from "./schema.js";
import { amountsInWords, extrasInWords } from "./words.js";

/**
 * @param {Recipe} recipe as the fields hold it
 * @param {readonly number[]} [inputShape] of an image
 * @returns {Rows}
 */
export function rowsOf(recipe, inputShape) {
  const { loss, optimizer, learningRate, weightDecay, batchSize, epochs, shuffle, start, seed } = recipe;
  const kind = OPTIMIZERS[optimizerName(optimizer)];
  const decay = weightDecay ? `, weight decay ${weightDecay}` : "";
  const augmentation = amountsInWords(recipe);
  const extras = extrasInWords(recipe);
  return [
    ["Network", networkInLine(recipe.layers, inputShape)],
    ["Loss", LOSSES[loss.kind]?.label ?? ""],
    ["Optimizer", `${kind?.choice ?? kind?.label ?? ""}, learning rate ${learningRate}${decay}`],
    ["Batch, epochs", `${batchSize}, ${epochs}, ${shuffle ? "shuffled" : "in file order"}`],
    ["Start", `${STARTS[start]}, seed ${seed ?? "drawn anew"}`],
    ...(augmentation === "off" ? [] : /** @type {Rows} */ ([["Augmentation", augmentation]])),
    ...(extras === "" ? [] : /** @type {Rows} */ ([["Besides", extras]])),
  ];
}

/** So many steps are read at a glance. */
const MOST_STEPS = 14;

/**
 * "784 → 128 ReLU → 64 ReLU → 10"
 * @param {Recipe["layers"]} layers
 * @param {readonly number[]} [inputShape]
 */
export function networkInLine(layers, inputShape) {
  /** @type {string[]} */
  const steps = [];
  for (const layer of layers) {
    if (layer.kind === "dense") steps.push(String(layer.units));
    else if (layer.kind === "conv2d") steps.push(`${layer.channels}@${layer.kernel}×${layer.kernel}`);
    else if (layer.kind === "maxPool2d" || layer.kind === "avgPool2d") {
      steps.push(`${layer.kind === "maxPool2d" ? "max" : "mean"} of ${layer.kernel}×${layer.kernel}`);
    } else if (layer.kind === "dropout") steps.push(`dropout ${layer.rate}`);
    else if (layer.kind !== "flatten") {
      // What follows weights is said with them.
      const label = LAYERS[layer.kind]?.label ?? "";
      const last = steps.pop();
      steps.push(last === undefined ? label : `${last} ${label}`);
    }
  }
  const left = steps.length > MOST_STEPS ? [...steps.slice(0, MOST_STEPS - 2), "…", ...steps.slice(-1)] : steps;
  const isFlat = layers[0]?.kind === "dense";
  const size = isFlat ? inputShape?.reduce((product, n) => product * n, 1) : inputShape?.filter((n) => n > 1).join("×");
  return [...(size ? [String(size)] : []), ...left].join(" → ");
}
