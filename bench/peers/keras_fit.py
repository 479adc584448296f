"""Peer for `npm run bench -- throughput`: trains the reference models with Keras `fit` on request.

Reads one JSON request a line on standard input, {"model", "mode", "seconds"}, and answers with one line,
{"samplesPerSecond"} or {"error"}. Mode "fit" is what tutorials show; "grouped" runs 16 steps per execution.
Usage: python keras_fit.py DATA_DIRECTORY THREADS
"""
import json
import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf
from keras import layers

DATA, THREADS = sys.argv[1], int(sys.argv[2])
tf.config.threading.set_intra_op_parallelism_threads(THREADS)
tf.config.threading.set_inter_op_parallelism_threads(THREADS)
keras.utils.set_random_seed(0)


def dense(*stack):
    return lambda shape: keras.Sequential([keras.Input(shape), *[make() for make in stack]])


def cnn(batch_norm):
    def build(shape):
        stack = [keras.Input(shape)]
        for filters in (32, 64):
            stack.append(layers.Conv2D(filters, 3, padding="same"))
            if batch_norm:
                stack.append(layers.BatchNormalization())
            stack += [layers.ReLU(), layers.MaxPooling2D(2)]
        stack += [layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(10)]
        return keras.Sequential(stack)

    return build


relu = lambda units: lambda: layers.Dense(units, activation="relu")
tanh = lambda units: lambda: layers.Dense(units, activation="tanh")
linear = lambda units: lambda: layers.Dense(units)
m1 = dense(relu(128), lambda: layers.Dropout(0.2), linear(10))

# model: (build, batch size, data file stem)
MODELS = {
    "M1": (m1, 32, "flat"),
    "M1b": (m1, 128, "flat"),
    "M2": (dense(relu(512), relu(512), linear(10)), 128, "flat"),
    "M3": (cnn(False), 64, "image"),
    "M3b": (cnn(True), 64, "image"),
    "M4": (dense(tanh(8), tanh(8), linear(1)), 32, "toy"),
}


class Deadline(keras.callbacks.Callback):
    """Ends `fit` after some seconds, not counting its first epoch."""

    def __init__(self, seconds):
        super().__init__()
        self.seconds, self.epochs, self.start, self.spent = seconds, 0, None, 0.0

    def on_epoch_end(self, epoch, logs=None):
        now = time.perf_counter()
        if self.start is None:
            self.start = now
            return
        self.epochs += 1
        self.spent = now - self.start
        if self.spent >= self.seconds:
            self.model.stop_training = True


class Training:
    def __init__(self, name, mode):
        build, self.batch, stem = MODELS[name]
        self.x = np.load(os.path.join(DATA, f"{stem}-x.npy"))
        self.y = np.load(os.path.join(DATA, f"{stem}-y.npy"))
        if stem == "image":
            self.x = np.ascontiguousarray(np.moveaxis(self.x, 1, -1))
        self.model = build(self.x.shape[1:])
        toy = name == "M4"
        self.model.compile(
            optimizer=keras.optimizers.SGD(0.01) if toy else keras.optimizers.Adam(),
            loss="mse" if toy else keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            steps_per_execution=16 if mode == "grouped" else 1,
        )

    def measure(self, seconds):
        deadline = Deadline(seconds)
        self.model.fit(self.x, self.y, batch_size=self.batch, epochs=100_000, verbose=0, callbacks=[deadline])
        return deadline.epochs * len(self.x) / deadline.spent


kept = {}
print(json.dumps({"ready": f"Keras {keras.__version__} on TensorFlow {tf.__version__}"}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    try:
        key = (request["model"], request["mode"])
        if key not in kept:
            kept[key] = Training(*key)
        print(json.dumps({"samplesPerSecond": kept[key].measure(request["seconds"])}), flush=True)
    except Exception as error:  # the bench goes on without this figure
        print(json.dumps({"error": str(error)}), flush=True)
