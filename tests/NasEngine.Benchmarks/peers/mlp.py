"""HAT's latency predictor, forward in PyTorch on one thread. Prints "mlp least-ms median-ms" of a batch of the given size."""
import sys
import time

import torch

torch.set_num_threads(1)
batch, rounds = int(sys.argv[1]), int(sys.argv[2])
sizes = [10, 400, 400, 400, 400, 1]
layers = []
for index in range(5):
    layers.append(torch.nn.Linear(sizes[index], sizes[index + 1]))
    if index < 4:
        layers.append(torch.nn.ReLU())
model = torch.nn.Sequential(*layers)
data = torch.rand(batch, sizes[0])
times = []
with torch.no_grad():
    for _ in range(rounds):
        start = time.perf_counter()
        model(data)
        times.append((time.perf_counter() - start) * 1e3)
times.sort()
print(f"mlp {times[0]:.6f} {times[len(times) // 2]:.6f} 0")
