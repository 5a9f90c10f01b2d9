/**
 * A recipe, or what is special about it, in a few words: for where the fields themselves are out of sight.
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 */
import { isEqual, optimizerName } from "./form.js";
import { AUGMENTATION, LOSSES, OPTIMIZERS, PLAIN, SCHEDULES, STARTS } from "./schema.js";

/** @param {Recipe} recipe */
export function extrasInWords({ schedule, loss, l1, clipNorm, earlyStopping }) {
  const smoothing = loss.kind === "crossEntropy" ? loss.labelSmoothing : 0;
  const words = [
    schedule !== undefined && schedule.kind !== "constant"
      ? `${SCHEDULES[schedule.kind]?.label.toLowerCase()} schedule`
      : "",
    smoothing ? `label smoothing ${smoothing}` : "",
    l1 ? `L1 ${l1}` : "",
    clipNorm ? `gradients clipped at ${clipNorm}` : "",
    stopsEarly(earlyStopping),
  ];
  return words.filter(Boolean).join(" · ");
}

/** Which loss it makes small: "Cross-entropy". @param {Recipe | undefined} recipe */
export function lossInWords(recipe) {
  return LOSSES[recipe?.loss.kind ?? ""]?.label ?? "";
}

/** @param {Recipe} recipe */
export function amountsInWords({ augmentation = {} }) {
  const { shift, rotation, scale, shear, elastic, thickness, noise } = augmentation;
  const amounts = { shift, rotation, scale, shear, elastic: elastic?.strength, thickness, noise };
  return (
    Object.keys(amounts)
      .filter((name) => amounts[/** @type {keyof typeof amounts} */ (name)])
      .join(", ") || "off"
  );
}

/** @param {Recipe["earlyStopping"]} earlyStopping */
function stopsEarly(earlyStopping) {
  if (!earlyStopping) return "";
  const { patience } = earlyStopping;
  return `stops after ${patience.toLocaleString("en-US")} ${patience === 1 ? "epoch" : "epochs"} without gain`;
}

/**
 * What learns in a network, from the input to the output: "16@5×5·32@5×5·128·10".
 * @param {Recipe["layers"]} layers
 */
export function networkInWords(layers) {
  const words = layers.flatMap((layer) => {
    if (layer.kind === "dense") return [String(layer.units)];
    if (layer.kind === "conv2d") return [`${layer.channels}@${layer.kernel}×${layer.kernel}`];
    return [];
  });
  return words.join("·");
}

/**
 * What a recipe has otherwise than the one that it began as: "rate 0.003, batch 16". The number of epochs and the seed
 * are said elsewhere.
 * @param {Recipe} recipe
 * @param {Recipe} before
 */
export function changesInWords(recipe, before) {
  const differs = (/** @type {keyof Recipe} */ name) => !isEqual(recipe[name] ?? null, before[name] ?? null);
  const words = [
    differs("layers") ? layersInWords(recipe.layers, before.layers) : "",
    differs("start") ? `start ${STARTS[recipe.start]}` : "",
    differs("loss") ? (LOSSES[recipe.loss.kind]?.label ?? "") : "",
    differs("optimizer") ? optimizerInWords(recipe.optimizer, before.optimizer) : "",
    differs("learningRate") ? `rate ${recipe.learningRate}` : "",
    differs("schedule") ? `${SCHEDULES[recipe.schedule?.kind ?? "constant"]?.label.toLowerCase()} schedule` : "",
    differs("batchSize") ? `batch ${recipe.batchSize}` : "",
    differs("weightDecay") ? `weight decay ${recipe.weightDecay}` : "",
    differs("l1") ? `L1 ${recipe.l1}` : "",
    differs("clipNorm") ? (recipe.clipNorm ? `gradients clipped at ${recipe.clipNorm}` : "no clipping") : "",
    differs("shuffle") ? (recipe.shuffle ? "shuffled" : "in file order") : "",
    differs("augmentation") ? `augmentation ${amountsInWords(recipe)}` : "",
    differs("validationImages") ? `${recipe.validationImages} to validate` : "",
    differs("earlyStopping") ? stopsEarly(recipe.earlyStopping) || "never stops early" : "",
  ];
  return words.filter(Boolean).join(", ");
}

/**
 * What is wrong with a recipe, where nobody sees the field that it is about: "Layer 2: expected …".
 * @param {{field?: string | undefined, message: string}} refusal
 */
export function refusalInWords({ field = "", message }) {
  const layerIdx = /^layers\[(\d+)\]/.exec(field)?.[1];
  const setting = [...PLAIN, ...AUGMENTATION].find(({ name }) => name === field);
  if (layerIdx !== undefined) return `Layer ${Number(layerIdx) + 1}: ${message}`;
  const place = field === "layers" ? "Layers" : setting?.label;
  return place === undefined ? message.replace(/^./, (first) => first.toUpperCase()) : `${place}: ${message}`;
}

/** @param {Recipe["layers"]} layers @param {Recipe["layers"]} before */
function layersInWords(layers, before) {
  const units = networkInWords(layers);
  return units === networkInWords(before) ? "other layers" : `layers ${units}`;
}

/** @param {Recipe["optimizer"]} optimizer @param {Recipe["optimizer"]} before */
function optimizerInWords(optimizer, before) {
  const kind = OPTIMIZERS[optimizerName(optimizer)];
  const label = kind?.choice ?? kind?.label ?? "";
  return optimizerName(optimizer) === optimizerName(before) ? `${label} set otherwise` : label;
}
