import type { Shape } from '@shared/graph'
import { joinParts } from './training/script'

/** `predict.py`: predictions from raw features, preprocessed as in training. */
export function predictScript(framework: 'keras' | 'pytorch', sample: Shape, output: Shape): string {
  const image = sample.length === 3
  const keras = framework === 'keras'
  const predicted = `load_model().predict(${image ? 'np.moveaxis(x, 1, -1)' : 'x'}, verbose=0)`
  const outputs = keras ? (output.length === 3 ? `np.moveaxis(${predicted}, -1, 1)` : predicted) : 'load_model()(torch.from_numpy(x)).numpy()'
  return joinParts([
    `"""Predictions from raw features: \`python predict.py rows.npy\`, or \`rows.csv\` for tables; without a file, one example.

Rows of an array have the shape that the data had${image ? ', channels first' : ''}; metadata.json says how features are prepared.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
${keras ? '' : 'import torch\n'}
from model import load_model

METADATA = json.loads(Path(__file__).with_name("metadata.json").read_text(encoding="utf-8"))`,
    `def preprocess(rows):
    """Rows as the model takes them. Of a table each row is a dict by column, of arrays all rows are one array."""
    how = METADATA["preprocessing"]
    if how["kind"] == "dense":
        shift, scale = np.array(how["shift"]), np.array(how["scale"])
        if len(shift) > 1:
            shape = (-1, *[1] * (len(how["shape"]) - 1)) if len(shift) == how["shape"][0] else tuple(how["shape"])
            shift, scale = shift.reshape(shape), scale.reshape(shape)
        return ((np.asarray(rows, dtype=float).reshape(-1, *how["shape"]) - shift) * scale).astype("float32")
    return np.array([[each for column in how["columns"] for each in cells(row, column)] for row in rows], dtype="float32")`,
    `def cells(row, column):
    """One column of a row as inputs."""
    value = row[column["name"]]
    if column["kind"] == "oneHot":
        return [float(value == category) for category in column["categories"]]
    if value in ("", None):
        value = column["fill"]
    return [(float(value) - column["shift"]) * column["scale"]]`,
    `def predict(rows):
    """The model's outputs: probabilities for classes, else values in the units and the layout of the data."""
    x = preprocess(rows)
${keras ? `    outputs = ${outputs}` : `    with torch.no_grad():\n        outputs = ${outputs}`}
    undo = METADATA.get("target_preprocessing")
    if undo is None:
        return outputs
    scale, shift = (np.array(undo[each]).reshape(outputs.shape[1:]) for each in ("scale", "shift"))
    return outputs / scale + shift`,
    `def example():
    how = METADATA["preprocessing"]
    if how["kind"] == "dense":
        return np.zeros((1, *how["shape"]))
    return [{column["name"]: column["categories"][0] if column["kind"] == "oneHot" else column["shift"] for column in how["columns"]}]`,
    `def read(path):
    if path.endswith(".npy"):
        return np.load(path, allow_pickle=False)
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))`,
    `if __name__ == "__main__":
    names = METADATA.get("class_names")
    for output in predict(read(sys.argv[1]) if len(sys.argv) > 1 else example()):
        if names is None:
            print(output)
        else:
            best = int(output.argmax()) if output.size > 1 else int(output.reshape(-1)[0] > 0.5)
            print(names[best], output)`,
  ])
}
