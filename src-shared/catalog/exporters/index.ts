import { bundle } from './bundle'
import type { ExporterDefinition } from './exporter'
import { keras } from './keras'
import { onnx } from './onnx'
import { pytorch } from './pytorch'
import { report } from './report'
import { safetensors } from './safetensors'
import { tfjs } from './tfjs'

export type { ExporterDefinition } from './exporter'
export { bundle, keras, onnx, pytorch, report, safetensors, tfjs }

export const exporters: readonly ExporterDefinition[] = [onnx, keras, pytorch, tfjs, safetensors, report, bundle]
