"""Scores drawn images with a small mobile CNN in eager PyTorch, on one thread, for so many seconds; prints images a second."""
import sys
import time

import torch

torch.set_num_threads(1)
torch.manual_seed(0)


def bottleneck(channels, hidden, kernel):
    return torch.nn.Sequential(
        torch.nn.Conv2d(channels, hidden, 1), torch.nn.ReLU(),
        torch.nn.Conv2d(hidden, hidden, kernel, padding=kernel // 2, groups=hidden), torch.nn.ReLU(),
        torch.nn.Conv2d(hidden, channels, 1))


network = torch.nn.Sequential(
    torch.nn.Conv2d(1, 8, 3, padding=1), *[bottleneck(8, 24, 3) for _ in range(4)], torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(8, 4))
network = network.eval().to(memory_format=torch.channels_last)
images = torch.randn(250, 1, 16, 16).contiguous(memory_format=torch.channels_last)
seconds = float(sys.argv[1])
with torch.inference_mode():
    for _ in range(5):
        network(images)
    scored, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < seconds:
        network(images)
        scored += len(images)
print(scored / (time.perf_counter() - begin))
