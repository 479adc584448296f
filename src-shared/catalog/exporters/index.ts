import type { ExporterDefinition } from './exporter'
import { onnx } from './onnx'
import { safetensors } from './safetensors'

export type { ExporterDefinition } from './exporter'
export { onnx, safetensors }

export const exporters: readonly ExporterDefinition[] = [onnx, safetensors]
