import { tfjs } from '@shared/catalog/exporters'
import { lowerKeras } from '@shared/export-code'
import { joined, kerasWeights } from '../collected'
import type { ModelExporter } from '../exporter'
import { descriptionOf } from '../metadata'
import { zip } from '../zip'
import { topologyOf } from './topology'

const WEIGHTS_FILE = 'group1-shard1of1.bin'

/** A layers model for `tf.loadLayersModel`: `model.json` and one file of weights, float32 one after the other. */
export const tfjsExporter: ModelExporter = {
  definition: tfjs,
  write(model) {
    const lowered = lowerKeras(model.plan, { target: 'tfjs' })
    const weights = kerasWeights(model, lowered)
    const json = {
      format: 'layers-model',
      generatedBy: `Descent ${model.version}`,
      convertedBy: null,
      modelTopology: { keras_version: 'tfjs-layers 4.22.0', backend: 'tensor_flow.js', model_config: topologyOf(lowered, model.name) },
      weightsManifest: [{ paths: [WEIGHTS_FILE], weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })) }],
      userDefinedMetadata: { ...descriptionOf(model), layout: 'channels last' },
    }
    return zip('tfjs', [
      { name: 'model.json', content: JSON.stringify(json) },
      { name: WEIGHTS_FILE, content: bytesOf(joined(weights.map(({ data }) => data))), level: 0 },
    ])
  },
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
