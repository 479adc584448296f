import { describe, expect, it } from 'vitest'
import type { Watched } from '@test/helpers/core'
import { coreOnSoftwareVulkan, SOFTWARE_VULKAN } from '@test/helpers/software-vulkan'

/** WebGPU on a software driver. Shaders compile for seconds, so that there are few tests, of small networks. */
const base = {
  format: 1,
  seed: 3,
  dataset: { type: 'digits', shape: 'image', split: { validation: 0.1 } },
  training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: { type: 'sgd', learningRate: 0.1 }, batchSize: 256, epochs: 4 },
  engine: { threads: 2 },
}
const softmax = { type: 'dense', units: 10, activation: 'softmax' }
const conv = { type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same' }

const NETWORKS = {
  MLP: [{ type: 'flatten' }, { type: 'dense', units: 16, activation: 'relu' }, softmax],
  CNN: [{ ...conv, activation: 'relu' }, { type: 'maxPooling2d', poolSize: 2 }, { type: 'flatten' }, softmax],
  'batch norm': [conv, { type: 'batchNormalization' }, { type: 'activation', activation: 'relu' }, { type: 'maxPooling2d', poolSize: 3, strides: 2 }, { type: 'flatten' }, softmax],
}

describe.skipIf(SOFTWARE_VULKAN === null)('onnx-webgpu', () => {
  const host = coreOnSoftwareVulkan()

  async function train(nodes: readonly object[], device: string, training: object): Promise<Watched> {
    const run = host.test.start({ ...base, model: { nodes }, training: { ...base.training, ...training }, engine: { threads: 2, preference: device } }, { stepsPerDispatch: 8 })
    await run.finished()
    return run
  }

  it.each(Object.entries(NETWORKS))('trains %s as the CPU does: gradients within 1e-5, the same falling losses', { timeout: 600_000 }, async (_name, nodes) => {
    const run = await train(nodes, 'onnx-webgpu', {})
    expect(run.facts).toMatchObject({ device: 'onnx-webgpu' })
    const same = await train(nodes, 'onnx-cpu', {})
    const [losses, expected] = [host.test.series(run.runId, 'train.loss').values, host.test.series(same.runId, 'train.loss').values]
    expect(losses).toHaveLength(expected.length)
    for (const [step, loss] of losses.entries()) expect(Math.abs(loss - expected[step])).toBeLessThan(1e-4 * (1 + expected[step]))
    expect(losses[losses.length - 1]).toBeLessThan(0.95 * losses[0])
    const evaluations = [run, same].map(({ runId }) => host.test.series(runId, 'val.loss').values)
    for (const [epoch, loss] of evaluations[0].entries()) expect(Math.abs(loss - evaluations[1][epoch])).toBeLessThan(1e-3)

    // One step of gradient descent with rate 1: weights differ by as much as gradients do.
    const once = { optimizer: { type: 'sgd', learningRate: 1 }, batchSize: 'full', epochs: 1 }
    const weights = await Promise.all(
      [await train(nodes, 'onnx-webgpu', once), await train(nodes, 'onnx-cpu', once)].map(async ({ runId }) => (await host.test.checkpoint(runId)).views),
    )
    for (const [name, values] of weights[0]) {
      const others = weights[1].get(name) ?? new Float32Array()
      for (const [index, value] of values.entries()) expect(Math.abs(value - others[index]), `${name}[${index}]`).toBeLessThan(1e-5 * (1 + Math.abs(others[index])))
    }
  })
})
