"""Compares a neural network that you have written with NumPy with HelloNN's: the same weights, the same images, number by
number, and names the first thing that differs.

    python check_my_network.py YOUR_FILE.py
    python check_my_network.py YOUR_NOTEBOOK.ipynb

Of your file only imports, functions, classes and simple constants are taken; nothing is trained or downloaded. What is
compared: each layer's output, the loss, its gradient, each layer's gradients on the way back, three updates in a row, then
what your network class makes of all that (`fit`, and what `predict` prints).
"""

import ast
import base64
import contextlib
import copy
import inspect
import io
import json
import re
import sys
import zlib
from pathlib import Path

import numpy as np

# What your classes, functions and attributes are called: the first that your file has is taken. Yours go to the front.
NAMES = {
    "dense": ["Affine_Layer", "AffineLayer", "FullyConnectedWD", "FullyConnected", "FCLayer", "Linear", "Dense"],
    "weights": ["weights", "W", "weight", "w"],
    "bias": ["bias", "b", "biases"],
    "activation": ["ActivationLayer", "Activation_Layer", "Activation"],
    "relu": ["relu", "ReLU", "Relu"],
    "leakyRelu": ["leaky_relu", "leakyrelu", "LeakyReLU", "Leaky_ReLU"],
    "sigmoid": ["sigmoid", "Sigmoid"],
    "tanh": ["tanh", "Tanh"],
    "mse": ["mse", "MSELoss", "MSE"],
    "crossEntropy": ["cross_entropy", "softmax_cross_entropy", "SoftmaxCrossEntropyLoss", "CrossEntropyLoss"],
    "network": ["MyNetwork", "Network"],
    "forward": ["forward_propagation", "forward"],
    "backward": ["backward_propagation", "backward"],
    "update": ["update", "step", "update_parameters", "apply_gradients"],
}

# HelloNN reckons in 32 bits, NumPy in 64: what differs by less than this share of the largest number is rounding.
ROUNDING = 5e-3


class Differs(Exception):
    """What differs, and its likely cause."""


class CannotCheck(Exception):
    """Why there is nothing to compare."""


# Your file


def definitions(path):
    """Your file's functions, classes, imports and constants, as a dictionary; and what was left out."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    else:
        sources = [text]
    found, left_out = {"__name__": "your_file", "np": np, "numpy": np}, []
    for source in sources:
        # Lines that are not Python but Jupyter's.
        source = re.sub(r"(?m)^(\s*)[%!?].*$", r"\1pass", source)
        try:
            statements = ast.parse(source).body
        except SyntaxError as error:
            left_out.append(f"a part with a syntax error in line {error.lineno}: {error.msg}")
            continue
        for statement in statements:
            if not is_definition(statement):
                continue
            try:
                exec(compile(ast.Module([statement], []), str(path), "exec"), found)
            except Exception as error:
                left_out.append(f"{first_line(statement)}: {type(error).__name__}: {error}")
    return found, left_out


# They take seconds, and layers written with NumPy need none of them.
HEAVY = {"torch", "torchvision", "tensorflow", "keras", "jax", "matplotlib", "sklearn", "pandas", "seaborn", "tqdm"}


def is_definition(statement):
    if isinstance(statement, ast.Import):
        return not any(alias.name.split(".")[0] in HEAVY for alias in statement.names)
    if isinstance(statement, ast.ImportFrom):
        return (statement.module or "").split(".")[0] not in HEAVY
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return True
    if isinstance(statement, ast.Assign):
        return all(isinstance(target, ast.Name) for target in statement.targets) and is_simple(statement.value)
    return False


def is_simple(value):
    """A constant, a calculation with constants, a function without a name, or another name."""
    if isinstance(value, (ast.Constant, ast.Lambda, ast.Name)):
        return True
    if isinstance(value, (ast.List, ast.Tuple)):
        return all(is_simple(each) for each in value.elts)
    if isinstance(value, ast.BinOp):
        return is_simple(value.left) and is_simple(value.right)
    return isinstance(value, ast.UnaryOp) and is_simple(value.operand)


def first_line(statement):
    return ast.unparse(statement).split("\n")[0][:80]


class Theirs:
    """What your file defines, by the names above."""

    def __init__(self, found):
        self.found = found

    def get(self, role, *suffixes):
        """The first of the role's names, with one of the suffixes, that your file has."""
        for name in NAMES[role]:
            for suffix in suffixes or [""]:
                if callable(self.found.get(name + suffix)):
                    return self.found[name + suffix]
        return None

    def need(self, role):
        thing = self.get(role)
        if thing is None:
            names = ", ".join(NAMES[role])
            raise CannotCheck(f"your file has none of {names}: write what yours is called into NAMES, at the top of this one")
        return thing


def method(thing, role):
    for name in NAMES[role]:
        if callable(getattr(thing, name, None)):
            return getattr(thing, name)
    raise CannotCheck(f"{type(thing).__name__} has none of the methods {', '.join(NAMES[role])}")


def parameters_of(function):
    """The names of what it takes; none for NumPy's own."""
    try:
        return list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return []


# Your layers


class Convention:
    """How your layers take samples, and in which shape they keep weights: found out from a small layer, 3 to 2."""

    def __init__(self, theirs):
        layer = self.make(theirs, 3, 2, True, 0)
        arrays = {name: value for name, value in vars(layer).items() if isinstance(value, np.ndarray)}
        self.weights = self.attribute(arrays, "weights", lambda value: sorted(value.shape) == [2, 3])
        self.bias = self.attribute(arrays, "bias", lambda value: value.size == 2)
        if self.weights is None:
            raise CannotCheck(f"{type(layer).__name__}(3, 2) keeps no array of 2 × 3 weights: what is it called?")
        self.is_out_in = arrays[self.weights].shape == (2, 3)
        self.bias_shape = None if self.bias is None else arrays[self.bias].shape
        self.samples = self.find_samples(theirs)
        self.takes_batches = self.tries_batch(theirs)

    @staticmethod
    def make(theirs, n_inputs, n_outputs, has_bias, decay):
        kind = theirs.need("dense")
        names = parameters_of(kind)
        options = {}
        if not has_bias and "bias" in names:
            options["bias"] = False
        if "weight_decay" in names:
            options["weight_decay"] = decay
        with calling(f"{kind.__name__}({n_inputs}, {n_outputs})"):
            return kind(n_inputs, n_outputs, **options)

    @staticmethod
    def attribute(arrays, role, is_it):
        named = [name for name in NAMES[role] if name in arrays and is_it(arrays[name])]
        return next(iter(named + [name for name, value in arrays.items() if is_it(value)]), None)

    def find_samples(self, theirs):
        """"rows" (n, numbers), "vectors" (numbers,) or "columns" (numbers, n)."""
        weights, bias = np.array([[1.0, -2.0], [0.5, 3.0], [2.0, 1.0]]), np.array([0.25, -0.5])
        x = np.array([[1.0, 2.0, -1.0]])
        runs = []
        for samples in ["rows", "vectors", "columns"]:
            self.samples = samples
            try:
                layer = self.make(theirs, 3, 2, True, 0)
                self.set(layer, weights, bias)
                y = self.rows(method(layer, "forward")(self.give(x)), 1)
            except Exception:
                continue
            if y.shape == (1, 2):
                runs.append(samples)
                if np.allclose(y, x @ weights + bias):
                    return samples
        return runs[0] if runs else "rows"

    def tries_batch(self, theirs):
        """Whether two samples go through a layer at once."""
        try:
            x = np.ones((2, 3))
            y = method(self.make(theirs, 3, 2, True, 0), "forward")(x.T if self.samples == "columns" else x)
            return np.size(y) == 4
        except Exception:
            return False

    def set(self, layer, weights, bias):
        """Puts HelloNN's weights (in, out) and bias (out,) into your layer, in the shapes that it has."""
        setattr(layer, self.weights, (weights.T if self.is_out_in else weights).copy())
        if self.bias is not None and getattr(layer, self.bias, None) is not None:
            numbers = np.zeros(weights.shape[1]) if bias is None else bias
            shape = [-1 if n == 2 else n for n in self.bias_shape]
            setattr(layer, self.bias, numbers.reshape(shape).copy())

    def get(self, layer):
        """Your layer's weights as (in, out), and its bias as (out,)."""
        weights = np.array(getattr(layer, self.weights), float)
        bias = getattr(layer, self.bias, None) if self.bias is not None else None
        return weights.T if self.is_out_in else weights, None if bias is None else np.array(bias, float).reshape(-1)

    def give(self, rows):
        """Samples (n, numbers) in the shape that your layers take."""
        if len(rows) > 1 and not self.takes_batches:
            raise CannotCheck("this run trains on batches, and your layers take one sample: train one with batch size 1")
        if self.samples == "vectors":
            return rows[0].copy()
        return rows.T.copy() if self.samples == "columns" else rows.copy()

    def like(self, rows, given):
        """Rows in the shape of what your layers gave."""
        return rows.T.copy() if self.samples == "columns" else rows.reshape(np.shape(given)).copy()

    def rows(self, given, n):
        """The way back; None where there is no number for each sample."""
        if given is None or np.size(given) % n:
            return None
        array = np.array(given, float)
        if self.samples == "columns" and array.ndim == 2:
            array = array.T
        return array.reshape(n, -1)


@contextlib.contextmanager
def calling(what):
    """An error in your code is told with what was being done."""
    try:
        with np.errstate(all="ignore"):
            yield
    except (Differs, CannotCheck):
        raise
    except Exception as error:
        trace = error.__traceback__
        while trace.tb_next:
            trace = trace.tb_next
        hint = "a transpose is missing, or one too many" if isinstance(error, ValueError) else "see the message"
        where = f"line {trace.tb_lineno} of {trace.tb_frame.f_code.co_name}"
        raise Differs(f"{what} ends with {type(error).__name__} in {where}: {error}\n  Likely cause: {hint}.") from error


def make_layer(theirs, convention, spec, n_inputs, decay):
    """One of your layers."""
    kind = spec["kind"]
    if kind == "dense":
        return convention.make(theirs, n_inputs, spec["units"], spec["bias"], decay)
    slope = [spec["slope"]] if kind == "leakyRelu" else []
    function, gradient = theirs.get(kind), theirs.get(kind, "_grad", "_gradient", "_derivative", "_prime", "_deriv")
    wrapper = theirs.get("activation")
    if inspect.isclass(function):
        return function(*slope)
    if function is None or gradient is None or wrapper is None:
        theirs.need(kind)
        theirs.need("activation")
        raise CannotCheck(f"your file has {function.__name__}, but no {function.__name__}_grad")
    if slope and len(parameters_of(function)) > 1:
        return wrapper(lambda x: function(x, *slope), lambda x: gradient(x, *slope))
    return wrapper(function, gradient)


class Loss:
    """Your loss: two functions, or a class with `forward` and `backward`."""

    def __init__(self, theirs, convention, kind):
        self.convention, self.kind = convention, kind
        self.theirs = theirs.need(kind)
        self.name = self.theirs.__name__
        if inspect.isclass(self.theirs):
            self.object = self.theirs()
            self.value_function, self.gradient_function = self.object.forward, None
        else:
            self.value_function = self.theirs
            self.gradient_function = theirs.get(kind, "_grad", "_gradient", "_derivative", "_prime")
            if self.gradient_function is None:
                raise CannotCheck(f"your file has {self.name}, but no {self.name}_grad")

    def arguments(self, function, outputs, targets):
        """In the order that the names of the parameters say."""
        given = self.convention.like(targets, outputs), np.array(outputs)
        names = parameters_of(function)[:2]
        prediction_first = bool(names) and re.search("pred|hat|out|logit|score", names[0].lower())
        if inspect.isclass(self.theirs) and not re.search("true|target|label", names[0].lower() if names else ""):
            prediction_first = True
        return given[::-1] if prediction_first else given

    def __call__(self, outputs, targets):
        """The value, and the gradient, of outputs as your layers give them and targets as rows."""
        with calling(f"the loss {self.name}"):
            value = float(np.mean(self.value_function(*self.arguments(self.value_function, outputs, targets))))
            if self.gradient_function is None:
                gradient = method(self.object, "backward")()
            else:
                gradient = self.gradient_function(*self.arguments(self.gradient_function, outputs, targets))
        return value, gradient


# Comparing


def same(found, expected):
    if found is None or found.shape != expected.shape or not np.isfinite(found).all():
        return False
    return np.abs(found - expected).max(initial=0) <= ROUNDING * np.abs(expected).max(initial=0) + 1e-10


def factor(found, expected):
    """c where found = c·expected, if it is."""
    square = float((expected * expected).sum())
    if found is None or found.shape != expected.shape or square == 0 or not np.isfinite(found).all():
        return None
    c = float((found * expected).sum()) / square
    return c if c != 0 and same(found / c, expected) else None


def example(found, expected):
    """The numbers where they differ most."""
    if found.shape != expected.shape:
        return f"yours has the shape {found.shape}, HelloNN's {expected.shape}"
    at = np.unravel_index(np.argmax(np.abs(np.nan_to_num(found - expected, nan=np.inf))), expected.shape)
    return f"for example, at {[int(i) for i in at]}: yours {found[at]:.6g}, HelloNN's {expected[at]:.6g}"


def compare(what, found, expected, causes):
    """Raises the first cause that explains the difference. A cause is a sentence and what one would find then, or how
    many times as much."""
    if same(found, expected):
        return
    if found is None:
        raise Differs(f"{what}: found nothing that fits\n  Likely cause: the return is missing, or gives something else.")
    for sentence, explained in causes:
        if explained is None:
            continue
        if np.ndim(explained) == 0:
            c = factor(found, expected)
            holds = c is not None and abs(c / explained - 1) < 2 * ROUNDING
        else:
            holds = same(found, explained)
        if holds:
            raise Differs(f"{what}: {example(found, expected)}\n  Likely cause: {sentence}.")
    c = factor(found, expected)
    guess = "" if c is None else f"\n  Yours is {c:.5g} times HelloNN's: something is divided or multiplied by a wrong number."
    raise Differs(f"{what}: {example(found, expected)}{guess}")


def sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))


FUNCTIONS = {
    "relu": (lambda x, _: np.maximum(0, x), lambda x, _: (x > 0) * 1.0),
    "leakyRelu": (lambda x, slope: np.where(x > 0, x, slope * x), lambda x, slope: np.where(x > 0, 1.0, slope)),
    "sigmoid": (lambda x, _: sigmoid(x), lambda x, _: sigmoid(x) * (1 - sigmoid(x))),
    "tanh": (lambda x, _: np.tanh(x), lambda x, _: 1 - np.tanh(x) ** 2),
}


class Checker:
    def __init__(self, theirs, check):
        self.theirs, self.check = theirs, check
        self.rate, self.decay = check["rate"], check["decay"]
        self.specs = check["layers"]
        self.convention = Convention(theirs)
        self.loss = Loss(theirs, self.convention, check["loss"])
        self.layers = self.make_layers()
        kind = theirs.need("dense")
        self.has_decay = "weight_decay" in parameters_of(kind)

    def make_layers(self):
        """Your layers, with HelloNN's weights."""
        layers, n_inputs = [], self.check["inputs"]
        for i, spec in enumerate(self.specs):
            with calling(f"making {self.name(i)}"):
                layers.append(make_layer(self.theirs, self.convention, spec, n_inputs, self.decay))
            if spec["kind"] == "dense":
                self.convention.set(layers[i], *self.check["parameters"][i])
                n_inputs = spec["units"]
        return layers

    def name(self, i):
        spec = self.specs[i]
        return f"layer {i + 1}, {spec['kind']}" + (f" of {spec['units']}" if spec["kind"] == "dense" else "")

    def expected_parameters(self, n_updates):
        """HelloNN's weights and biases after so many updates."""
        parameters = [list(pair) for pair in self.check["parameters"]]
        for update in self.check["updates"][:n_updates]:
            for pair, gradients in zip(parameters, update["gradients"]):
                for j, gradient in enumerate(gradients):
                    if gradient is not None:
                        decay = self.decay if j == 0 and self.has_decay else 0
                        pair[j] = pair[j] - self.rate * (gradient + decay * pair[j])
        return parameters

    def forward(self, x, expected, which):
        """Each layer's output against HelloNN's; gives your own last one, as it is."""
        given = self.convention.give(x)
        for i, layer in enumerate(self.layers):
            what = f"{which}, forward, {self.name(i)}"
            with calling(what):
                given = method(layer, "forward")(given)
            y = self.convention.rows(given, len(x))
            compare(f"{what}, output", y, expected[i], self.forward_causes(i, x))
            x = y
        return given

    def forward_causes(self, i, x):
        spec = self.specs[i]
        if spec["kind"] == "dense":
            weights, bias = self.convention.get(self.layers[i])
            if bias is None:
                return []
            causes = [("the bias is not added", x @ weights), ("the bias is subtracted", x @ weights - bias)]
            causes.append(("the bias is added twice", x @ weights + 2 * bias))
            if weights.shape[0] == weights.shape[1]:
                causes.append(("the weights are transposed", x @ weights.T + bias))
            return causes
        causes = [("the activation is not applied", x)]
        for kind, (function, gradient) in FUNCTIONS.items():
            causes.append((f"it computes {kind}", function(x, 0.01)))
            causes.append((f"it computes the derivative of {kind}, not {kind}", gradient(x, 0.01)))
        if spec["kind"] == "leakyRelu":
            causes.insert(0, ("the slope for numbers below 0 is another one", FUNCTIONS["leakyRelu"][0](x, 0.01)))
        return causes

    def update(self, u, update):
        """One update, number by number."""
        which = f"update {u + 1}"
        x, targets = update["x"], update["targets"]
        given = self.forward(x, update["outputs"], which)
        value, given_gradient = self.loss(given, targets)
        n, k = targets.shape
        ours = update["output_gradients"]
        outputs, gradient = self.convention.rows(given, n), self.convention.rows(given_gradient, n)
        compare(f"{which}, the loss {self.loss.name}", np.array([value]), np.array([update["loss"]]), self.loss_causes(n, k))
        # The gradient of the sum is as good as that of the mean where the layers divide by the batch.
        of_sum = n > 1 and same(gradient, n * ours[-1])
        if not of_sum:
            what = f"{which}, the gradient of {self.loss.name}"
            compare(what, gradient, ours[-1], self.loss_gradient_causes(n, k, outputs, targets))
        dy = given_gradient
        for i in reversed(range(len(self.layers))):
            dy = self.backward(which, i, dy, n if of_sum else 1, update, u)

    def loss_causes(self, n, k):
        return [
            ("it is the sum over the outputs, not their mean", k),
            ("it is divided by the number of outputs, which cross-entropy is not", 1 / k),
            ("the sum over the samples, not their mean", n),
            ("it is half of the mean squared error", 0.5),
            ("the sign: the loss is the negative logarithm", -1),
            ("a root is taken of the mean squared error", None),
        ]

    def loss_gradient_causes(self, n, k, outputs, targets):
        mse = self.check["loss"] == "mse"
        softmax = np.exp(outputs - outputs.max(1, keepdims=True))
        softmax /= softmax.sum(1, keepdims=True)
        causes = [
            ("the sign: it is y_true − y_pred instead of y_pred − y_true, or its arguments are swapped", -1),
            ("the factor 2 of the square's derivative is missing", 0.5) if mse else ("there is a factor 2 too many", 2),
            ("it is not divided by the number of outputs", k) if mse else ("it is divided by the length of a label", 1 / k),
            ("it is neither doubled nor divided by the number of outputs", k / 2),
            ("it is divided by the batch twice", 1 / n) if n > 1 else ("", None),
            ("it is divided by the batch and by the length of a label", 1 / (n * k)),
            ("the logits are taken for probabilities: softmax is missing", (outputs - targets) / n),
            ("the label is not subtracted", softmax / n),
            ("the divisor is the batch only, not the number of outputs", 2 * (outputs - targets) / n),
        ]
        # Of a gradient that leaves the division by the batch to the layers, the same.
        return causes + [(sentence, n * value) for sentence, value in causes if value is not None]

    def backward(self, which, i, dy, scale, update, u):
        """One layer on the way back, from ∂E/∂output to ∂E/∂input; `scale` is how many times HelloNN's they are."""
        layer, spec = self.layers[i], self.specs[i]
        x = update["outputs"][i - 1] if i > 0 else update["x"]
        what = f"{which}, backward, {self.name(i)}"
        before = self.convention.get(layer) if spec["kind"] == "dense" else None
        with calling(what):
            back = method(layer, "backward")
            takes_rate = len(parameters_of(back)) != 1
            given = np.array(dy)
            hasty = before is not None and takes_rate and self.depends_on_rate(layer, given)
            decayed = self.decayed_alone(layer, given) if before is not None and takes_rate and self.has_decay else None
            dx = back(given, self.rate) if takes_rate else back(given)
            if not takes_rate and before is not None:
                method(layer, "update")(self.rate)
        dy = self.convention.rows(dy, len(x)) / scale
        after = None
        if before is not None:
            after = self.convention.get(layer)
            self.compare_parameters(what, i, before, after, x, dy, update, u)
            if decayed is not None:
                what_alone = f"{what}, the weights' change where there is no gradient"
                compare(what_alone, decayed, self.decay * before[0], self.decay_causes(before[0], len(x)))
        if i > 0:
            expected = scale * update["output_gradients"][i - 1]
            causes = [(sentence, value) if np.ndim(value) == 0 else (sentence, scale * value)
                      for sentence, value in self.input_gradient_causes(i, x, dy, before, after)]
            compare(f"{what}, ∂E/∂input", self.convention.rows(dx, len(x)), expected, causes)
            if hasty:
                raise Differs(
                    f"{what}, ∂E/∂input: it is another one with another learning rate\n"
                    "  Likely cause: the weights are updated before ∂E/∂input is computed with them: compute it first."
                )
        return dx

    def decayed_alone(self, layer, dy):
        """What weight decay does by itself, which hides in the rounding of a gradient; per learning rate."""
        try:
            idle = copy.deepcopy(layer)
            method(idle, "backward")(np.zeros_like(dy), self.rate)
            return (self.convention.get(layer)[0] - self.convention.get(idle)[0]) / self.rate
        except Exception:
            return None

    def decay_causes(self, weights, n):
        return [
            ("the weight decay is left out", np.zeros_like(weights)),
            ("the weight decay has the wrong sign: weights have to shrink", -1),
            ("the learning rate is left out of the weight decay", 1 / self.rate),
            ("the weight decay is divided by the batch", 1 / n) if n > 1 else ("", None),
            ("the weight decay is λ·W/2: the derivative of λ/2·W² is λ·W", 0.5),
            ("the weight decay is 2·λ·W: the derivative of λ/2·W² is λ·W", 2),
        ]

    def depends_on_rate(self, layer, dy):
        """Whether what a layer passes on changes with the learning rate; at a small one that hides in the rounding."""
        try:
            passed = [method(copy.deepcopy(layer), "backward")(np.array(dy), rate) for rate in (0.0, 1.0)]
            return not np.allclose(*passed, rtol=1e-6, atol=1e-9 * np.abs(passed[0]).max())
        except Exception:
            return False

    def compare_parameters(self, what, i, before, after, x, dy, update, u):
        n = len(x)
        for j, (part, expected) in enumerate(zip(["weights", "bias"], update["gradients"][i])):
            if expected is None or before[j] is None:
                if before[j] is not None:
                    # HelloNN's layer has no bias: yours keeps none, either.
                    self.convention.set(self.layers[i], after[0], None)
                continue
            if after[j] is None or after[j].shape != before[j].shape:
                raise Differs(f"{what}: the {part} change their shape from {before[j].shape} in an update")
            decay = self.decay * before[0] if j == 0 and self.has_decay else 0
            found = (before[j] - after[j]) / self.rate - decay
            earlier = [each["gradients"][i][j] for each in self.check["updates"][:u]]
            compare(f"{what}, the {part}' gradient", found, expected, self.gradient_causes(part, n, x, dy, expected, earlier, decay))

    def gradient_causes(self, part, n, x, dy, expected, earlier, decay):
        verb = "are" if part == "weights" else "is"
        k = self.specs[-1].get("units") or dy.shape[1]
        causes = [
            (f"the {part} {verb} not updated", np.zeros_like(expected) - decay),
            ("the step goes up the gradient: it is added instead of subtracted", -expected - 2 * decay),
            ("the learning rate is left out", 1 / self.rate),
            ("the learning rate is multiplied twice", self.rate),
            ("it is divided by the batch twice", 1 / n) if n > 1 else ("", None),
            ("it is not divided by the batch", n) if n > 1 else ("", None),
            ("it is divided by the number of inputs", 1 / x.shape[1]),
            ("it is divided by the layer's number of outputs", 1 / dy.shape[1]),
            ("it is divided by the number of classes", 1 / k),
            ("gradients add up from one update to the next: they have to be set to 0", sum(earlier) + expected if earlier else None),
            ("the weight decay is left out", expected - decay) if np.ndim(decay) else ("", None),
            ("the weight decay has a wrong factor or sign", expected - 2 * decay) if np.ndim(decay) else ("", None),
        ]
        if part == "bias":
            causes.append(("it is the mean over the outputs, one number for all", np.full_like(expected, expected.mean())))
            causes.append(("it is the sum over the outputs, one number for all", np.full_like(expected, expected.sum())))
            causes.append(("only the last sample of the batch counts", dy[-1]))
        else:
            causes.append(("∂E/∂output is not multiplied with the input", np.ones_like(x).T @ dy))
        return causes

    def input_gradient_causes(self, i, x, dy, before, after):
        spec, y = self.specs[i], None
        if spec["kind"] == "dense":
            n_in, n_out = before[0].shape
            causes = [
                ("the weights are updated before ∂E/∂input is computed with them: compute it first", dy @ after[0].T),
                ("∂E/∂input is divided by the batch, which is for the parameters' gradients only", 1 / len(x)),
                ("the learning rate is multiplied to what is passed on", self.rate),
                ("the sign", -1),
            ]
            if n_in == n_out:
                causes.insert(1, ("the weights are transposed", dy @ before[0]))
                causes.append(("∂E/∂output is passed on as it came", dy))
            return causes
        slope = spec.get("slope", 0)
        function, gradient = FUNCTIONS[spec["kind"]]
        y = function(x, slope)
        causes = [
            ("the derivative is taken at the layer's output instead of its input", dy * gradient(y, slope)),
            ("the derivative is left out: ∂E/∂output is passed on as it came", dy),
            ("the derivative is not multiplied with ∂E/∂output", gradient(x, slope) * np.ones_like(dy)),
            ("the function itself is taken instead of its derivative", dy * y),
            ("the learning rate is multiplied to what is passed on", self.rate),
            ("the sign", -1),
        ]
        if spec["kind"] == "sigmoid":
            causes.append(("x·(1 − x) is the derivative by the output y, not by the input x", dy * x * (1 - x)))
            causes.append(("the factor 1 − y is missing", dy * y))
        if spec["kind"] == "tanh":
            causes.append(("1 − x² is the derivative by the output y, not by the input x", dy * (1 - x**2)))
            causes.append(("1 − y instead of 1 − y²", dy * (1 - y)))
        if spec["kind"] in ("relu", "leakyRelu"):
            causes.append(("the derivative below 0 has to be " + f"{slope:g}", dy * np.where(x > 0, 1.0, 0.0)))
            causes.append(("the derivative below 0 has to be " + f"{slope:g}", dy * np.where(x > 0, 1.0, 0.01)))
            causes.append(("the derivative is that of numbers below 0", dy * np.where(x > 0, slope, 1.0)))
            causes.append(("the derivative is x above 0, not 1", dy * np.maximum(x, 0)))
            causes.append(("the derivative below 0 has to be " + f"{slope:g}, not −1", dy * np.sign(x)))
        return causes

    def large_numbers(self):
        """Logits of a thousand, whose exponentials no number holds."""
        if self.check["loss"] != "crossEntropy":
            return
        k = self.check["updates"][0]["targets"].shape[1]
        outputs = self.convention.give(np.linspace(-1000, 1000, k)[None])
        value, gradient = self.loss(outputs, np.eye(k)[-1:])
        if not np.isfinite(value) or not np.isfinite(gradient).all():
            raise Differs(
                f"{self.loss.name} of outputs from −1000 to 1000: expected finite numbers, found {value}\n"
                "  Likely cause: exp overflows: softmax has to subtract the largest output first."
            )

    # Your network class

    def network(self):
        """Your network, of layers with HelloNN's first weights; None where there is no such class."""
        kind = self.theirs.get("network")
        if kind is None:
            return None
        layers = self.make_layers()
        with calling(f"making {kind.__name__}"):
            if "add" in dir(kind):
                network = kind()
                for layer in layers:
                    network.add(layer)
                if hasattr(network, "use_loss") and self.loss.gradient_function is not None:
                    network.use_loss(self.loss.value_function, self.loss.gradient_function)
            else:
                network = kind(*layers)
        return kind.__name__, network, layers

    def data(self, x):
        """As the exercise has them: (N, 1, 784) for MyNetwork, (N, 784) for Network."""
        return x[:, None, :] if self.convention.samples != "columns" and self.theirs.get("dense") is self.first_part() else x

    def first_part(self):
        return self.theirs.found.get("Affine_Layer") or self.theirs.found.get("AffineLayer")

    def fit(self):
        """Three updates by your own loop."""
        made = self.network()
        if made is None or not hasattr(made[1], "fit"):
            return "left out: there is no network class with fit"
        name, network, layers = made
        updates = self.check["updates"]
        is_batch = len(updates[0]["x"]) > 1
        x = updates[0]["x"] if is_batch else np.concatenate([update["x"] for update in updates])
        targets = updates[0]["targets"] if is_batch else np.concatenate([update["targets"] for update in updates])
        names = parameters_of(network.fit)
        if "loss" in names and not inspect.isclass(self.loss.theirs):
            return f"left out: {name}.fit takes a loss class, and yours is a function"
        n_epochs = len(updates) if is_batch else 1
        sizes = []
        watch(layers[0], lambda given: sizes.append(np.size(given) // self.check["inputs"]))
        with calling(f"{name}.fit"), contextlib.redirect_stdout(io.StringIO()):
            if "loss" in names:
                network.fit(self.data(x), targets, self.loss.theirs(), n_epochs, self.rate)
            else:
                network.fit(self.data(x), targets, n_epochs, self.rate)
        if not sizes or sizes[0] != len(updates[0]["x"]):
            return f"left out: {name}.fit takes {sizes[0] if sizes else 'no'} images at a time, this run {len(updates[0]['x'])}"
        if len(sizes) != len(updates):
            return f"left out: {name}.fit makes {len(sizes)} steps of these images, this run {len(updates)}"
        expected = self.expected_parameters(len(updates))
        for i, spec in enumerate(self.specs):
            if spec["kind"] == "dense":
                self.compare_fitted(name, i, self.convention.get(layers[i]), expected[i])
        return "the same weights after three updates"

    def compare_fitted(self, name, i, found, expected):
        start = self.check["parameters"][i]
        for part, mine, theirs, first in zip(["weights", "bias"], found, expected, start):
            if theirs is None or mine is None:
                continue
            what = f"{name}.fit, three updates, {self.name(i)}, the change of its {part}"
            causes = [
                ("fit does not reach this layer on the way back", np.zeros_like(first)),
                ("the sign of the loss's gradient: its arguments are swapped", -1),
            ]
            compare(what, mine - first, theirs - first, causes)

    def accuracy(self):
        """Two of five labels are what your network answers; the others are not."""
        made = self.network()
        predict = next((getattr(made[1], each) for each in ["predict", "evaluate", "test"] if hasattr(made[1], each)), None) if made else None
        if predict is None or len(parameters_of(predict)) < 2:
            return "left out: there is no network class with predict(x_test, y_test)"
        answers = self.check["answers"].argmax(1)
        n, k = self.check["answers"].shape
        labels = np.where(np.arange(n) < 2, answers, (answers + 1) % k)
        printed = io.StringIO()
        with calling(f"{made[0]}.predict"), contextlib.redirect_stdout(printed):
            arguments = [self.data(self.check["images"]), np.eye(k)[labels]]
            if "loss" in parameters_of(predict):
                arguments.append(self.loss.theirs())
            result = predict(*arguments)
        found = re.search(r"(\d+)\s*/\s*(\d+)", printed.getvalue())
        if found is None:
            return f"left out: predict printed no Accuracy: n/N, but {printed.getvalue()[:60]!r} and gave {type(result).__name__}"
        n_right, n_all = int(found[1]), int(found[2])
        if (n_right, n_all) != (2, n):
            cause = "the number of right answers is miscounted"
            if n_right == n_all:
                cause = "each label is compared with itself, not with the network's answer"
            elif n_right == 0:
                cause = "a position is compared with a whole label, or the answers are not taken by argmax"
            raise Differs(
                f"{made[0]}.predict, of {n} images of which 2 have the label that your network answers: "
                f"found {n_right}/{n_all}\n  Likely cause: {cause}."
            )
        return "counts right answers rightly"


def watch(layer, tell):
    """Has `tell` called with what goes into the layer."""
    for name in NAMES["forward"]:
        forward = getattr(layer, name, None)
        if callable(forward):

            def watched(given, *more, forward=forward):
                tell(given)
                return forward(given, *more)

            setattr(layer, name, watched)


def unpacked(check):
    """HelloNN's numbers in their places, of the arrays that follow one another in NUMBERS."""
    values, at = np.frombuffer(zlib.decompress(base64.b64decode(NUMBERS)), "<f4").astype(float), 0
    pixels = np.frombuffer(zlib.decompress(base64.b64decode(IMAGES)), np.uint8)

    def take(*shape):
        nonlocal at
        at += int(np.prod(shape))
        return values[at - int(np.prod(shape)) : at].reshape(shape)

    sizes = [check["inputs"]]
    for spec in check["layers"]:
        sizes.append(spec["units"] if spec["kind"] == "dense" else sizes[-1])

    def pairs():
        """Weights (in, out) and bias (out,) of each layer that has them."""
        found = []
        for spec, n_inputs, n_outputs in zip(check["layers"], sizes, sizes[1:]):
            is_dense = spec["kind"] == "dense"
            weights = take(n_inputs, n_outputs) if is_dense else None
            found.append((weights, take(n_outputs) if is_dense and spec["bias"] else None))
        return found

    n, n_batch = len(check["labels"]), check["batch_size"]
    images, targets = pixels.reshape(n, -1) / 255, np.eye(sizes[-1])[check["labels"]]
    check |= {"images": images, "answers": take(n, sizes[-1]), "parameters": pairs(), "updates": []}
    for u in range(3):
        batch = np.arange(u * n_batch, (u + 1) * n_batch) % (n - n % n_batch)
        update = {"x": images[batch], "targets": targets[batch], "loss": float(take(1)[0])}
        update["outputs"] = [take(n_batch, size) for size in sizes[1:]]
        update["output_gradients"] = [take(n_batch, size) for size in sizes[1:]]
        update["gradients"] = pairs()
        check["updates"].append(update)
    return check


def main(path):
    check = unpacked(json.loads(CHECK))
    words = [f"{spec['units']}" if spec["kind"] == "dense" else spec["kind"] for spec in check["layers"]]
    print(f"{RUN}: {check['inputs']}, {', '.join(words)}; {check['loss']}; learning rate {check['rate']:g}")
    found, left_out = definitions(path)
    for each in left_out:
        print(f"  left out of {path.name}: {each}")
    checker = Checker(Theirs(found), check)
    if check["decay"] > 0 and not checker.has_decay:
        print("  your layer takes no weight_decay: it is left out of the comparison")
    for u, update in enumerate(check["updates"]):
        checker.update(u, update)
        print(f"  ok: update {u + 1}: outputs, loss and gradients of {len(check['layers'])} layers")
    checker.large_numbers()
    print(f"  ok: fit: {checker.fit()}")
    print(f"  ok: predict: {checker.accuracy()}")
    print("Everything that was compared is as in HelloNN.")


#<data>

if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    try:
        main(Path(sys.argv[1]))
    except Differs as difference:
        print(f"DIFFERS: {difference}")
        raise SystemExit(1) from None
    except (CannotCheck, OSError, json.JSONDecodeError) as reason:
        print(f"CANNOT CHECK: {reason}")
        raise SystemExit(2) from None
