/**
 * Image by image in words: what two single runs make of the same test images.
 * @typedef {import("../../protocol/requests.js").AnswersCompared} AnswersCompared
 * @typedef {import("./words.js").Words} Words
 */
import { count, counted } from "../../ui/format.js";
import { chance } from "./numbers.js";

/** @param {AnswersCompared} compared @returns {Words} */
export function imagesInWords({ onlyA, onlyB, p, nImages }) {
  const n = onlyA.length + onlyB.length;
  if (n === 0) return [`Both read the same of all ${count(nImages)} test images.`];
  const [better, of] = onlyA.length >= onlyB.length ? ["A", onlyA.length] : ["B", onlyB.length];
  return [
    `Of ${counted(n, "test image")} that only one of them reads rightly, ${better} has ${count(of)}. `,
    `Chance alone ${p <= 0.05 ? "would do" : "does"} this ${chance(p)} (McNemar).`,
  ];
}

/**
 * @param {number} label
 * @param {number} answer
 * @param {"A" | "B"} wrong who gave it
 */
export function misreadInWords(label, answer, wrong) {
  return `a ${label} that ${wrong} reads as ${answer}`;
}
