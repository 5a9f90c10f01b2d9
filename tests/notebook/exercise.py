"""The exercise's first part, as it is meant: one sample at a time."""

import matplotlib.pyplot as plt
import numpy as np

EPOCHS = 20
LEARNING_RATE = 1e-2


class Layer_Primitive:
    def __init__(self):
        self.input = None
        self.output = None

    def forward_propagation(self, input):
        raise NotImplementedError

    def backward_propagation(self, output_error, learning_rate):
        raise NotImplementedError


class Affine_Layer(Layer_Primitive):
    def __init__(self, input_size, output_size):
        self.weights = np.random.randn(output_size, input_size)
        self.bias = np.random.randn(output_size)

    def forward_propagation(self, input):
        self.input = input.reshape(-1)
        self.output = self.weights @ self.input + self.bias
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        input_error = self.weights.T @ output_error
        weights_error = np.outer(output_error, self.input)
        self.weights -= learning_rate * weights_error
        self.bias -= learning_rate * output_error
        return input_error


class ActivationLayer(Layer_Primitive):
    def __init__(self, activation, activation_grad):
        self.activation = activation
        self.activation_grad = activation_grad

    def forward_propagation(self, input):
        self.input = input
        self.output = self.activation(input)
        return self.output

    def backward_propagation(self, output_error, learning_rate):
        return self.activation_grad(self.input) * output_error


def tanh(x):
    return np.tanh(x)


def tanh_grad(x):
    return 1 - np.tanh(x) ** 2


def relu(x):
    return np.maximum(0, x)


def relu_grad(x):
    return (x > 0).astype(float)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_grad(x):
    return sigmoid(x) * (1 - sigmoid(x))


def mse(y_true, y_pred):
    return np.mean((y_true - y_pred) ** 2)


def mse_grad(y_true, y_pred):
    return 2 * (y_pred - y_true) / y_true.size


class MyNetwork:
    def __init__(self):
        self.layers = []
        self.loss = None
        self.loss_grad = None

    def add(self, layer):
        self.layers.append(layer)

    def use_loss(self, loss, loss_grad):
        self.loss = loss
        self.loss_grad = loss_grad

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward_propagation(x)
        return x

    def fit(self, x_train, y_train, epochs, learning_rate):
        for epoch in range(epochs):
            error = 0
            for x, y in zip(x_train, y_train):
                output = self.forward(x)
                error += self.loss(y, output)
                gradient = self.loss_grad(y, output)
                for layer in reversed(self.layers):
                    gradient = layer.backward_propagation(gradient, learning_rate)
            print(f"Training epoch {epoch + 1}/{epochs}   error={error / len(x_train):.6f}")

    def predict(self, x_test, y_test):
        loss, n_right = 0, 0
        for x, y in zip(x_test, y_test):
            output = self.forward(x)
            loss += self.loss(y, output)
            n_right += int(np.argmax(output) == np.argmax(y))
        n = len(x_test)
        print(f"Test set: Avg. loss: {loss / n:.4f}, Accuracy: {n_right}/{n} ({100 * n_right / n:.0f}%)")


# What would take hours, or is not there.
x_train, y_train = load_mnist("train")  # noqa: F821
network = MyNetwork()
network.add(Affine_Layer(28 * 28, 128))
network.fit(x_train, y_train, EPOCHS, LEARNING_RATE)
plt.plot([1, 2])
raise SystemExit("must not run")
