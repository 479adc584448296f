import { pytorch } from '@shared/catalog/exporters'
import { lowerPytorch, pytorchModelScript } from '@shared/export-code'
import { encodeSafetensors, type NamedTensor } from '@shared/lib/safetensors'
import { arraysOf } from './collected'
import type { ModelExporter } from './exporter'
import { metadataOf } from './metadata'
import { pythonFiles } from './python-files'
import { zip } from './zip'

/** `model.py` and `model.safetensors`, which is the module's `state_dict`. */
export const pytorchExporter: ModelExporter = {
  definition: pytorch,
  write(model) {
    const lowered = lowerPytorch(model.plan, { training: false })
    const tensors = arraysOf(model, lowered.weights).map((array): NamedTensor => ({ ...array, dtype: 'float32' }))
    return zip('pytorch', [
      { name: 'model.py', content: pytorchModelScript(lowered, model.name) },
      // What PyTorch's own programs look for.
      { name: 'model.safetensors', content: encodeSafetensors(tensors, { ...metadataOf(model), format: 'pt' }), level: 0 },
      ...pythonFiles('pytorch', model),
    ])
  },
}
