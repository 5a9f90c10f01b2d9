"""A runner's side of the bench's conversation: a request a line, an answer a line (see ../lines.js); and MNIST."""

import json
import resource
import sys
from pathlib import Path


def answer_lines(answer):
    """Answers each request with what `answer` makes of it until there are no more."""
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = {"bytes": peak_bytes()} if request["do"] == "peak" else answer(request)
        except Exception as error:  # whatever it is, the table has to say it
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


def peak_bytes():
    """The most memory this process ever held."""
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest if sys.platform == "darwin" else largest * 1024


def read_mnist(folder, part):
    """The raw pixels, 784 an image, and the labels of "train" or "t10k", as bytes."""
    pixels = (Path(folder) / f"{part}-images-idx3-ubyte").read_bytes()[16:]
    labels = (Path(folder) / f"{part}-labels-idx1-ubyte").read_bytes()[8:]
    return bytearray(pixels), bytearray(labels)
