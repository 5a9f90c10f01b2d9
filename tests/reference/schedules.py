"""Prints what PyTorch's learning-rate schedulers give for 4 epochs of 2 updates: the numbers in schedule.rs.

Run with torch 2.15: python tests/reference/schedules.py
"""

import torch
from torch.optim import lr_scheduler as s


def factors(make, every=1):
    p = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([p], lr=1.0)
    scheduler = make(optimizer)
    found = []
    for i in range(8):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if (i + 1) % every == 0 and i < 7:
            scheduler.step()
    return found


# Step changes with the epoch; the others with each update.
print("step", factors(lambda o: s.StepLR(o, 1, 0.5), every=2))
print("cosine", factors(lambda o: s.CosineAnnealingLR(o, 8)))
print("warm-up", factors(lambda o: s.LinearLR(o, start_factor=1 / 3, total_iters=2)), "(1.5 epochs)")
print("one-cycle", factors(lambda o: s.OneCycleLR(o, 1.0, total_steps=8)))
