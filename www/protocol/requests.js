/**
 * What the page asks of the worker, and what it is answered: one union, told apart by `type`.
 * Requests carry an `id` on the wire and are answered once, by a reply or a failure with that id.
 *
 * @typedef {import("../wasm/hellonn.js").Recipe} Recipe
 * @typedef {import("../wasm/hellonn.js").DataShape} DataShape
 * @typedef {import("../wasm/hellonn.js").DataSummary} DataSummary
 * @typedef {import("../wasm/hellonn.js").NetworkSummary} NetworkSummary
 * @typedef {import("../wasm/hellonn.js").RunSummary} RunSummary
 * @typedef {import("../wasm/hellonn.js").Evaluation} Evaluation
 * @typedef {import("../wasm/hellonn.js").Prediction} Prediction
 * @typedef {import("../wasm/hellonn.js").Drawing} Drawing
 * @typedef {import("../wasm/hellonn.js").Augmentation} Augmentation
 * @typedef {import("../wasm/hellonn.js").Samples} Samples
 * @typedef {import("../wasm/hellonn.js").LayerSummary} LayerSummary
 * @typedef {import("../wasm/hellonn.js").LayersSummary} LayersSummary
 * @typedef {import("../wasm/hellonn.js").FieldError} FieldError
 * @typedef {import("../wasm/hellonn.js").Preset} Preset
 * @typedef {import("../wasm/hellonn.js").VerdictQuestion} VerdictQuestion
 * @typedef {import("../wasm/hellonn.js").Verdict} Verdict
 * @typedef {import("../wasm/hellonn.js").AnswersCompared} AnswersCompared
 * @typedef {import("../wasm/hellonn.js").GroupSummary} GroupSummary
 * @typedef {import("./events.js").Weights} Weights
 *
 * @typedef {{kind: "bundled"} | {kind: "files", files: File[]}} DataSource
 *
 * What the files of an export are made of.
 * @typedef {object} Parts
 * @property {Float32Array<ArrayBuffer>} parameters as the checkpoint has them, one after another
 * @property {AnsweredImages | null} images null: the data that is loaded has none for this network
 * @property {string} complaint why there are none, or ""
 *
 * `numbers`: the network's outputs for the images before the first update, and its parameters then; of each of three
 * updates the loss, what each layer put out, the loss's gradients by that, and those by each parameter. Each update is
 * of the next `batchSize` images, after the last of the first again.
 * @typedef {{pixels: Uint8Array, labels: Uint8Array, batchSize: number, numbers: Float32Array}} FirstUpdates
 *
 * The first images of the set, and the network's outputs for them, as they are, an image a row.
 * @typedef {{set: "test" | "training", pixels: Uint8Array, labels: Uint8Array, outputs: Float32Array}} AnsweredImages
 *
 * What several runs scored, as shares, and Wilson's 95 % interval of one that scored their mean.
 * @typedef {{summary: GroupSummary, low: number, high: number}} ScoresSummary
 *
 * @typedef {(
 *   {type: "presets", data: DataShape} |
 *   {type: "load", source: DataSource} |
 *   {type: "samples", indices: Uint32Array, set?: "training" | "test"} |
 *   {type: "augmentedSamples", augmentation: Augmentation, indices: Uint32Array, seed: number} |
 *   {type: "describe", recipe: Recipe} |
 *   {type: "describeLayers", layers: Recipe["layers"]} |
 *   {type: "prepare", run: string, recipe: Recipe} |
 *   {type: "reset", run: string, recipe: Recipe} |
 *   {type: "train", run: string, recipe: Recipe} |
 *   {type: "openWeights", run: string, recipe: Recipe, parameters: Float32Array<ArrayBuffer>} |
 *   {type: "export", run: string, weights: Weights | null, nImages: number} |
 *   {type: "open", run: string, weights: Weights | null} |
 *   {type: "continue", run: string, weights: Weights | null, epochs: number | null} |
 *   {type: "keep"} |
 *   {type: "testLabels"} |
 *   {type: "firstUpdates", recipe: Recipe, learningRate: number} |
 *   {type: "verdict", question: VerdictQuestion} |
 *   {type: "compareAnswers", a: Uint8Array, b: Uint8Array} |
 *   {type: "summary", scores: {nCorrect: number, nImages: number}[]} |
 *   {type: "pause"} | {type: "resume"} | {type: "stop"} |
 *   {type: "setLearningRate", rate: number} |
 *   {type: "evaluate"} |
 *   {type: "predict", drawing: Drawing}
 * )} Request
 *
 * @typedef {object} Replies What each request is answered with.
 * @property {Preset[]} presets
 * @property {DataSummary} load
 * @property {Samples} samples of the training set, unless another is named
 * @property {Samples} augmentedSamples the same, changed
 * @property {RunSummary} describe what a run would be
 * @property {LayersSummary} describeLayers
 * @property {void} prepare an untrained network in place of another untrained one; trained weights stay, and the recipe
 *   is only checked
 * @property {void} reset an untrained network in place of whatever there was
 * @property {void} train
 * @property {void} openWeights a stopped run of no epoch, with weights from elsewhere; its checkpoint follows, as that
 *   of each run that ends
 * @property {Parts} export of a run, trained or under way, as its weights were last kept; `weights` as for `open`
 * @property {void} open a run comes back with its weights, and trains no further; `weights` null: from the store
 * @property {void} continue a run goes on where it was, to so many epochs, or as many as it was to have
 * @property {void} keep what would be lost if the page went away now
 * @property {Uint8Array} testLabels of all test images
 * @property {FirstUpdates} firstUpdates of the recipe's network, by plain gradient descent at this rate
 * @property {Verdict} verdict
 * @property {AnswersCompared} compareAnswers with the labels of the test images
 * @property {ScoresSummary} summary of at least one score
 * @property {void} pause
 * @property {void} resume
 * @property {void} stop
 * @property {void} setLearningRate
 * @property {Evaluation | undefined} evaluate undefined: given up, because the network or the data changed
 * @property {(Prediction & {run: string}) | undefined} predict undefined: nothing is drawn
 */
export {};
