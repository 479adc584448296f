import { safetensors } from '@shared/catalog/exporters'
import { encodeSafetensors } from '@shared/lib/safetensors'
import type { ModelExporter } from './exporter'
import { metadataOf } from './metadata'

/** Weights and statistics under their own names and shapes. */
export const safetensorsExporter: ModelExporter = {
  definition: safetensors,
  write: (model) => encodeSafetensors(model.state.map((each) => ({ ...each, dtype: 'float32' })), metadataOf(model)),
}
