import type { DeviceReport } from '../engine'

// Apart from what loads the library: where it does not load, its devices are still named.

export const PACKAGE = 'onnxruntime-node'

export function titleOf(provider: string): DeviceReport['title'] {
  return { en: `ONNX Runtime (${provider})`, 'zh-CN': `ONNX Runtime（${provider}）` }
}
