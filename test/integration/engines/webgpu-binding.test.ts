import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodeModel, OnnxGraph } from '@main/engines/onnx/model'
import { ROOT } from '@test/helpers/core'
import { temporaryDirectory } from '@test/helpers/temporary'
import { SOFTWARE_VULKAN } from '@test/helpers/software-vulkan'

/** What onnxruntime-node would have to allow for graph capture: asked for in the two ways there are, with output in a place of one's own. */
const SCRIPT = `
  import ort from 'onnxruntime-node'
  const [model] = process.argv.slice(1)
  const device = { executionProviders: ['webgpu'], logSeverityLevel: 3, preferredOutputLocation: 'gpu-buffer' }
  const open = (options) => ort.InferenceSession.create(model, options)
  const x = (value) => ({ x: new ort.Tensor('float32', Float32Array.of(value), [1]) })
  const refusal = await open({ ...device, executionProviders: [{ name: 'webgpu', enableGraphCapture: true }] }).then(() => null, (error) => error.message)
  const writer = await open(device)
  const reader = await open({ ...device, preferredOutputLocation: 'cpu' })
  const read = async (tensor) => (await reader.run({ x: tensor })).y.data[0]
  const first = (await writer.run(x(1))).y
  const second = (await writer.run(x(3), { y: first })).y
  console.log(JSON.stringify({ refusal, first: await read(first), second: await read(second) }))
  process.exit(0)
`

describe.skipIf(SOFTWARE_VULKAN === null)('onnxruntime-node\'s webgpu provider', () => {
  // Where one of these fails, docs/engines.md is out of date, and steps could be captured.
  it('takes no request for graph capture, and writes no output where one asks for it', () => {
    const graph = new OnnxGraph('twice')
    const x = graph.input('x', 'float32', [1])
    graph.output(graph.node('Add', [x, x]), 'float32', [1], 'y')
    const path = join(temporaryDirectory(), 'twice.onnx')
    writeFileSync(path, encodeModel(graph))
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', SCRIPT, path], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, ...SOFTWARE_VULKAN } })
    expect(stdout, stderr).not.toBe('')
    expect(JSON.parse(stdout)).toEqual({ refusal: expect.stringContaining("unrecognized option: 'enableGraphCapture'") as string, first: 2 * 2, second: 6 * 2 })
  })
})
