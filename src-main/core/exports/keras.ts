import { keras } from '@shared/catalog/exporters'
import { kerasModelScript, lowerKeras } from '@shared/export-code'
import { kerasWeights } from './collected'
import type { ModelExporter } from './exporter'
import { encodeNpz } from './npy'
import { pythonFiles } from './python-files'
import { zip } from './zip'

/** `model.py` and `weights.npz`: weights by `<layer>/<variable>` in Keras's layout. */
export const kerasExporter: ModelExporter = {
  definition: keras,
  write(model) {
    const lowered = lowerKeras(model.plan, { target: 'keras' })
    const weights = kerasWeights(model, lowered)
    return zip('keras', [
      { name: 'model.py', content: kerasModelScript(lowered, model.name) },
      { name: 'weights.npz', content: encodeNpz('keras', weights), level: 0 },
      ...pythonFiles('keras', model),
    ])
  },
}
