import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { graphicsMissing } from './onnx/graphics'
import { PACKAGES } from './tfjs/packages'

/**
 * Devices beside the CPU that may be here, judged by files alone: nothing is loaded, so it costs next to nothing where
 * there is only the CPU. Whether they work, their self-test tells.
 */
export function possibleAccelerators(): readonly string[] {
  const require = createRequire(import.meta.url)
  const found: string[] = []
  if (providerFile('cuda')) found.push('onnx-cuda')
  if (process.platform === 'win32') found.push('onnx-dml')
  if (graphicsMissing() === null) found.push('onnx-webgpu')
  if (PACKAGES.some((name) => resolves(require, name))) found.push('tfjs-tensorflow')
  return found
}

/** Whether a provider's library lies beside onnxruntime's own. */
export function providerFile(provider: string): boolean {
  try {
    const root = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
    return existsSync(join(root, 'bin', 'napi-v6', process.platform, process.arch, `libonnxruntime_providers_${provider}.so`))
  } catch {
    return false
  }
}

function resolves(require: NodeJS.Require, name: string): boolean {
  try {
    require.resolve(name)
    return true
  } catch {
    return false
  }
}
