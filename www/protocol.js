/**
 * What the page and the worker say to each other: one union each way, told apart by `type`.
 * Requests carry an `id` on the wire and are answered once, by a reply or a failure with that id; events come unasked.
 *
 * @typedef {import("./wasm/hellonn.js").Recipe} Recipe
 * @typedef {import("./wasm/hellonn.js").DataShape} DataShape
 * @typedef {import("./wasm/hellonn.js").DataSummary} DataSummary
 * @typedef {import("./wasm/hellonn.js").NetworkSummary} NetworkSummary
 * @typedef {import("./wasm/hellonn.js").RunSummary} RunSummary
 * @typedef {import("./wasm/hellonn.js").EpochReport} EpochReport
 * @typedef {import("./wasm/hellonn.js").Evaluation} Evaluation
 * @typedef {import("./wasm/hellonn.js").Prediction} Prediction
 * @typedef {import("./wasm/hellonn.js").Drawing} Drawing
 * @typedef {import("./wasm/hellonn.js").Augmentation} Augmentation
 * @typedef {import("./wasm/hellonn.js").Samples} Samples
 * @typedef {import("./wasm/hellonn.js").LayerSummary} LayerSummary
 *
 * The worker alone decides the state. "ready" is an untrained network, "stopped" one whose training was given up.
 * @typedef {"empty" | "ready" | "training" | "paused" | "finished" | "stopped" | "diverged"} TrainerState
 *
 * @typedef {{name: string, recipe: Recipe}} Preset
 * As far as the layers fit: `layers` ends before the one that `error` is about.
 * @typedef {{inputShape: number[], layers: LayerSummary[], nParameters: number | null, error: FieldError | null}} LayersSummary
 * @typedef {{field: string, message: string}} FieldError
 * @typedef {{kind: "bundled"} | {kind: "files", files: File[]}} DataSource
 *
 * @typedef {(
 *   {type: "presets", data: DataShape} |
 *   {type: "load", source: DataSource} |
 *   {type: "samples", indices: Uint32Array} |
 *   {type: "augmentedSamples", augmentation: Augmentation, indices: Uint32Array, seed: number} |
 *   {type: "describe", recipe: Recipe} |
 *   {type: "describeLayers", layers: Recipe["layers"]} |
 *   {type: "check", recipe: Recipe} |
 *   {type: "reset", recipe: Recipe} |
 *   {type: "train", recipe: Recipe} |
 *   {type: "pause"} | {type: "resume"} | {type: "stop"} |
 *   {type: "setLearningRate", rate: number} |
 *   {type: "evaluate"} |
 *   {type: "predict", drawing: Drawing}
 * )} Request
 *
 * @typedef {object} Replies What each request is answered with.
 * @property {Preset[]} presets
 * @property {DataSummary} load
 * @property {Samples} samples of the training set
 * @property {Samples} augmentedSamples the same, changed
 * @property {NetworkSummary} describe
 * @property {LayersSummary} describeLayers
 * @property {void} check an untrained network is made anew after the recipe; a run stays as it is
 * @property {RunSummary} reset whatever ran is given up for an untrained network
 * @property {RunSummary} train
 * @property {void} pause
 * @property {void} resume
 * @property {void} stop
 * @property {void} setLearningRate
 * @property {Evaluation | undefined} evaluate undefined: given up, because the network or the data changed
 * @property {Prediction | undefined} predict undefined: nothing is drawn
 *
 * One point of the curves: the mean over `nBatches` batches up to `x`, counted in epochs.
 * @typedef {{x: number, nBatches: number, loss: number, accuracy: number}} BatchPoint
 *
 * @typedef {{type: "loadProgress", loadedBytes: number, totalBytes: number | null}} LoadProgressEvent
 * @typedef {{type: "state", state: TrainerState, run: RunSummary | null, memoryBytes: number}} StateEvent
 * @typedef {object} ProgressEvent At most about 20 a second.
 * @property {"progress"} type
 * @property {number} epoch 1-based, the one being trained
 * @property {number} fraction of the whole run, 0 to 1
 * @property {number} imagesPerSecond
 * @property {number | null} secondsLeft
 * @property {boolean} validating
 * @property {number} learningRate that the schedule has come to
 * @property {BatchPoint[]} points since the last progress
 * @property {number} memoryBytes
 * @typedef {EpochReport & {seconds: number, bestEpoch: number | null}} Epoch `seconds` leaves pauses out; `bestEpoch` so
 *   far, where the run may stop early
 * @typedef {{type: "epochs", epochs: Epoch[]}} EpochsEvent Those that ended since the last: of a small set many do at once.
 * @typedef {Evaluation & {type: "evaluation", nTotal: number, atEpoch: number}} EvaluationEvent `atEpoch` 0: untrained
 * @typedef {{type: "crashed", message: string}} CrashedEvent
 *
 * @typedef {(
 *   LoadProgressEvent | StateEvent | ProgressEvent | EpochsEvent | EvaluationEvent | CrashedEvent
 * )} WorkerEvent
 *
 * @typedef {(
 *   WorkerEvent |
 *   {type: "reply", id: number, value: unknown} |
 *   {type: "failure", id: number, message: string, field: string | undefined}
 * )} WorkerMessage
 */

/** How long the worker trains before it looks at its messages again: short enough to answer a pen at 60 Hz. */
export const SLICE_MS = 12;

/** The least time between two progress events. */
export const PROGRESS_MS = 50;

/** The files of the built-in data set, relative to the page. */
export const BUNDLED_FILES = [
  "data/train-images-idx3-ubyte.gz",
  "data/train-labels-idx1-ubyte.gz",
  "data/t10k-images-idx3-ubyte.gz",
  "data/t10k-labels-idx1-ubyte.gz",
];
