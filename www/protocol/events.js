/**
 * What the worker tells the page unasked: one union, told apart by `type`.
 *
 * @typedef {import("../wasm/hellonn.js").EpochReport} EpochReport
 * @typedef {import("./requests.js").Evaluation} Evaluation
 * @typedef {import("./requests.js").RunSummary} RunSummary
 *
 * The worker alone decides the state. "ready" is an untrained network, "stopped" one whose training was given up;
 * "empty" is no network at all.
 * @typedef {"ready" | "training" | "paused" | "finished" | "stopped" | "diverged"} RunState
 * @typedef {RunState | "empty"} TrainerState
 *
 * One point of the curves: the mean over `nBatches` batches up to `x`, counted in epochs.
 * @typedef {{x: number, nBatches: number, loss: number, accuracy: number}} BatchPoint
 *
 * @typedef {{type: "loadProgress", loadedBytes: number, totalBytes: number | null}} LoadProgressEvent
 *
 * Events of a run carry its id, `run`.
 * @typedef {{type: "state", run: string, state: RunState, summary: RunSummary, memoryBytes: number}} StateEvent
 * @typedef {{type: "empty", memoryBytes: number}} EmptyEvent Whatever network there was is gone with its data.
 * @typedef {object} ProgressEvent At most about 20 a second.
 * @property {"progress"} type
 * @property {string} run
 * @property {number} epoch 1-based, the one being trained
 * @property {number} fraction of the whole run, 0 to 1
 * @property {number} imagesPerSecond
 * @property {number | null} secondsLeft
 * @property {boolean} validating
 * @property {number} learningRate that the schedule has come to
 * @property {BatchPoint[]} points since the last progress
 * @property {number} memoryBytes
 * @typedef {EpochReport & {seconds: number, bestEpoch: number | null}} Epoch `seconds` leaves pauses out; `bestEpoch`
 *   so far, where the run may stop early
 * @typedef {{type: "epochs", run: string, epochs: Epoch[]}} EpochsEvent Those that ended since the last: of a small set
 *   many do at once.
 * @typedef {Evaluation & {type: "evaluation", run: string, nTotal: number, atEpoch: number,
 *   answers: Uint8Array<ArrayBuffer> | null}} EvaluationEvent `atEpoch` that the weights come from; 0: untrained;
 *   `answers` a class for each test image, once all are answered
 * What a run comes back from: its checkpoint, the epochs that ended, the seconds of the one that had not.
 * @typedef {{checkpoint: Uint8Array<ArrayBuffer>, epochs: Epoch[], secondsInEpoch: number}} Weights
 * @typedef {{type: "weights", run: string, checksum: string, weights: Weights | null}} WeightsEvent A run is over, and
 *   this is what came of it; `weights` null: the store has them.
 * @typedef {{type: "notKept", run: string, message: string}} NotKeptEvent The store took nothing.
 *
 * @typedef {StateEvent | ProgressEvent | EpochsEvent | EvaluationEvent | WeightsEvent} RunEvent
 *
 * @typedef {{type: "crashed", message: string}} CrashedEvent
 *
 * @typedef {RunEvent | NotKeptEvent | LoadProgressEvent | EmptyEvent | CrashedEvent} WorkerEvent
 *
 * The worker begins with one of these: it has what it needs, or can never have it, and says why in a sentence.
 * @typedef {{type: "started"} | {type: "unable", message: string}} BeginningMessage
 *
 * @typedef {(
 *   WorkerEvent |
 *   BeginningMessage |
 *   {type: "reply", id: number, value: unknown} |
 *   {type: "failure", id: number, message: string, field: string | undefined,
 *     others?: import("./requests.js").FieldError[] | undefined}
 * )} WorkerMessage
 */
export {};
