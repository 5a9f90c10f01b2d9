/**
 * The files that a run is exported as: what the dialog "Export" asks for, one at a time.
 *
 * @typedef {import("../run.js").Run} Run
 * @typedef {import("../../protocol/requests.js").Request} Request
 * @typedef {import("../../protocol/requests.js").Replies} Replies
 * @typedef {import("./pytorch.js").Scripted} Scripted
 *
 * Asks the worker; throws what it refuses.
 * @typedef {<T extends Request["type"]>(request: Extract<Request, {type: T}>) => Promise<Replies[T]>} Ask
 *
 * @typedef {{run: Run, scripted: () => Promise<Scripted>, ask: Ask}} Source
 * @typedef {string | Uint8Array<ArrayBuffer>} Content
 * @typedef {{ending: string, type: string, content: (source: Source) => Content | Promise<Content>}} Kind
 * @typedef {keyof typeof KINDS} KindName
 * @typedef {{name: string, type: string, content: Content}} ExportFile
 */
import { isUnderWay } from "../run.js";
import { curvesSvg } from "./curves-svg.js";
import { notebook } from "./notebook.js";
import { notebookCheck, plainDescent, whyNoCheck } from "./notebook-check.js";
import { onnxFile } from "./onnx.js";
import { fileStem } from "./python.js";
import { pytorchScript } from "./pytorch.js";
import { epochsCsv, runJson } from "./tables.js";
import { weightsFile } from "./weights.js";

/** As many as the script compares. */
const N_IMAGES = 10;

const BINARY = "application/octet-stream";

/** @satisfies {Record<string, Kind>} */
const KINDS = {
  safetensors: {
    ending: ".safetensors",
    type: BINARY,
    content: async ({ scripted }) => weightsFile((await scripted()).exported),
  },
  pytorch: { ending: ".py", type: "text/x-python", content: async ({ scripted }) => pytorchScript(await scripted()) },
  notebook: {
    ending: ".ipynb",
    type: "application/x-ipynb+json",
    content: async ({ run, scripted }) => notebook({ ...(await scripted()), epochs: run.epochs }),
  },
  onnx: { ending: ".onnx", type: BINARY, content: async ({ scripted }) => onnxFile((await scripted()).exported) },
  json: { ending: ".json", type: "application/json", content: ({ run }) => runJson(run) },
  csv: { ending: ".csv", type: "text/csv", content: ({ run }) => epochsCsv(run) },
  svg: { ending: ".svg", type: "image/svg+xml", content: ({ run }) => curvesSvg(run) },
  check: { ending: "", type: "text/x-python", content: checkProgram },
};

/**
 * @param {KindName} kind
 * @param {Run} run
 * @param {Ask} ask
 * @returns {Promise<ExportFile>} throws where the worker has not what it needs, such as weights that are gone
 */
export async function exportFile(kind, run, ask) {
  const { ending, type, content } = KINDS[kind];
  const made = await content({ run, ask, scripted: () => scriptedOf(run, ask) });
  return { name: kind === "check" ? "check_my_network.py" : fileStem(run.name) + ending, type, content: made };
}

/** @param {Run} run @param {Ask} ask @returns {Promise<Scripted>} */
async function scriptedOf(run, ask) {
  const { id, name, recipe, network, weights, handSet } = run;
  // While a run is under way, it is of the end of an earlier part.
  const checksum = isUnderWay(run) ? null : run.checksum;
  const { parameters, images } = await ask({ type: "export", run: id, weights, nImages: N_IMAGES });
  const exported = { name, recipe, network, checksum, parameters };
  return { exported, answered: images, isHandSet: handSet.length > 0 };
}

/** @param {Source} source */
async function checkProgram({ run, ask }) {
  const why = whyNoCheck(run.recipe);
  if (why !== "") throw new Error(`There is no check of this network: ${why}.`);
  const response = await fetch(new URL("./check_my_network.py", import.meta.url));
  if (!response.ok) throw new Error(`check_my_network.py could not be loaded (${response.status})`);
  const descent = plainDescent(run.recipe);
  const updates = await ask({ type: "firstUpdates", ...descent });
  return notebookCheck(await response.text(), run.name, descent, updates);
}
