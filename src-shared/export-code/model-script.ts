import type { KerasModel } from './keras/model'
import { kerasHelpers, kerasModelCode } from './keras/print'
import { remark } from './python/literal'
import type { TorchModel } from './pytorch/lower'
import { joinParts } from './training/script'

/** `model.py` of a Keras export: `load_model()` builds the model and gives it the weights beside it. */
export function kerasModelScript(model: KerasModel, name: string): string {
  return joinParts([
    `"""${remark(name) || 'A model'}, trained by Descent: a functional model of Keras 3.

Images are channels last. \`load_model()\` returns it trained; \`load_model().save("model.keras")\` makes one file of it.
Needs: keras 3 with TensorFlow, JAX or PyTorch, and numpy.
"""

from pathlib import Path

import keras
import numpy as np
from keras import layers, ops  # noqa: F401`,
    ...kerasHelpers(model),
    kerasModelCode(model, name, { training: false }),
    `def load_model(weights=Path(__file__).with_name("weights.npz")):
    """The trained model; \`weights\` holds an array for each \`<layer>/<variable>\`."""
    model = build_model()
    with np.load(weights, allow_pickle=False) as arrays:
        for key in arrays.files:
            layer, variable = key.rsplit("/", 1)
            owner = model.get_layer(layer)
            getattr(getattr(owner, "cell", owner), variable).assign(arrays[key])
    return model`,
  ])
}

/** `model.py` of a PyTorch export: `load_model()` makes the module and gives it the weights beside it. */
export function pytorchModelScript(model: TorchModel, name: string): string {
  return joinParts([
    `"""${remark(name) || 'A model'}, trained by Descent: a PyTorch module.

\`load_model()\` returns it trained, in evaluation mode.
Needs: torch and safetensors.
"""

from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: F401
from safetensors.torch import load_file
from torch import nn`,
    ...model.helpers,
    model.code,
    `def load_model(weights=Path(__file__).with_name("model.safetensors")):
    """The trained model; \`weights\` is its state."""
    model = Model()
    model.load_state_dict(load_file(weights))
    return model.eval()`,
  ])
}
