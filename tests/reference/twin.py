"""What PyTorch itself reaches with the preset "PyTorch twin": test accuracy after 20 epochs, seeds 1 to 3.

Run with torch 2.15: python tests/reference/twin.py FOLDER (the four IDX files of MNIST, raw)
"""

import pathlib
import sys

import torch
from torch import nn

folder = pathlib.Path(sys.argv[1])


def read(name, header, shape):
    data = bytearray((folder / name).read_bytes()[header:])
    return torch.frombuffer(data, dtype=torch.uint8).reshape(shape)


images = read("train-images-idx3-ubyte", 16, (-1, 784)).float() / 255
labels = read("train-labels-idx1-ubyte", 8, (-1,)).long()
test_images = read("t10k-images-idx3-ubyte", 16, (-1, 784)).float() / 255
test_labels = read("t10k-labels-idx1-ubyte", 8, (-1,)).long()
targets = nn.functional.one_hot(labels).float()

torch.set_num_threads(1)
accuracies = []
for seed in (1, 2, 3):
    torch.manual_seed(seed)
    layers = [nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.Sigmoid(), nn.Linear(64, 10), nn.Tanh()]
    network = nn.Sequential(*layers)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for epoch in range(20):
        for batch in torch.randperm(60_000).split(64):
            optimizer.zero_grad()
            nn.functional.mse_loss(network(images[batch]), targets[batch]).backward()
            optimizer.step()
    with torch.no_grad():
        accuracies.append((network(test_images).argmax(1) == test_labels).float().mean().item())
    print(f"seed {seed}: {100 * accuracies[-1]:.2f} %", flush=True)
print(f"mean: {100 * sum(accuracies) / len(accuracies):.2f} %")
