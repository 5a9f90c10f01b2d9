/**
 * A run as a Jupyter notebook, nbformat 4.5: its curves, and what the PyTorch script has, cell by cell.
 * @typedef {import("../../protocol/events.js").Epoch} Epoch
 * @typedef {import("./pytorch.js").Scripted & {epochs: readonly Epoch[]}} Noted
 */
import { pythonNumber, pythonText } from "./python.js";
import { pytorchParts } from "./pytorch.js";

/** @param {Noted} noted @returns {string} JSON */
export function notebook(noted) {
  const parts = pytorchParts(noted);
  const { name } = noted.exported;
  const hasAnswers = parts.answers !== "";
  const load = `model = build_model()
# Where the weights lie: the file that HelloNN exports beside this notebook.
load_weights(model, ${pythonText(`${parts.stem}.safetensors`)})
`;
  const cells = [
    markdown(`# ${inMarkdown(name)}

A network that HelloNN trained, in PyTorch. This notebook needs torch, numpy, safetensors and matplotlib.`),
    code(`${parts.imports()}import matplotlib.pyplot as plt\n`, parts.constants),
    ...(noted.epochs.length > 0 ? [markdown("## How it went"), code(curves(noted.epochs))] : []),
    markdown("## The network, with its weights"),
    code(parts.model, parts.start, parts.weights),
    code(load),
    ...(hasAnswers ? [markdown("Does it answer as it does in HelloNN?"), code(parts.answers), code(parts.check)] : []),
    ...(hasAnswers ? [code("check(model)\n")] : []),
    markdown("## Training on"),
    code(parts.data, `${parts.notes}\n`, ...parts.training),
    code(TRAIN_ON(parts.stem)),
  ];
  const whole = { cells: cells.map(withId), metadata: METADATA, nbformat: 4, nbformat_minor: 5 };
  return `${JSON.stringify(whole, null, 1)}\n`;
}

const METADATA = {
  kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
  language_info: { name: "python" },
};

/** @param {string} stem */
const TRAIN_ON = (
  stem,
) => `# A folder with MNIST's files, or others like them: train-images…, train-labels…, t10k-images…, t10k-labels….
DATA = None

if DATA is not None:
    # start_again(model) would begin with new weights.
    train(model, *read_set(DATA, "train"))
    images, labels = read_set(DATA, "t10k", "test")
    loss, n_right = evaluate(model, images, labels)
    print(f"test loss {loss:.6f}, accuracy {n_right / len(labels):.2%}")
    # HelloNN opens this file.
    save_weights(model, ${pythonText(`${stem}-trained.safetensors`)})
`;

/** @param {readonly Epoch[]} epochs */
function curves(epochs) {
  const hasValidation = epochs.some(({ validationLoss }) => validationLoss !== null);
  const value = (/** @type {number | null} */ each) => (each === null ? "None" : pythonNumber(each));
  const rows = epochs.map((each) => {
    const { epoch, trainingLoss, trainingAccuracy, validationLoss, validationAccuracy, seconds } = each;
    const values = [trainingLoss, trainingAccuracy, validationLoss, validationAccuracy, Number(seconds.toFixed(3))];
    return `    (${[epoch, ...values.map(value)].join(", ")}),`;
  });
  return `# As HelloNN measured it: epoch, training loss and accuracy, validation loss and accuracy, seconds.
HISTORY = [
${rows.join("\n")}
]

epochs = [row[0] for row in HISTORY]
figure, (losses, accuracies) = plt.subplots(1, 2, figsize=(10, 3.5))
for axes, title, column in [(losses, "Loss", 1), (accuracies, "Accuracy", 2)]:
    axes.plot(epochs, [row[column] for row in HISTORY], marker=".", label="training")
${hasValidation ? '    axes.plot(epochs, [row[column + 2] for row in HISTORY], marker=".", label="validation")\n' : ""}\
    axes.set(title=title, xlabel="epoch")
    axes.grid(alpha=0.3)
    axes.legend()
plt.show()
`;
}

/** @typedef {{cell_type: string, metadata: {}, source: string[]}} Cell */

/** @param {string} text @returns {Cell} */
const markdown = (text) => ({ cell_type: "markdown", metadata: {}, source: lines(text) });

/** @param {...string} parts @returns {Cell & {execution_count: null, outputs: never[]}} */
const code = (...parts) => ({
  cell_type: "code",
  execution_count: null,
  metadata: {},
  outputs: [],
  source: lines(
    parts
      .filter(Boolean)
      .map((part) => part.trimEnd())
      .join("\n\n\n"),
  ),
});

/** As notebooks keep text: a line each, with its end. @param {string} text */
const lines = (text) => text.trimEnd().split(/(?<=\n)/);

/** @template {Cell} C @param {C} cell @param {number} i */
const withId = (cell, i) => ({ id: `cell-${i + 1}`, ...cell });

/** Words that are no mark-up, whatever they say. @param {string} text */
function inMarkdown(text) {
  const words = text.replace(/\p{Surrogate}/gu, "\ufffd").replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ");
  return words.trim().replace(/[!-/:-@[-`{-~]/g, (mark) => `&#${mark.codePointAt(0)};`);
}
