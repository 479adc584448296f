"""Peer for `npm run bench -- throughput`: trains the reference models in PyTorch on request.

Reads one JSON request a line on standard input, {"model", "mode", "seconds"}, and answers with one line,
{"samplesPerSecond"} or {"error"}. Mode "eager" is what tutorials show; "tuned" is the strongest setting found: fused
optimizer and, for images, channels_last.
Usage: python pytorch.py DATA_DIRECTORY THREADS [DEVICE]; DEVICE is cpu (default) or cuda.
"""
import json
import os
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

DATA, THREADS = sys.argv[1], int(sys.argv[2])
DEVICE = torch.device(sys.argv[3] if len(sys.argv) > 3 else "cpu")
torch.set_num_threads(THREADS)
torch.manual_seed(0)


def cnn(batch_norm):
    layers = []
    for inputs, outputs in ((1, 32), (32, 64)):
        layers.append(nn.Conv2d(inputs, outputs, 3, padding=1))
        if batch_norm:
            layers.append(nn.BatchNorm2d(outputs))
        layers += [nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10))


def m1():
    return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Dropout(0.2), nn.Linear(128, 10))


def m2():
    return nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10))


def m4():
    return nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))


class RowLstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(28, 128, batch_first=True)
        self.output = nn.Linear(128, 10)

    def forward(self, x):
        return self.output(self.lstm(x.squeeze(1))[0][:, -1])


class Block(nn.Module):
    def __init__(self, width=128, heads=4):
        super().__init__()
        self.norm_a, self.norm_b = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.step = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x, mask):
        y = self.norm_a(x)
        x = x + self.attention(y, y, y, attn_mask=mask, need_weights=False, is_causal=True)[0]
        return x + self.step(self.norm_b(x))


class Transformer(nn.Module):
    def __init__(self, width=128, steps=64):
        super().__init__()
        self.embedding = nn.Embedding(64, width)
        self.positions = nn.Parameter(torch.randn(steps, width) * 0.02)
        self.blocks = nn.ModuleList([Block(), Block()])
        self.norm, self.output = nn.LayerNorm(width), nn.Linear(width, 10)
        self.register_buffer("mask", torch.triu(torch.ones(steps, steps, dtype=torch.bool), 1))

    def forward(self, x):
        x = self.embedding(x.long()) + self.positions
        for block in self.blocks:
            x = block(x, self.mask)
        return self.output(self.norm(x).mean(1))


def m6():
    return nn.Sequential(nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 10))


class Residual(nn.Module):
    """ResNet's basic block."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs)
        self.short = nn.Identity()
        if stride > 1:
            self.short = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return F.relu(self.norm2(self.second(F.relu(self.norm1(self.first(x))))) + self.short(x))


def resnet():
    layers = [nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU()]
    width = 64
    for stage, outputs in enumerate((64, 128, 256, 512)):
        layers += [Residual(width, outputs, 2 if stage > 0 else 1), Residual(outputs, outputs, 1)]
        width = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


# model: (build, batch size, data file stem, loss)
MODELS = {
    "M1": (m1, 32, "flat", F.cross_entropy),
    "M1b": (m1, 128, "flat", F.cross_entropy),
    "M2": (m2, 128, "flat", F.cross_entropy),
    "M3": (lambda: cnn(False), 64, "image", F.cross_entropy),
    "M3b": (lambda: cnn(True), 64, "image", F.cross_entropy),
    "LSTM": (RowLstm, 64, "image", F.cross_entropy),
    "TF": (Transformer, 32, "tokens", F.cross_entropy),
    "M5": (resnet, 128, "color", F.cross_entropy),
    "M6": (m6, 512, "wide", F.cross_entropy),
    "M4": (m4, 32, "toy", F.mse_loss),
}


def wait():
    if DEVICE.type == "cuda":
        torch.cuda.synchronize()


class Training:
    """One model with its optimizer, kept between requests as a notebook would keep it."""

    def __init__(self, name, mode):
        build, self.batch, stem, self.loss = MODELS[name]
        tuned = mode == "tuned"
        self.model = build().to(DEVICE)
        self.x = torch.from_numpy(np.load(os.path.join(DATA, f"{stem}-x.npy"))).to(DEVICE)
        self.y = torch.from_numpy(np.load(os.path.join(DATA, f"{stem}-y.npy"))).to(DEVICE)
        if self.loss is F.cross_entropy:
            self.y = self.y.long()
        if tuned and stem in ("image", "color") and name != "LSTM":
            self.model = self.model.to(memory_format=torch.channels_last)
            self.x = self.x.to(memory_format=torch.channels_last)
        parameters = self.model.parameters()
        if name == "M4":
            self.optimizer = torch.optim.SGD(parameters, 0.01, fused=tuned)
        else:
            self.optimizer = torch.optim.Adam(parameters, 1e-3, fused=tuned)
        self.at = 0

    def step(self):
        start = self.at * self.batch % (len(self.x) - self.batch + 1)
        self.at += 1
        x, y = self.x[start : start + self.batch], self.y[start : start + self.batch]
        self.optimizer.zero_grad()
        self.loss(self.model(x), y).backward()
        self.optimizer.step()

    def measure(self, seconds):
        for _ in range(10):
            self.step()
        wait()
        steps, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            for _ in range(5):
                self.step()
            steps += 5
            wait()
        return steps * self.batch / (time.perf_counter() - start)


kept = {}
NAME = torch.cuda.get_device_name(DEVICE) if DEVICE.type == "cuda" else DEVICE.type
print(json.dumps({"ready": f"PyTorch {torch.__version__} on {NAME}"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    try:
        key = (request["model"], request["mode"])
        if key not in kept:
            kept[key] = Training(*key)
        print(json.dumps({"samplesPerSecond": kept[key].measure(request["seconds"])}), flush=True)
    except Exception as error:  # the bench goes on without this figure
        print(json.dumps({"error": str(error)}), flush=True)
