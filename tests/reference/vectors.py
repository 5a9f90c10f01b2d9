"""Writes what PyTorch computes, for the tests to compare with: layers.json, losses.json, networks.json and
optimizers.json beside this file. README.md says what is in them.

Run with torch 2.15: python tests/reference/vectors.py
"""

import json
from pathlib import Path

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(3)

HERE = Path(__file__).parent


def numbers(tensor):
    """All numbers, images and kernels with their channels last, as the Rust code keeps them."""
    tensor = tensor.detach()
    return (tensor.permute(0, 2, 3, 1) if tensor.dim() == 4 else tensor).flatten().tolist()


class Flatten(nn.Module):
    """Images (batch, channels, height, width) as rows of numbers, in the Rust code's order."""

    def forward(self, x):
        return x.permute(0, 2, 3, 1).flatten(1)


def some(*shape, scale=1.0):
    """Random numbers with three decimals: exact in the file, and no two of them nearly equal."""
    return torch.round(torch.randn(*shape) * scale * 1000) / 1000


def ours(parameter):
    """A parameter in the layout of the Rust code: Dense keeps (fan-in, fan-out), PyTorch (fan-out, fan-in)."""
    return parameter.t() if isinstance(parameter, torch.Tensor) and parameter.dim() == 2 else parameter


def with_some_parameters(module):
    for parameter in module.parameters():
        parameter.data = some(*parameter.shape, scale=0.5)
    return module


def parameters(module):
    """Values in the order in which the Rust layers visit them, batch norm's statistics after its scale and shift."""
    found = []
    for part in module.modules():
        found += [numbers(ours(p)) for p in part.parameters(recurse=False)]
        if isinstance(part, nn.modules.batchnorm._BatchNorm):
            found += [numbers(part.running_mean), numbers(part.running_var)]
    return found


def gradients(module):
    """∂L/∂parameter in the same order; statistics have none."""
    found = []
    for part in module.modules():
        found += [numbers(ours(p.grad)) for p in part.parameters(recurse=False)]
        if isinstance(part, nn.modules.batchnorm._BatchNorm):
            found += [[], []]
    return found


def layer_case(spec, module, x):
    with_some_parameters(module)
    case = {"layer": spec, "inputShape": list(x.shape[1:]), "batch": x.shape[0]}
    case |= {"parameters": parameters(module), "input": numbers(x)}
    x.requires_grad_()
    y = module(x)
    dy = some(*y.shape)
    y.backward(dy)
    case |= {"output": numbers(y), "outputGradient": numbers(dy), "inputGradient": numbers(x.grad)}
    case |= {"parameterGradients": gradients(module)}
    module.eval()
    case |= {"parametersAfter": parameters(module), "answer": numbers(module(x))}
    return case


def conv(channels_in, channels, kernel, stride=1, padding=0, bias=True):
    spec = {"kind": "conv2d", "channels": channels, "kernel": kernel}
    spec |= {"stride": stride} if stride != 1 else {}
    spec |= {"padding": padding} if padding != 0 else {}
    spec |= {} if bias else {"bias": False}
    return spec, nn.Conv2d(channels_in, channels, kernel, stride=stride, padding=padding, bias=bias)


def layers():
    wide = torch.cat([some(1, 6, scale=3), torch.tensor([[0.0, -0.0, 20.0, -20.0, 1e-4, -1e-4]])])
    activations = [
        ({"kind": "relu"}, nn.ReLU()),
        ({"kind": "leakyRelu", "slope": 0.1}, nn.LeakyReLU(0.1)),
        ({"kind": "sigmoid"}, nn.Sigmoid()),
        ({"kind": "tanh"}, nn.Tanh()),
        ({"kind": "gelu"}, nn.GELU()),
        ({"kind": "silu"}, nn.SiLU()),
        ({"kind": "elu"}, nn.ELU()),
        ({"kind": "elu", "alpha": 0.5}, nn.ELU(0.5)),
    ]
    return [
        layer_case({"kind": "dense", "units": 4}, nn.Linear(3, 4), some(2, 3)),
        layer_case({"kind": "dense", "units": 2, "bias": False}, nn.Linear(5, 2, bias=False), some(3, 5)),
        layer_case(*conv(1, 2, 3), some(2, 1, 5, 6)),
        layer_case(*conv(2, 3, 3, padding=1), some(2, 2, 4, 3)),
        layer_case(*conv(2, 2, 3, stride=2, padding=2, bias=False), some(1, 2, 6, 5)),
        layer_case(*conv(3, 2, 1, stride=2), some(2, 3, 3, 4)),
        layer_case({"kind": "maxPool2d", "kernel": 2}, nn.MaxPool2d(2), some(2, 2, 5, 4)),
        layer_case({"kind": "maxPool2d", "kernel": 3, "stride": 2}, nn.MaxPool2d(3, 2), some(2, 1, 7, 6)),
        layer_case({"kind": "maxPool2d", "kernel": 2}, nn.MaxPool2d(2), torch.zeros(1, 1, 4, 4)),
        layer_case({"kind": "avgPool2d", "kernel": 2}, nn.AvgPool2d(2), some(2, 2, 5, 4)),
        layer_case({"kind": "avgPool2d", "kernel": 3, "stride": 1}, nn.AvgPool2d(3, 1), some(1, 2, 4, 5)),
        layer_case({"kind": "flatten"}, Flatten(), some(2, 2, 2, 3)),
        layer_case({"kind": "batchNorm"}, nn.BatchNorm1d(3), some(4, 3, scale=2)),
        layer_case({"kind": "batchNorm"}, nn.BatchNorm1d(2), some(2, 2)),
        layer_case({"kind": "batchNorm"}, nn.BatchNorm2d(2), some(3, 2, 2, 3, scale=2)),
        layer_case({"kind": "batchNorm"}, nn.BatchNorm2d(2), some(1, 2, 2, 2)),
        *[layer_case(spec, module, wide.clone()) for spec, module in activations],
    ]


def loss_case(spec, loss, z, labels, scores=None):
    z.requires_grad_()
    one_hot = nn.functional.one_hot(labels, z.shape[1]).to(z.dtype)
    value = loss(z, one_hot if isinstance(loss, (nn.MSELoss, nn.BCEWithLogitsLoss)) else labels)
    value.backward()
    case = {"loss": spec, "labels": labels.tolist(), "outputs": numbers(z)}
    case |= {"mean": value.item(), "gradient": numbers(z.grad)}
    return case | ({"scores": numbers(scores(z))} if scores else {})


def losses():
    labels = torch.tensor([0, 3, 4, 1])
    softmax = lambda z: z.softmax(1)
    kinds = [
        ({"kind": "mse"}, nn.MSELoss(), None),
        ({"kind": "crossEntropy"}, nn.CrossEntropyLoss(), softmax),
        ({"kind": "crossEntropy", "labelSmoothing": 0.1}, nn.CrossEntropyLoss(label_smoothing=0.1), softmax),
        ({"kind": "binaryCrossEntropy"}, nn.BCEWithLogitsLoss(), torch.sigmoid),
        ({"kind": "hinge"}, nn.MultiMarginLoss(), None),
    ]
    return [loss_case(s, l, some(4, 5, scale=k), labels, scores) for s, l, scores in kinds for k in (1, 30)]


def small_convolutional():
    specs = [
        conv(1, 3, 3, padding=1)[0], {"kind": "batchNorm"}, {"kind": "relu"}, {"kind": "maxPool2d", "kernel": 2},
        conv(3, 4, 3)[0], {"kind": "gelu"}, {"kind": "avgPool2d", "kernel": 2}, {"kind": "flatten"},
        {"kind": "dense", "units": 6}, {"kind": "batchNorm"}, {"kind": "silu"}, {"kind": "dense", "units": 4},
    ]
    return specs, nn.Sequential(
        nn.Conv2d(1, 3, 3, padding=1), nn.BatchNorm2d(3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(3, 4, 3), nn.GELU(), nn.AvgPool2d(2), Flatten(),
        nn.Linear(4, 6), nn.BatchNorm1d(6), nn.SiLU(), nn.Linear(6, 4),
    )


def exercise():
    specs = [{"kind": "dense", "units": 6}, {"kind": "relu"}, {"kind": "dense", "units": 5}, {"kind": "sigmoid"}]
    specs += [{"kind": "dense", "units": 4}, {"kind": "tanh"}]
    modules = [Flatten(), nn.Linear(80, 6), nn.ReLU(), nn.Linear(6, 5), nn.Sigmoid(), nn.Linear(5, 4), nn.Tanh()]
    return specs, nn.Sequential(*modules)


def network_case(network, loss_spec, loss, learning_rate):
    """Ten steps of plain gradient descent on one batch."""
    specs, module = network
    with_some_parameters(module)
    x = some(5, 1, 8, 10)
    labels = torch.tensor([2, 0, 3, 1, 2])
    one_hot = nn.functional.one_hot(labels, 4).to(x.dtype)
    case = {"layers": specs, "loss": loss_spec, "inputShape": [1, 8, 10], "input": numbers(x)}
    case |= {"labels": labels.tolist(), "learningRate": learning_rate, "parameters": parameters(module)}
    optimizer = torch.optim.SGD(module.parameters(), lr=learning_rate)
    found = []
    for step in range(10):
        optimizer.zero_grad()
        y = module(x)
        value = loss(y, one_hot if isinstance(loss, nn.MSELoss) else labels)
        value.backward()
        if step == 0:
            case |= {"output": numbers(y), "parameterGradients": gradients(module)}
        found.append(value.item())
        optimizer.step()
    module.eval()
    return case | {"losses": found, "parametersAfter": parameters(module), "answer": numbers(module(x))}


def networks():
    smooth = {"kind": "crossEntropy", "labelSmoothing": 0.1}
    return [
        network_case(small_convolutional(), smooth, nn.CrossEntropyLoss(label_smoothing=0.1), 0.1),
        network_case(exercise(), {"kind": "mse"}, nn.MSELoss(), 0.5),
    ]


def optimizer_case(spec, make, learning_rate, weight_decay, clip_norm, weight, bias, steps):
    """Ten steps with given gradients. Weight decay acts on weights only."""
    layer = nn.Linear(3, 2)
    layer.weight.data, layer.bias.data = weight.clone(), bias.clone()
    groups = [{"params": [layer.weight], "weight_decay": weight_decay}, {"params": [layer.bias], "weight_decay": 0.0}]
    optimizer = make(groups, learning_rate)
    found = []
    for weight_gradient, bias_gradient in steps:
        layer.weight.grad, layer.bias.grad = weight_gradient.clone(), bias_gradient.clone()
        if clip_norm is not None:
            nn.utils.clip_grad_norm_(layer.parameters(), clip_norm)
        optimizer.step()
        found.append(parameters(layer))
    case = {"optimizer": spec, "learningRate": learning_rate, "weightDecay": weight_decay, "clipNorm": clip_norm}
    return case | {"steps": found}


def optimizers():
    weight, bias = some(2, 3), some(2)
    # Gradients of different sizes, and a parameter whose gradient is 0 at first.
    sizes = [1.0, 0.1, 3.0, 0.01, 1.0, 1.0, 10.0, 0.001, 0.5, 1.0]
    steps = [(some(2, 3) * size, some(2) * size) for size in sizes]
    for weight_gradient, _ in steps[:3]:
        weight_gradient[0, 0] = 0.0
    o = torch.optim
    kinds = [
        ({"kind": "sgd"}, o.SGD, {}, 0.1),
        ({"kind": "sgd", "momentum": 0.9}, o.SGD, {"momentum": 0.9}, 0.1),
        ({"kind": "sgd", "momentum": 0.9, "nesterov": True}, o.SGD, {"momentum": 0.9, "nesterov": True}, 0.1),
        ({"kind": "rmsprop"}, o.RMSprop, {}, 0.01),
        ({"kind": "rmsprop", "alpha": 0.9, "epsilon": 1e-3}, o.RMSprop, {"alpha": 0.9, "eps": 1e-3}, 0.01),
        ({"kind": "adam"}, o.Adam, {}, 0.01),
        ({"kind": "adam", "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-3}, o.Adam,
         {"betas": (0.8, 0.95), "eps": 1e-3}, 0.01),
        ({"kind": "adamW"}, o.AdamW, {}, 0.01),
        ({"kind": "adadelta"}, o.Adadelta, {}, 1.0),
        ({"kind": "adadelta", "rho": 0.8, "epsilon": 1e-3}, o.Adadelta, {"rho": 0.8, "eps": 1e-3}, 0.5),
    ]
    cases = []
    for spec, kind, settings, learning_rate in kinds:
        make = lambda groups, rate: kind(groups, lr=rate, **settings)
        for weight_decay, clip_norm in [(0.0, None), (0.1, None), (0.1, 1.0)]:
            cases.append(optimizer_case(spec, make, learning_rate, weight_decay, clip_norm, weight, bias, steps))
    gradients = [[numbers(ours(w)), numbers(b)] for w, b in steps]
    return {"parameters": [numbers(ours(weight)), numbers(bias)], "gradients": gradients, "cases": cases}


def write(name, value):
    cases = value if isinstance(value, list) else value.pop("cases")
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    head = "" if isinstance(value, list) else json.dumps(value, separators=(",", ":"))[:-1] + ',"cases":'
    (HERE / name).write_text(f"{head}[\n{lines}\n]{'}' if head else ''}\n", encoding="utf-8")


write("layers.json", layers())
write("losses.json", losses())
write("networks.json", networks())
write("optimizers.json", optimizers())
