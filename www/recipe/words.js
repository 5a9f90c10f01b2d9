/**
 * What is set beyond the essentials, in a few words, for where the fields themselves are out of sight.
 * @typedef {import("../protocol/requests.js").Recipe} Recipe
 */
import { SCHEDULES } from "./schema.js";

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
    earlyStopping ? `stops after ${epochs(earlyStopping.patience)} without gain` : "",
  ];
  return words.filter(Boolean).join(" · ");
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

/** @param {number} n */
function epochs(n) {
  return n === 1 ? "1 epoch" : `${n.toLocaleString("en-US")} epochs`;
}
