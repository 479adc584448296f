"""Peer for `npm run bench -- throughput`: trains the reference models in PyTorch on request.

Reads one JSON request a line on standard input, {"model", "mode", "seconds"}, and answers with one line,
{"samplesPerSecond"} or {"error"}. Mode "eager" is what tutorials show; "tuned" is the strongest setting found: fused
optimizer and, for images, channels_last.
Usage: python pytorch.py DATA_DIRECTORY THREADS
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


# model: (build, batch size, data file stem, loss)
MODELS = {
    "M1": (m1, 32, "flat", F.cross_entropy),
    "M1b": (m1, 128, "flat", F.cross_entropy),
    "M2": (m2, 128, "flat", F.cross_entropy),
    "M3": (lambda: cnn(False), 64, "image", F.cross_entropy),
    "M3b": (lambda: cnn(True), 64, "image", F.cross_entropy),
    "LSTM": (RowLstm, 64, "image", F.cross_entropy),
    "TF": (Transformer, 32, "tokens", F.cross_entropy),
    "M4": (m4, 32, "toy", F.mse_loss),
}


class Training:
    """One model with its optimizer, kept between requests as a notebook would keep it."""

    def __init__(self, name, mode):
        build, self.batch, stem, self.loss = MODELS[name]
        tuned = mode == "tuned"
        self.model = build()
        self.x = torch.from_numpy(np.load(os.path.join(DATA, f"{stem}-x.npy")))
        self.y = torch.from_numpy(np.load(os.path.join(DATA, f"{stem}-y.npy")))
        if self.loss is F.cross_entropy:
            self.y = self.y.long()
        if tuned and stem == "image" and name != "LSTM":
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
        steps, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            for _ in range(5):
                self.step()
            steps += 5
        return steps * self.batch / (time.perf_counter() - start)


kept = {}
print(json.dumps({"ready": f"PyTorch {torch.__version__}"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    try:
        key = (request["model"], request["mode"])
        if key not in kept:
            kept[key] = Training(*key)
        print(json.dumps({"samplesPerSecond": kept[key].measure(request["seconds"])}), flush=True)
    except Exception as error:  # the bench goes on without this figure
        print(json.dumps({"error": str(error)}), flush=True)
