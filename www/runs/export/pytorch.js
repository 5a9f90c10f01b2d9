/**
 * A run as a PyTorch script of its own: the same network, with the same weights, that trains on by the same recipe.
 *
 * @typedef {import("./weights.js").Exported} Exported
 * @typedef {import("../../protocol/requests.js").AnsweredImages} AnsweredImages
 *
 * @typedef {object} Scripted
 * @property {Exported} exported
 * @property {AnsweredImages | null} answered null: there is nothing to check the outputs with
 * @property {boolean} isHandSet whether somebody set the learning rate while it trained
 */
import { writeRecipe } from "../../recipe/json.js";
import { comment, fileStem, inComment, pythonLines, pythonNumber, pythonText } from "./python.js";
import { EVALUATION_PART, loopPart } from "./pytorch-loop.js";
import { answersPart, CHECK_PART, modelPart, startPart, WEIGHTS_PART } from "./pytorch-model.js";
import { differences } from "./pytorch-notes.js";
import { augmentationPart, DATA_PART, lossPart, optimizerPart, schedulePart } from "./pytorch-training.js";
import { modulesOf, sizeOf } from "./tensors.js";

/** @param {Scripted} scripted */
export function pytorchScript(scripted) {
  const parts = pytorchParts(scripted);
  const { imports, constants, model, start, weights, answers, check, notes, data, training, stem } = parts;
  const file = `${stem}.py`;
  return [
    `"""A network that HelloNN trained, in PyTorch: it checks its outputs against HelloNN's, and trains on.

    python ${file}                  checks the weights of ${stem}.safetensors beside it
    python ${file} --data FOLDER    then trains on, with MNIST's files (or others like them) in the folder
    torchrun --nproc_per_node 2 ${file} --data FOLDER    the same in two processes

It needs torch, numpy and safetensors. HelloNN opens the weights that it saves.
"""

${imports("argparse", "os")}
${constants}`,
    model,
    start,
    weights,
    answers === "" ? "" : check,
    data,
    `${notes}\n\n\n${training[0]}`,
    ...training.slice(1),
    mainPart(answers !== ""),
    answers,
  ]
    .filter(Boolean)
    .map((part) => part.trimEnd())
    .join("\n\n\n")
    .concat('\n\n\nif __name__ == "__main__":\n    main()\n');
}

/** What a script and a notebook are made of. @param {Scripted} scripted */
export function pytorchParts({ exported, answered, isHandSet }) {
  const { name, recipe, network } = exported;
  const modules = modulesOf(recipe.layers, network);
  const nClasses = sizeOf(modules.at(-1)?.outputShape ?? []);
  const varied = augmentationPart(recipe.augmentation ?? {});
  const answers = answered === null ? "" : answersPart(answered, network.inputShape, nClasses);
  const standard = ["base64", "copy", "gzip", "math", "struct", "time"];
  return {
    stem: fileStem(name),
    imports: (/** @type {string[]} */ ...more) => `${[...standard, ...more]
      .sort()
      .map((each) => `import ${each}\n`)
      .join("")}from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F
`,
    constants: `# ${inComment(name)}
RUN = ${pythonText(name)}
# All that decides how the run goes, as HelloNN reads it.
RECIPE = ${pythonLines(writeRecipe(recipe))}

EPOCHS = ${recipe.epochs}
BATCH_SIZE = ${recipe.batchSize}
LEARNING_RATE = ${pythonNumber(recipe.learningRate)}
VALIDATION_IMAGES = ${recipe.validationImages ?? 0}
SEED = ${recipe.seed ?? 0}
`,
    model: modelPart(modules),
    start: startPart(recipe.start),
    weights: WEIGHTS_PART,
    answers,
    check: CHECK_PART,
    notes: `${comment("Training. Where PyTorch and HelloNN differ:")}\n${differences(recipe, isHandSet)}`,
    data: DATA_PART,
    training: [
      lossPart(recipe.loss),
      optimizerPart(recipe),
      schedulePart(recipe.schedule ?? { kind: "constant" }),
      varied,
      EVALUATION_PART,
      loopPart(recipe, varied !== ""),
    ].filter(Boolean),
  };
}

/** @param {boolean} checks */
function mainPart(checks) {
  return `def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = Path(__file__)
    parser.add_argument("--weights", type=Path, default=here.with_suffix(".safetensors"), help="to begin with")
    parser.add_argument("--from-scratch", action="store_true", help="begin with new weights, as the recipe does")
    parser.add_argument("--data", type=Path, help="folder with train-images…, train-labels…, t10k-images… and so on")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--limit", type=int, help="train on so many images only, for a first try")
    parser.add_argument("--save", type=Path, default=here.with_name(f"{here.stem}-trained.safetensors"))
    arguments = parser.parse_args()
    rank, n_processes = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))

    model = build_model()
    if arguments.from_scratch:
        torch.manual_seed(SEED)
        start_again(model)
    else:
        load_weights(model, arguments.weights)
${checks ? "        if rank == 0:\n            check(model)\n" : ""}    if arguments.data is None:
        return
    if n_processes > BATCH_SIZE:
        raise SystemExit(f"A batch of {BATCH_SIZE} cannot be shared by {n_processes} processes.")
    if n_processes > 1:
        torch.distributed.init_process_group("gloo")
    images, labels = read_set(arguments.data, "train")
    train(model, images[: arguments.limit], labels[: arguments.limit], arguments.epochs, rank, n_processes)
    if rank == 0:
        loss, n_right = evaluate(model, *(test := read_set(arguments.data, "t10k", "test")))
        n = len(test[1])
        print(f"test loss {loss:.6f}, accuracy {n_right / n:.2%} ({n_right}/{n})")
        save_weights(model, arguments.save)
        print(f"saved as {arguments.save}")
    if n_processes > 1:
        torch.distributed.destroy_process_group()
`;
}
