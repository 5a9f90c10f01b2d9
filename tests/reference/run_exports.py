"""Runs what tests/tools/export-samples.js has exported: each script checks its outputs against HelloNN's and trains on by
its recipe, and each ONNX model answers as HelloNN's network. Where nothing is drawn at random, PyTorch's losses are
compared with those that HelloNN came to from the same weights.

Run with torch 2.15, safetensors, onnx, onnxruntime, numpy and matplotlib: python tests/reference/run_exports.py FOLDER
"""

import contextlib
import io
import json
import re
import runpy
import subprocess
import sys
from pathlib import Path

import numpy
import onnx
import onnxruntime
import torch

torch.set_num_threads(1)
folder = Path(sys.argv[1])

# Their sums are so large that 32 bits do not hold five decimals of them; no two programs round alike.
SATURATED = ["hellonn-by-hand", "hellonn-start-standardnormal"]


def run(path, *arguments):
    """What the script prints."""
    sys.argv = [str(path), *arguments]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        runpy.run_path(str(path), run_name="__main__")
    return printed.getvalue()


def check_model(case):
    path = folder / f"{case['name']}.onnx"
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path)
    pixels = (folder / "data/t10k-images-idx3-ubyte").read_bytes()[16 : 16 + 7840]
    images = numpy.frombuffer(pixels, numpy.uint8).reshape(10, *session.get_inputs()[0].shape[1:])
    [scores] = session.run(["scores"], {"image": images.astype(numpy.float32) / 255})
    expected = numpy.array(case["outputs"]).reshape(10, 10)
    return (numpy.abs(scores - expected) / numpy.maximum(1, numpy.abs(expected))).max()


worst = {"PyTorch's outputs": 0.0, "ONNX's outputs": 0.0, "losses": 0.0}
for case in json.loads((folder / "cases.json").read_text()):
    printed = run(folder / f"{case['name']}.py", "--data", str(folder / "data"))
    outputs = float(re.search(r"differ from HelloNN's by at most (\S+)", printed)[1])
    losses = [float(loss) for loss in re.findall(r"training loss (\S+),", printed)]
    by_onnx = check_model(case)
    difference = 0.0
    if case["losses"]:
        assert len(losses) == len(case["losses"]), printed
        difference = max(abs(a - b) / b for a, b in zip(losses, case["losses"]))
    found = [outputs, by_onnx, difference]
    worst = {name: max(value, found) for (name, value), found in zip(worst.items(), found)}
    accuracy = re.search(r"test loss.*", printed)[0]
    print(f"{case['name']:32} outputs {outputs:.0e}, ONNX {by_onnx:.0e}, losses {difference:.0e}; {accuracy}", flush=True)
    assert by_onnx < (5e-5 if case["name"] in SATURATED else 1e-5), case["name"]
    assert difference < 1e-3, (case["losses"], losses)

print("at most:", worst)
for name in ["hellonn-better-answer", "hellonn-batch-norm"]:
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"]
    command = [*torchrun, str(folder / f"{name}.py"), "--data", str(folder / "data"), "--save", str(folder / "ddp.safetensors")]
    print(name, "in two processes:", subprocess.run(command, check=True, capture_output=True, text=True).stdout)
