"""NumPy, one sample at a time: the exercise as a student writes it, dense layers alone, in float64 as NumPy has it."""

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from lines import answer_lines, read_mnist

FOLDER = sys.argv[1]
# Values of a layer's outputs, and the slope there, from the outputs themselves.
ACTIVATIONS = {
    "relu": (lambda z, layer: np.maximum(z, 0), lambda a, layer: a > 0),
    "leakyRelu": (
        lambda z, layer: np.where(z > 0, z, layer["slope"] * z),
        lambda a, layer: np.where(a > 0, 1, layer["slope"]),
    ),
    "sigmoid": (lambda z, layer: 1 / (1 + np.exp(-z)), lambda a, layer: a * (1 - a)),
    "tanh": (lambda z, layer: np.tanh(z), lambda a, layer: 1 - a * a),
}
bench = None


class Dense:
    def __init__(self, n_inputs, n_outputs, start, random):
        deviation = 1.0 if start == "standardNormal" else np.sqrt(2 / n_inputs)
        self.weights = random.normal(0, deviation, (n_outputs, n_inputs))
        self.biases = random.normal(0, 1, n_outputs) if start == "standardNormal" else np.zeros(n_outputs)

    def forward(self, inputs):
        self.inputs = inputs
        return np.dot(self.weights, inputs) + self.biases

    def backward(self, gradient, rate, decay):
        back = np.dot(self.weights.T, gradient)
        weights_gradient = np.outer(gradient, self.inputs)
        if decay > 0:
            weights_gradient += decay * self.weights
        self.weights -= rate * weights_gradient
        self.biases -= rate * gradient
        return back


class Activation:
    def __init__(self, layer):
        self.layer = layer
        self.value, self.slope = ACTIVATIONS[layer["kind"]]

    def forward(self, inputs):
        self.outputs = self.value(inputs, self.layer)
        return self.outputs

    def backward(self, gradient, rate, decay):
        return gradient * self.slope(self.outputs, self.layer)


def mse(outputs, target):
    difference = outputs - target
    return np.mean(difference**2), 2 * difference / len(target)


def cross_entropy(logits, target):
    exponentials = np.exp(logits - np.max(logits))
    probabilities = exponentials / np.sum(exponentials)
    return -np.sum(target * np.log(probabilities + 1e-12)), probabilities - target


class Bench:
    def __init__(self, recipe, n_images):
        if recipe["batchSize"] != 1 or recipe["optimizer"]["kind"] != "sgd":
            raise ValueError("the exercise trains one sample at a time, by plain gradient descent")
        random = np.random.default_rng(1)
        pixels, labels = read_mnist(FOLDER, "train")
        self.images = np.frombuffer(pixels, dtype=np.uint8)[: n_images * 784].reshape(n_images, 784) / 255
        self.targets = np.eye(10)[np.frombuffer(labels, dtype=np.uint8)[:n_images]]
        self.loss = mse if recipe["loss"]["kind"] == "mse" else cross_entropy
        self.rate, self.decay = recipe["learningRate"], recipe.get("weightDecay", 0)
        self.layers, n_inputs = [], 784
        for layer in recipe["layers"]:
            if layer["kind"] == "dense":
                self.layers.append(Dense(n_inputs, layer["units"], recipe["start"], random))
                n_inputs = layer["units"]
            else:
                self.layers.append(Activation(layer))

    def epoch(self):
        start = time.perf_counter()
        total = 0.0
        for image, target in zip(self.images, self.targets):
            values = image
            for layer in self.layers:
                values = layer.forward(values)
            loss, gradient = self.loss(values, target)
            total += loss
            for layer in reversed(self.layers):
                gradient = layer.backward(gradient, self.rate, self.decay)
        return {"values": [time.perf_counter() - start], "loss": total / len(self.images)}


def answer(request):
    global bench
    if request["do"] == "prepare":
        bench = Bench(request["recipe"], request["images"])
        return {}
    return {"epoch": bench.epoch}[request["do"]]()


answer_lines(answer)
