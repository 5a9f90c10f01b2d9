"""A network that HelloNN trained, in PyTorch: it checks its outputs against HelloNN's, and trains on.

    python hellonn-better-answer.py                  checks the weights of hellonn-better-answer.safetensors beside it
    python hellonn-better-answer.py --data FOLDER    then trains on, with MNIST's files (or others like them) in the folder
    torchrun --nproc_per_node 2 hellonn-better-answer.py --data FOLDER    the same in two processes

It needs torch, numpy and safetensors. HelloNN opens the weights that it saves.
"""

import argparse
import base64
import copy
import gzip
import math
import os
import struct
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F

# Better answer
RUN = "Better answer"
# All that decides how the run goes, as HelloNN reads it.
RECIPE = (
    "{\n"
    '  "layers": [\n'
    '    { "kind": "dense", "units": 128, "bias": true },\n'
    '    { "kind": "relu" },\n'
    '    { "kind": "dense", "units": 64, "bias": true },\n'
    '    { "kind": "relu" },\n'
    '    { "kind": "dense", "units": 10, "bias": true }\n'
    "  ],\n"
    '  "start": "heNormal",\n'
    '  "loss": { "kind": "crossEntropy", "labelSmoothing": 0 },\n'
    '  "optimizer": { "kind": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8 },\n'
    '  "learningRate": 0.001,\n'
    '  "schedule": { "kind": "constant" },\n'
    '  "weightDecay": 0,\n'
    '  "l1": 0,\n'
    '  "clipNorm": null,\n'
    '  "batchSize": 64,\n'
    '  "epochs": 5,\n'
    '  "shuffle": true,\n'
    '  "augmentation": { "shift": 0, "rotation": 0, "scale": 0, "shear": 0, "elastic": { "strength": 0, "smoothness": 4 }, "thickness": 0, "noise": 0 },\n'
    '  "validationImages": 5000,\n'
    '  "earlyStopping": null,\n'
    '  "seed": 1\n'
    "}\n"
)

EPOCHS = 5
BATCH_SIZE = 64
LEARNING_RATE = 0.001
VALIDATION_IMAGES = 5000
SEED = 1


def build_model():
    return nn.Sequential(
        nn.Linear(784, 128),
        nn.ReLU(),
        nn.Linear(128, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )


def scores(model, images):
    """What the network says of images (n, 1, rows, columns) from 0 to 1: (n, classes)."""
    return model(images.flatten(1))


def start_again(model):
    """Draws new weights, as the recipe starts its network."""
    for part in model:
        if isinstance(part, (nn.Linear, nn.Conv2d)):
            nn.init.kaiming_normal_(part.weight, nonlinearity="relu")
            if part.bias is not None:
                nn.init.zeros_(part.bias)
        elif isinstance(part, (nn.BatchNorm1d, nn.BatchNorm2d)):
            part.reset_parameters()


def load_weights(model, path):
    """Takes the weights of a safetensors file; says which name or shape does not fit."""
    found = load_file(path)
    # Of batch normalisation, HelloNN keeps what PyTorch does, but for the number of batches so far.
    missing = model.load_state_dict(found, strict=False)
    lacking = [name for name in missing.missing_keys if not name.endswith("num_batches_tracked")]
    if lacking or missing.unexpected_keys:
        raise SystemExit(f"{path} is of another network: it lacks {lacking}, and has {missing.unexpected_keys}")


def save_weights(model, path):
    """A file that HelloNN opens again, with its recipe in it."""
    tensors = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
    save_file(tensors, path, metadata={"format": "pt", "hellonn": RECIPE, "hellonn.name": RUN})


def check(model):
    """Compares the network's outputs with HelloNN's."""
    images = torch.from_numpy(IMAGES.copy()).float() / 255
    model.eval()
    with torch.no_grad():
        found = scores(model, images)
        exact = scores(copy.deepcopy(model).double(), images.double())
    apart = lambda a, b: ((a - b).abs() / b.abs().clamp(min=1)).nan_to_num(0).max().item()
    difference, rounding = apart(found, ANSWERS), apart(found, exact)
    print(f"{len(IMAGES)} images: the outputs differ from HelloNN's by at most {difference:.1e}")
    if difference > max(1e-5, 4 * rounding) or not torch.equal(found.isfinite(), ANSWERS.isfinite()):
        raise SystemExit(f"That is more than rounding ({rounding:.1e}): this is not the network that HelloNN had.")


def read_idx(path):
    """The array in a file of MNIST's format, gzipped or not."""
    data = path.read_bytes()
    if data[:2] == bytes([0x1F, 0x8B]):
        data = gzip.decompress(data)
    n_dimensions = data[3]
    shape = struct.unpack_from(f">{n_dimensions}I", data, 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * n_dimensions).reshape(shape)


def read_set(folder, *beginnings):
    """Images (n, 1, rows, columns) from 0 to 1, and labels, of the files whose names begin so."""
    paths = [path for path in sorted(Path(folder).iterdir()) if path.name.lower().startswith(beginnings)]
    arrays = [read_idx(path) for path in paths]
    images = [array for array in arrays if array.ndim == 3]
    labels = [array for array in arrays if array.ndim == 1]
    if len(images) != 1 or len(labels) != 1:
        raise SystemExit(f"{folder}: expected one file of images and one of labels named {beginnings}…, found {paths}")
    return torch.from_numpy(images[0].copy()).float().unsqueeze(1) / 255, torch.from_numpy(labels[0].copy()).long()


# Training. Where PyTorch and HelloNN differ:
# - Random numbers: HelloNN's come from xoshiro256++, PyTorch's from generators of its own. What is
#   drawn here is as likely, but not the same.
# - The optimizer begins without a memory of earlier gradients: a file of weights has none.
# - HelloNN has set other images aside for validation: the weights may have learnt from those that
#   are set aside here.


def loss_of(outputs, labels):
    return F.cross_entropy(outputs, labels)


def make_optimizer(model):
    """Weight decay is for weights alone, not for biases nor for batch normalisation."""
    groups = [
        {"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": 0},
        {"params": [p for p in model.parameters() if p.dim() == 1], "weight_decay": 0.0},
    ]
    groups = [group for group in groups if group["params"]]
    return torch.optim.Adam(groups, lr=LEARNING_RATE, betas=(0.9, 0.999), eps=1e-8)


def share_of_rate(i, per_epoch, epochs):
    """The share of the learning rate that update i, from 0, uses."""
    return 1.0


def evaluate(model, images, labels):
    """The mean loss, and how many answers are right."""
    model.eval()
    loss, n_right = 0.0, 0
    with torch.no_grad():
        for x, y in zip(images.split(1000), labels.split(1000)):
            outputs = scores(model, x)
            loss += loss_of(outputs, y).item() * len(y)
            n_right += (outputs.argmax(1) == y).sum().item()
    return loss / len(labels), n_right


def train(model, images, labels, epochs=EPOCHS, rank=0, n_processes=1):
    """Trains as the recipe says. Of several processes, each takes its share of every batch."""
    generator = torch.Generator().manual_seed(SEED)
    torch.manual_seed(SEED + rank)
    n_validation = min(VALIDATION_IMAGES, len(images) // 12)
    shuffled = torch.randperm(len(images), generator=generator)
    validation, training = shuffled[:n_validation], shuffled[n_validation:].sort().values
    parallel = nn.parallel.DistributedDataParallel(model) if n_processes > 1 else model
    optimizer = make_optimizer(model)
    per_epoch = math.ceil(len(training) / BATCH_SIZE)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: share_of_rate(i, per_epoch, epochs))
    for epoch in range(1, epochs + 1):
        begun = time.perf_counter()
        parallel.train()
        sums = torch.zeros(3, dtype=torch.float64)
        for batch in training[torch.randperm(len(training), generator=generator)].split(BATCH_SIZE):
            share = batch[rank::n_processes]
            if len(batch) < n_processes:
                continue
            x, y = images[share], labels[share]
            outputs = scores(parallel, x)
            loss = loss_of(outputs, y)
            optimizer.zero_grad()
            # The mean over the batch, of which DistributedDataParallel takes the mean over the processes.
            (loss * (len(share) * n_processes / len(batch))).backward()
            optimizer.step()
            scheduler.step()
            n_right = (outputs.argmax(1) == y).sum()
            sums += torch.tensor([loss.item() * len(share), n_right, len(share)], dtype=torch.float64)
        if n_processes > 1:
            torch.distributed.all_reduce(sums)
        line = f"epoch {epoch}/{epochs}  training loss {sums[0] / sums[2]:.6f}, accuracy {sums[1] / sums[2]:.2%}"
        if n_validation > 0:
            loss, n_right = evaluate(model, images[validation], labels[validation])
            line += f"  validation loss {loss:.6f}, accuracy {n_right / n_validation:.2%}"
        if rank == 0:
            print(f"{line}  {time.perf_counter() - begun:.1f} s", flush=True)


def main():
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
        if rank == 0:
            check(model)
    if arguments.data is None:
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


# The first 2 images of the test set, a byte a pixel, and what HelloNN's network says of them.
IMAGES = np.frombuffer(base64.b64decode((
    "AAAAAAAAAAAACQAAAAAAAAAAEgAAAAAAAAAAGwAAAAAAAAAAJAAAAAAAAAAALQAAAAAAAAAANgAAAAAAAAAAPwAAAAAAAAAASAAA"
    "AAAAAAAAUQAAAAAAAAAAWgAAAAAAAAAAYwAAAAAAAAAAbAAAAAAAAAAAdQAAAAAAAAAAfgAAAAAAAAAAhwAAAAAAAAAAkAAAAAAA"
    "AAAAmQAAAAAAAAAAogAAAAAAAAAAqwAAAAAAAAAAtAAAAAAAAAAAvQAAAAAAAAAAxgAAAAAAAAAAzwAAAAAAAAAA2AAAAAAAAAAA"
    "4QAAAAAAAAAA6gAAAAAAAAAA8wAAAAAAAAAA/AAAAAAAAAAABQAAAAAAAAAADgAAAAAAAAAAFwAAAAAAAAAAIAAAAAAAAAAAKQAA"
    "AAAAAAAAMgAAAAAAAAAAOwAAAAAAAAAARAAAAAAAAAAATQAAAAAAAAAAVgAAAAAAAAAAXwAAAAAAAAAAaAAAAAAAAAAAcQAAAAAA"
    "AAAAegAAAAAAAAAAgwAAAAAAAAAAjAAAAAAAAAAAlQAAAAAAAAAAngAAAAAAAAAApwAAAAAAAAAAsAAAAAAAAAAAuQAAAAAAAAAA"
    "wgAAAAAAAAAAywAAAAAAAAAA1AAAAAAAAAAA3QAAAAAAAAAA5gAAAAAAAAAA7wAAAAAAAAAA+AAAAAAAAAAAAQAAAAAAAAAACgAA"
    "AAAAAAAAEwAAAAAAAAAAHAAAAAAAAAAAJQAAAAAAAAAALgAAAAAAAAAANwAAAAAAAAAAQAAAAAAAAAAASQAAAAAAAAAAUgAAAAAA"
    "AAAAWwAAAAAAAAAAZAAAAAAAAAAAbQAAAAAAAAAAdgAAAAAAAAAAfwAAAAAAAAAAiAAAAAAAAAAAkQAAAAAAAAAAmgAAAAAAAAAA"
    "owAAAAAAAAAArAAAAAAAAAAAtQAAAAAAAAAAvgAAAAAAAAAAxwAAAAAAAAAA0AAAAAAAAAAA2QAAAAAAAAAA4gAAAAAAAAAA6wAA"
    "AAAAAAAA9AAAAAAAAAAA/QAAAAAAAAAABgAAAAAAAAAADwAAAAAAAAAAGAAAAAAAAAAAIQAAAAAAAAAAKgAAAAAAAAAAMwAAAAAA"
    "AAAAPAAAAAAAAAAARQAAAAAAAAAATgAAAAAAAAAAVwAAAAAAAAAAYAAAAAAAAAAAaQAAAAAAAAAAcgAAAAAAAAAAewAAAAAAAAAA"
    "hAAAAAAAAAAAjQAAAAAAAAAAlgAAAAAAAAAAnwAAAAAAAAAAqAAAAAAAAAAAsQAAAAAAAAAAugAAAAAAAAAAwwAAAAAAAAAAzAAA"
    "AAAAAAAA1QAAAAAAAAAA3gAAAAAAAAAA5wAAAAAAAAAA8AAAAAAAAAAA+QAAAAAAAAAAAgAAAAAAAAAACwAAAAAAAAAAFAAAAAAA"
    "AAAAHQAAAAAAAAAAJgAAAAAAAAAALwAAAAAAAAAAOAAAAAAAAAAAQQAAAAAAAAAASgAAAAAAAAAAUwAAAAAAAAAAXAAAAAAAAAAA"
    "ZQAAAAAAAAAAbgAAAAAAAAAAdwAAAAAAAAAAgAAAAAAAAAAAiQAAAAAAAAAAkgAAAAAAAAAAmwAAAAAAAAAApAAAAAAAAAAArQAA"
    "AAAAAAAAtgAAAAAAAAAAvwAAAAAAAAAAyAAAAAAAAAAA0QAAAAAAAAAA2gAAAAAAAAAA4wAAAAAAAAAA7AAAAAAAAAAA9QAAAAAA"
    "AAAA/gAAAAAAAAAABwAAAAAAAAAAEAAAAAAAAAAAGQAAAAAAAAAAIgAAAAAAAAAAKwAAAAAAAAAANAAAAAAAAAAAPQAAAAAAAAAA"
    "RgAAAAAAAAAATwAAAAAAAAAAWAAAAAAAAAAAYQAAAAAAAAAAagAAAAAAAAAAcwAAAAAAAAAAfAAAAAAAAAAAhQAAAAAAAAAAjgAA"
    "AAAAAAAAlwAAAAAAAAAAoAAAAAAAAAAAqQAAAAAAAAAAsgAAAAAAAAAAuwAAAAAAAAAAxAAAAAAAAAAAzQAAAAAAAAAA1gAAAAAA"
    "AAAA3wAAAAAAAAAA6AAAAAAAAAAA8QAAAAAAAAAA+gAAAAAAAAAAAwAAAAAAAAAADAAAAAAAAAAAFQAAAAAAAAAAHgA="
)), np.uint8).reshape(2, 1, 28, 28)
ANSWERS = torch.tensor([
    [-1, -0.857142866, -0.714285731, -0.571428597, -0.428571433, -0.285714298, -0.142857149, 0, 0.142857149, 0.285714298],
    [0.428571433, 0.571428597, 0.714285731, 0.857142866, 1, 1.14285719, 1.28571427, 1.42857146, 1.57142854, 1.71428573],
])


if __name__ == "__main__":
    main()
