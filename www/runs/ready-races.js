/**
 * Races that are ready to start, each with the question that it answers.
 *
 * @typedef {import("../protocol/requests.js").Preset} Preset
 * @typedef {import("./race.js").Contestant} Contestant
 *
 * @typedef {object} ReadyRace
 * @property {string} title
 * @property {string} text
 * @property {Contestant[]} contestants
 * @property {string[]} labels of the contestants, short
 */
import { varied } from "./variation.js";

/** @type {{title: string, text: string, presets?: string[], vary?: {name: string, values: string[]}}[]} */
const READY = [
  {
    title: "The exercise",
    text:
      "The network as first written, its PyTorch twin, the contest’s deeper one, and what a practitioner tries " +
      "first. Why is one of them stuck at chance?",
    presets: ["Better answer", "PyTorch twin", "Network wars", "By hand"],
  },
  {
    title: "How large a step?",
    text: "Better answer with five learning rates. Too small crawls, too large shakes; where is the edge?",
    vary: { name: "learningRate", values: ["0.0003", "0.001", "0.003", "0.01", "0.03"] },
  },
  {
    title: "Does the batch size matter?",
    text: "One image a step, or 16, or 64, or 256: the same epochs, not the same number of steps.",
    vary: { name: "batchSize", values: ["1", "16", "64", "256"] },
  },
  {
    title: "Does the start matter?",
    text: "Six ways to draw the first weights. Some look alike, and one never learns.",
    vary: {
      name: "start",
      values: ["He normal", "Xavier normal", "LeCun normal", "PyTorch’s default", "N(0, 1)", "Zeros"],
    },
  },
];

/** @param {readonly Preset[]} presets for the data that there is @returns {ReadyRace[]} */
export function readyRaces(presets) {
  const contestantOf = (/** @type {string} */ name) => {
    const preset = presets.find((each) => each.name === name);
    return preset === undefined ? [] : [{ basis: name, changes: "", recipe: preset.recipe }];
  };
  return READY.map(({ title, text, presets: names, vary }) => {
    if (names !== undefined) return { title, text, contestants: names.flatMap(contestantOf), labels: names };
    const { name, values } = vary ?? { name: "none", values: [] };
    const [base] = contestantOf("Better answer");
    const contestants = base === undefined ? [] : varied(base, name, values.join(", ")).contestants;
    return { title, text, contestants, labels: values };
  });
}
