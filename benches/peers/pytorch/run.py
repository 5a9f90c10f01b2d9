"""PyTorch on the CPU: the recipe's network in `torch.nn`, trained in the loop that its tutorials teach."""

import sys
import time
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from lines import answer_lines, read_mnist

FOLDER = sys.argv[1]
ACTIVATIONS = {
    "relu": lambda layer: nn.ReLU(),
    "leakyRelu": lambda layer: nn.LeakyReLU(layer["slope"]),
    "sigmoid": lambda layer: nn.Sigmoid(),
    "tanh": lambda layer: nn.Tanh(),
}
EVALUATION_BATCH = 1000
bench = None


def network(recipe):
    """The recipe's layers over one image of 28 x 28; a dense layer takes an image as the numbers in it."""
    layers, channels, side = [], 1, 28
    if recipe["layers"][0]["kind"] == "dense":
        channels, side = 784, 1
    for layer in recipe["layers"]:
        kind = layer["kind"]
        if kind == "dense":
            if side > 1:
                layers.append(nn.Flatten())
            layers.append(nn.Linear(channels * side * side, layer["units"]))
            channels, side = layer["units"], 1
        elif kind == "conv2d":
            layers.append(nn.Conv2d(channels, layer["channels"], layer["kernel"]))
            channels, side = layer["channels"], side - layer["kernel"] + 1
        elif kind == "maxPool2d":
            layers.append(nn.MaxPool2d(layer["kernel"]))
            side //= layer["kernel"]
        else:
            layers.append(ACTIVATIONS[kind](layer))
    model = nn.Sequential(*layers)
    if recipe["start"] == "heNormal":
        for weights in [each.weight for each in model if isinstance(each, (nn.Linear, nn.Conv2d))]:
            nn.init.kaiming_normal_(weights, nonlinearity="relu")
        for biases in [each.bias for each in model if isinstance(each, (nn.Linear, nn.Conv2d))]:
            nn.init.zeros_(biases)
    return model


class Bench:
    def __init__(self, recipe, n_images, options):
        torch.manual_seed(1)
        torch.set_num_threads(options["threads"])
        self.recipe = recipe
        self.uses_loader = options["loader"]
        self.is_dense = recipe["layers"][0]["kind"] == "dense"
        self.training = self.data("train", n_images)
        self.test = self.data("t10k", 10_000)
        self.model = network(recipe)
        self.loss = nn.MSELoss() if recipe["loss"]["kind"] == "mse" else nn.CrossEntropyLoss()
        optimizer = recipe["optimizer"]
        if optimizer["kind"] == "adam":
            betas = (optimizer["beta1"], optimizer["beta2"])
            self.optimizer = torch.optim.Adam(
                self.model.parameters(), lr=recipe["learningRate"], betas=betas, eps=optimizer["epsilon"]
            )
        else:
            self.optimizer = torch.optim.SGD(
                self.model.parameters(), lr=recipe["learningRate"], momentum=optimizer["momentum"]
            )

    def data(self, part, n_images):
        """Images from 0 to 1, and the targets that the loss asks for: one-hot or the class itself."""
        pixels, labels = read_mnist(FOLDER, part)
        images = torch.frombuffer(pixels, dtype=torch.uint8)[: n_images * 784].float() / 255
        images = images.view(n_images, 784) if self.is_dense else images.view(n_images, 1, 28, 28)
        labels = torch.frombuffer(labels, dtype=torch.uint8)[:n_images].long()
        if self.recipe["loss"]["kind"] == "mse":
            return images, nn.functional.one_hot(labels, 10).float()
        return images, labels

    def batches(self, data, batch_size, shuffle):
        images, targets = data
        if self.uses_loader:
            yield from DataLoader(TensorDataset(images, targets), batch_size=batch_size, shuffle=shuffle)
            return
        order = torch.randperm(len(images)) if shuffle else torch.arange(len(images))
        for indices in order.split(batch_size):
            yield images[indices], targets[indices]

    def epoch(self):
        start = time.perf_counter()
        self.model.train()
        total = 0.0
        for images, targets in self.batches(self.training, self.recipe["batchSize"], self.recipe["shuffle"]):
            self.optimizer.zero_grad()
            loss = self.loss(self.model(images), targets)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(images)
        seconds = time.perf_counter() - start
        return {"values": [seconds], "loss": total / len(self.training[0])}

    def evaluation(self):
        start = time.perf_counter()
        self.model.eval()
        total, n_correct = 0.0, 0
        with torch.inference_mode():
            for images, targets in self.batches(self.test, EVALUATION_BATCH, False):
                outputs = self.model(images)
                total += self.loss(outputs, targets).item() * len(images)
                labels = targets if targets.ndim == 1 else targets.argmax(1)
                n_correct += (outputs.argmax(1) == labels).sum().item()
        seconds = time.perf_counter() - start
        return {"values": [seconds], "loss": total / len(self.test[0]), "correct": n_correct}


def answer(request):
    global bench
    if request["do"] == "prepare":
        bench = Bench(request["recipe"], request["images"], request["options"])
        return {}
    return {"epoch": bench.epoch, "evaluation": bench.evaluation}[request["do"]]()


answer_lines(answer)
