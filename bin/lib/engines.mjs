// Fetches what some devices need beyond the npm packages. Only when asked for: no installation runs this, and when it fails all else works as before.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { npm } from './install.mjs'
import { requireNode, run } from './node.mjs'

/** The last release; `src-main/engines/tfjs` is written for it. */
export const TENSORFLOW = '@tensorflow/tfjs-node-gpu@4.22.0'
const TENSORFLOW_PLATFORMS = ['linux-x64', 'win32-x64']

/** onnxruntime-node's CUDA provider, by the package's own script. */
export async function setupCuda(root, test = testDevice) {
  if (!supports('onnx-cuda', ['linux-x64'])) return 1
  const folder = join(root, 'node_modules', 'onnxruntime-node')
  // Not `=cuda12`: release 1.30 reads that as if nothing were said, and below npm that means to do nothing.
  const code = await run(requireNode(root), [join(folder, 'script', 'install.js'), '--onnxruntime-node-install=true'], { cwd: root })
  if (code !== 0) return failed('setup:cuda', `ONNX Runtime's install script ended with ${code}; its own words are above`)
  const library = join(folder, 'bin', 'napi-v6', process.platform, process.arch, 'libonnxruntime_providers_cuda.so')
  if (!existsSync(library)) return failed('setup:cuda', `ONNX Runtime's install script left no ${library}`)
  return await verify(root, 'onnx-cuda', test)
}

/** TensorFlow's library for Node, with its install script, which downloads it. */
export async function setupTensorflow(root, test = testDevice) {
  if (!supports('tfjs-tensorflow', TENSORFLOW_PLATFORMS)) return 1
  const [command, args] = npm()
  const options = { cwd: root, shell: process.platform === 'win32' && command.endsWith('.cmd') }
  const installed = await run(command, [...args, 'install', '--no-save', '--no-audit', '--no-fund', TENSORFLOW], options)
  if (installed !== 0) return failed('setup:tensorflow-gpu', `npm ended with ${installed}; its own words are above`)
  const name = TENSORFLOW.slice(0, TENSORFLOW.lastIndexOf('@'))
  const built = await run(command, [...args, 'rebuild', '--ignore-scripts=false', '--foreground-scripts', name], options)
  if (built !== 0) return failed('setup:tensorflow-gpu', `the install script of ${name} ended with ${built}; its own words are above`)
  return await verify(root, 'tfjs-tensorflow', test)
}

function supports(device, platforms) {
  const platform = `${process.platform}-${process.arch}`
  if (platforms.includes(platform)) return true
  console.error(`${device} exists on ${platforms.join(' and ')} only; this is ${platform}.`)
  return false
}

/** What was fetched counts when the device's self-test passes. */
async function verify(root, device, test) {
  const report = await test(root, device)
  if (report?.available === true) {
    console.log(`${device} works: ${report.title} ${report.version}, self-test passed.`)
    return 0
  }
  console.error(`Everything is fetched, but ${device} cannot be used: ${report?.reasons.map(({ message }) => message).join(' ') ?? 'it is not among the devices'}`)
  return 1
}

function failed(script, reason) {
  console.error(`The device was not set up: ${reason}. Nothing else has changed. When the cause is mended: npm run ${script}`)
  return 1
}

/** The device as `descent devices` reports it; null where it does not. */
async function testDevice(root, device) {
  const { requireBuilt } = await import('./build.mjs')
  await requireBuilt(root)
  const { stdout } = spawnSync(requireNode(root), [join(root, 'bin', 'descent.mjs'), 'devices', '--json'], { cwd: root, encoding: 'utf8' })
  return stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)).find(({ id }) => id === device) ?? null
}
