"""Makes what PyTorch saves of four small networks, for HelloNN's reader: exports/*.safetensors, and
exports/networks.json with their layers and what they answer to three images; or, with the argument "check", checks what
HelloNN's writers have made of them: the ONNX models by onnx's checker and by what onnxruntime answers with them, and
exports/hellonn.safetensors with safetensors' own library; and it trains with the script exports/better_answer.py.

Run with torch 2.15, safetensors 0.8, onnx 1.23, onnxruntime 1.32 and numpy:

    python tests/reference/exports.py
    node tests/tools/write-exports.js
    python tests/reference/exports.py check
"""

import json
import runpy
import sys
from pathlib import Path

import numpy
import onnx
import onnxruntime
import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import nn

HERE = Path(__file__).parent / "exports"
torch.manual_seed(5)


NETWORKS = {
    # Dense layers alone take rows of numbers.
    "dense": (
        [1, 3, 4],
        [{"kind": "dense", "units": 5}, {"kind": "leakyRelu", "slope": 0.1}, {"kind": "dense", "units": 4, "bias": False},
         {"kind": "batchNorm"}, {"kind": "sigmoid"}],
        nn.Sequential(nn.Linear(12, 5), nn.LeakyReLU(0.1), nn.Linear(5, 4, bias=False), nn.BatchNorm1d(4), nn.Sigmoid()),
    ),
    # A Flatten that the recipe does not name, and an image of several channels before it.
    "convolutional": (
        [1, 10, 8],
        [{"kind": "conv2d", "channels": 3, "kernel": 3, "padding": 1}, {"kind": "batchNorm"}, {"kind": "gelu"},
         {"kind": "maxPool2d", "kernel": 2}, {"kind": "conv2d", "channels": 4, "kernel": 3, "bias": False},
         {"kind": "silu"}, {"kind": "dense", "units": 6}, {"kind": "elu", "alpha": 0.7}, {"kind": "dense", "units": 4}],
        nn.Sequential(
            nn.Conv2d(1, 3, 3, padding=1), nn.BatchNorm2d(3), nn.GELU(), nn.MaxPool2d(2),
            nn.Conv2d(3, 4, 3, bias=False), nn.SiLU(), nn.Flatten(), nn.Linear(24, 6), nn.ELU(0.7), nn.Linear(6, 4),
        ),
    ),
    # A row that was an image keeps its order through what stands before the next Dense.
    "flattened": (
        [1, 9, 7],
        [{"kind": "conv2d", "channels": 2, "kernel": 3, "stride": 2}, {"kind": "avgPool2d", "kernel": 2, "stride": 1},
         {"kind": "flatten"}, {"kind": "batchNorm"}, {"kind": "relu"}, {"kind": "dropout", "rate": 0.5},
         {"kind": "dense", "units": 4}, {"kind": "tanh"}],
        nn.Sequential(
            nn.Conv2d(1, 2, 3, stride=2), nn.AvgPool2d(2, 1), nn.Flatten(), nn.BatchNorm1d(12), nn.ReLU(),
            nn.Dropout(0.5), nn.Linear(12, 4), nn.Tanh(),
        ),
    ),
    # What comes out is an image of several channels, whose numbers HelloNN counts pixel by pixel.
    "image": (
        [1, 3, 4],
        [{"kind": "conv2d", "channels": 2, "kernel": 3}, {"kind": "dropout", "rate": 0.1}],
        nn.Sequential(nn.Conv2d(1, 2, 3), nn.Dropout(0.1)),
    ),
}


def with_some_statistics(module):
    for part in module.modules():
        if isinstance(part, nn.modules.batchnorm._BatchNorm):
            for tensor, low in [(part.weight, 0.5), (part.bias, -1), (part.running_mean, -1), (part.running_var, 0.5)]:
                tensor.data = low + torch.rand_like(tensor)


def answered(name, input_shape, layers, module):
    with_some_statistics(module)
    module.eval()
    pixels = torch.randint(0, 256, (3, *input_shape), dtype=torch.uint8)
    x = pixels.float() / 255
    takes_rows = isinstance(module[0], nn.Linear)
    with torch.no_grad():
        outputs = x.flatten(1) if takes_rows else x
        output_shapes = [list((outputs := part(outputs)).shape[1:]) for part in module]
    if outputs.dim() == 4:
        outputs = outputs.permute(0, 2, 3, 1)
    save_file(module.state_dict(), HERE / f"{name}.safetensors")
    # The Flatten that the recipe does not name has no place in the list.
    is_added = len(output_shapes) > len(layers)
    shapes = [s for s, part in zip(output_shapes, module) if not (is_added and isinstance(part, nn.Flatten))]
    return {
        "name": name, "inputShape": input_shape, "layers": layers, "outputShapes": shapes,
        "pixels": pixels.flatten().tolist(), "outputs": outputs.flatten().tolist(),
    }


def check_written():
    """What tests/www/runs/export/safetensors.test.js says that HelloNN writes."""
    with safe_open(HERE / "hellonn.safetensors", "np") as file:
        assert file.metadata() == {"format": "pt", "hellonn": '{"a":"ä"}'}, file.metadata()
        assert set(file.keys()) == {"0.weight", "0.bias", "empty"}, file.keys()
        weight, expected = file.get_tensor("0.weight"), numpy.array([[1.5, -2, 0.1], [3e-45, 1e38, -0.0]], "float32")
        assert weight.dtype == numpy.float32 and weight.tobytes() == expected.tobytes(), weight
        assert numpy.isnan(file.get_tensor("0.bias")[1]) and file.get_tensor("0.bias")[0] == numpy.inf
        assert file.get_tensor("empty").shape == (0, 3)


def check_models():
    for case in json.loads((HERE / "networks.json").read_text(encoding="utf-8")):
        model = onnx.load(HERE / f"{case['name']}.onnx")
        onnx.checker.check_model(model, full_check=True)
        session = onnxruntime.InferenceSession(HERE / f"{case['name']}.onnx")
        shape = session.get_inputs()[0].shape
        x = numpy.array(case["pixels"], "float32").reshape(3, *shape[1:]) / 255
        [scores] = session.run(["scores"], {"image": x})
        assert list(scores.shape) == [3, 4] and session.get_outputs()[0].shape == ["N", 4], scores.shape
        difference = numpy.abs(scores.flatten() - numpy.array(case["outputs"])).max()
        assert difference < 1e-5, difference
        print(case["name"], shape, "differs from PyTorch by at most", difference)


def check_script():
    """Better answer's: it builds its network, which trains."""
    script = runpy.run_path(str(HERE / "better_answer.py"))
    model = script["build_model"]()
    script["start_again"](model)
    assert script["scores"](model, torch.from_numpy(script["IMAGES"].copy()).float()).shape == script["ANSWERS"].shape
    labels = torch.arange(240) % 10
    images = torch.rand(240, 1, 28, 28) + labels.view(-1, 1, 1, 1)
    loss, _ = script["evaluate"](model, images, labels)
    script["train"](model, images, labels)
    assert script["evaluate"](model, images, labels)[0] < loss


def make():
    HERE.mkdir(exist_ok=True)
    cases = [answered(name, *network) for name, network in NETWORKS.items()]
    text = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    (HERE / "networks.json").write_text(f"[\n{text}\n]\n", encoding="utf-8")


if sys.argv[1:] == ["check"]:
    check_written()
    check_models()
    check_script()
else:
    make()
