/**
 * The files that a run is exported as.
 * @typedef {import("./pytorch.js").Scripted} Scripted
 * @typedef {import("../../protocol/events.js").Epoch} Epoch
 * @typedef {Scripted & {epochs: readonly Epoch[]}} Export
 * @typedef {{name: string, type: string, content: string | Uint8Array<ArrayBuffer>}} ExportFile
 */
import { notebook } from "./notebook.js";
import { onnxFile } from "./onnx.js";
import { fileStem } from "./python.js";
import { pytorchScript } from "./pytorch.js";
import { weightsFile } from "./weights.js";

/** Each by itself, as it is asked for. @type {Record<string, (run: Export) => ExportFile>} */
export const FILES = {
  safetensors: ({ exported }) => ({
    name: `${fileStem(exported.name)}.safetensors`,
    type: "application/octet-stream",
    content: weightsFile(exported),
  }),
  onnx: ({ exported }) => ({
    name: `${fileStem(exported.name)}.onnx`,
    type: "application/octet-stream",
    content: onnxFile(exported),
  }),
  pytorch: (run) => ({
    name: `${fileStem(run.exported.name)}.py`,
    type: "text/x-python",
    content: pytorchScript(run),
  }),
  notebook: (run) => ({
    name: `${fileStem(run.exported.name)}.ipynb`,
    type: "application/x-ipynb+json",
    content: notebook(run),
  }),
};

/** All of them. @param {Export} run */
export function exportFiles(run) {
  return Object.values(FILES).map((file) => file(run));
}
