"""Does sandwich training steps of a mobile CNN supernet in eager PyTorch, as a user would write them: views of shared weights,
channels last, one backward pass per subnet, foreach SGD, gradients set to none.

Reads one JSON object a line:
  {"start": {...}}   sets threads, weights and data; answers {"version": ...}
  {"steps": [...]}   does the steps; answers {"ms": milliseconds of them all, "losses": those of the first step}
"""
import json
import math
import struct
import sys
import time

import torch
import torch.nn.functional as F


def read_safetensors(path):
    data = bytearray(open(path, "rb").read())
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=8 + length + begin)
        tensors[name] = values.clone().view(entry["shape"])
    return tensors


class Supernet(torch.nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.weights = {name: torch.nn.Parameter(value) for name, value in weights.items()}

    def conv_norm(self, x, name, outputs, inputs, kernel, stride=1, groups=1):
        weight = self.weights[name + ".weight"]
        crop = (weight.shape[2] - kernel) // 2
        weight = weight[:outputs, :inputs, crop:crop + kernel, crop:crop + kernel]
        x = F.conv2d(x, weight, None, stride, kernel // 2, 1, groups)
        return F.batch_norm(x, None, None, self.weights[name + ".norm.weight"][:outputs], self.weights[name + ".norm.bias"][:outputs], True, 0.0, 1e-5)

    def forward(self, x, plan):
        if x.shape[2] != plan["resolution"]:
            size = (plan["resolution"], plan["resolution"])
            x = F.interpolate(x, size, mode="bilinear", align_corners=False, antialias=True).contiguous(memory_format=torch.channels_last)
        stem = plan["stem"]
        x = F.relu_(self.conv_norm(x, "stem", stem["channels"], x.shape[1], stem["kernel"], stem["stride"]))
        for block in plan["blocks"]:
            name, hidden = block["name"], block["hidden"]
            y = F.relu_(self.conv_norm(x, name + ".expand", hidden, block["inputs"], 1))
            y = F.relu_(self.conv_norm(y, name + ".depthwise", hidden, 1, block["kernel"], block["stride"], hidden))
            y = self.conv_norm(y, name + ".project", block["outputs"], hidden, 1)
            x = x + y if block["stride"] == 1 and block["inputs"] == block["outputs"] else y
        x = F.relu_(self.conv_norm(x, "head", plan["head"], x.shape[1], 1))
        return F.linear(x.mean((2, 3)), self.weights["classifier.weight"], self.weights["classifier.bias"])


class Trainer:
    def __init__(self, settings):
        torch.set_num_threads(settings["threads"])
        self.settings = settings
        self.net = Supernet(read_safetensors(settings["weights"]))
        weights = self.net.weights.values()
        self.parameters = list(weights)
        self.optimizer = torch.optim.SGD(
            [{"params": [w for w in weights if w.dim() > 1], "weight_decay": settings["weightDecay"]},
             {"params": [w for w in weights if w.dim() == 1], "weight_decay": 0.0}],
            lr=settings["learningRate"], momentum=settings["momentum"], nesterov=True, foreach=True)
        height, width = settings["height"], settings["width"]
        pixels = torch.frombuffer(bytearray(open(settings["pixels"], "rb").read()), dtype=torch.uint8)
        # Kept as [n, height, width, 1] and turned in each batch: then a single channel too counts as channels last.
        self.images = pixels.view(-1, height, width, 1).float().div_(255).sub_(settings["mean"]).div_(settings["deviation"])
        self.labels = torch.tensor(settings["labels"])

    def step(self, step):
        settings = self.settings
        rate = settings["learningRate"] * 0.5 * (1 + math.cos(math.pi * step["number"] / settings["steps"]))
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        indices = step["indices"]
        images, labels = self.images[indices].permute(0, 3, 1, 2), self.labels[indices]
        self.optimizer.zero_grad(set_to_none=True)
        logits = self.net(images, settings["largest"])
        loss = F.cross_entropy(logits, labels)
        loss.backward()
        losses = [loss.detach()]
        scores = logits.detach().softmax(1)
        for plan in [settings["smallest"]] + step["subnets"]:
            loss = F.cross_entropy(self.net(images, plan), scores)
            loss.backward()
            losses.append(loss.detach())
        torch.nn.utils.clip_grad_norm_(self.parameters, settings["clipNorm"])
        self.optimizer.step()
        return losses


def main():
    trainer = None
    for line in sys.stdin:
        message = json.loads(line)
        if "start" in message:
            trainer = Trainer(message["start"])
            answer = {"version": torch.__version__}
        else:
            steps = message["steps"]
            for step in steps:
                step["indices"] = torch.tensor(step["indices"])
            start = time.perf_counter()
            losses = [trainer.step(step) for step in steps]
            ms = (time.perf_counter() - start) * 1000
            answer = {"ms": ms, "losses": [loss.item() for loss in losses[0]]}
        print(json.dumps(answer), flush=True)


main()
