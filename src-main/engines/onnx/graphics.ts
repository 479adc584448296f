import { existsSync, readdirSync } from 'node:fs'
import { issue, type Issue } from '@shared/spec/issue'

/** Where Linux shows graphics processors: Mesa's and NVIDIA's nodes, and WSL's. */
const NODES = ['/dev/nvidiactl', '/dev/dxg']
const RENDER_NODES = '/dev/dri'
const RENDER_NODE = 'renderD'

/** Variables that name Vulkan drivers, software ones included. */
const DRIVER_VARIABLES = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES', 'VK_ADD_DRIVER_FILES']

/** Why WebGPU will find no adapter here; null where it may. A look at a few file names: loading the driver takes longer. */
export function graphicsMissing(platform: NodeJS.Platform = process.platform, environment: NodeJS.ProcessEnv = process.env): Issue | null {
  if (platform !== 'linux') return null
  if (DRIVER_VARIABLES.some((name) => (environment[name] ?? '') !== '')) return null
  if (NODES.some((path) => existsSync(path)) || renderNodes().length > 0) return null
  return issue('engine-graphics-missing', [], { files: [`${RENDER_NODES}/${RENDER_NODE}*`, ...NODES].join(', ') })
}

function renderNodes(): readonly string[] {
  try {
    return readdirSync(RENDER_NODES).filter((name) => name.startsWith(RENDER_NODE))
  } catch {
    return []
  }
}
