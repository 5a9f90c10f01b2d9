/**
 * A run's numbers for other programs: all of it as JSON, its epochs as CSV.
 * @typedef {import("../run.js").Run} Run
 */
import { recordOf } from "../record.js";

/**
 * What the list of runs keeps of it, readable; numbers beyond all bounds, which JSON has no words for, are texts.
 * @param {Run} run
 */
export function runJson(run) {
  const { answers, test, ...kept } = recordOf(run);
  // What nobody is to see before the verdict stays out of a file, too.
  const result = run.isSealed
    ? {}
    : { test, answers: answers === null ? null : Array.from(run.answers ?? []).join("") };
  const readable = { program: "HelloNN", ...kept, ...result };
  const text = JSON.stringify(
    readable,
    (_, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value),
    2,
  );
  return `${text}\n`;
}

/** @type {[string, (epoch: Run["epochs"][number]) => number | null][]} */
const COLUMNS = [
  ["Epoch", ({ epoch }) => epoch],
  ["Training loss", ({ trainingLoss }) => trainingLoss],
  ["Training accuracy", ({ trainingAccuracy }) => trainingAccuracy],
  ["Validation loss", ({ validationLoss }) => validationLoss],
  ["Validation accuracy", ({ validationAccuracy }) => validationAccuracy],
  ["Seconds", ({ seconds }) => Number(seconds.toFixed(3))],
];

/** The columns of the table "Epochs", as RFC 4180 has it. @param {Pick<Run, "epochs">} run */
export function epochsCsv({ epochs }) {
  const rows = epochs.map((epoch) => COLUMNS.map(([, value]) => value(epoch) ?? ""));
  return [COLUMNS.map(([name]) => name), ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}
