import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { FORMS } from '@main/engines/onnx/forms'
import { Emitter } from '@main/engines/onnx/lowerings/emitter'
import { FUSIONS } from '@main/engines/onnx/lowerings/fusions'
import type { Fusion } from '@main/engines/onnx/lowerings/lowering'
import { emitLowerings, planLowerings } from '@main/engines/onnx/lowerings/plan'
import { CONTRIB_DOMAIN, encodeModel, OnnxGraph } from '@main/engines/onnx/model'
import { evaluateGraph, OPS } from '@shared/graph'
import type { Tensor, Values } from '@shared/graph'
import { opCases } from '../../../property/graph/op-cases'

/**
 * Float32 keeps 24 bits (6e-8); sums of some hundred products and the runtime's polynomial exp, tanh and erf cost the
 * rest. Relative to the largest element, since sums of values of both signs cancel.
 */
const TOLERANCE = 1e-5

async function runInRuntime(outputs: readonly Tensor[], inputs: ReadonlyMap<string, Tensor>, feeds: ReadonlyMap<string, Values>, fusions: readonly Fusion[]): Promise<Float64Array[]> {
  const model = new OnnxGraph('op')
  const emitter = new Emitter(model)
  for (const [name, tensor] of inputs) emitter.bind(tensor, model.input(name, tensor.dtype, tensor.shape))
  emitLowerings(emitter, planLowerings(outputs, FORMS, fusions), outputs)
  outputs.forEach((output, at) => model.output(emitter.value(output), output.dtype, output.shape, `y${at}`))
  const session = await InferenceSession.create(encodeModel(model, { domains: [CONTRIB_DOMAIN] }), { logSeverityLevel: 3, intraOpNumThreads: 1 })
  try {
    const fed = [...inputs].map(([name, { dtype, shape }]): [string, OrtTensor] => [name, runtimeTensor(dtype, feeds.get(name)?.data ?? new Float64Array(), shape)])
    const results = await session.run(Object.fromEntries(fed))
    return outputs.map((_, at) => Float64Array.from(results[`y${at}`].data as Iterable<number>))
  } finally {
    await session.release()
  }
}

function runtimeTensor(dtype: Tensor['dtype'], data: Float64Array, shape: readonly number[]): OrtTensor {
  if (dtype === 'float32') return new OrtTensor(dtype, Float32Array.from(data), shape)
  if (dtype === 'int32') return new OrtTensor(dtype, Int32Array.from(data), shape)
  return new OrtTensor(dtype, Uint8Array.from(data), shape)
}

function largestError(found: Float64Array, expected: Float64Array): number {
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
  return found.reduce((largest, value, at) => Math.max(largest, value === expected[at] ? 0 : Math.abs(value - expected[at]) / scale), 0)
}

test('every op has a form, and there are no others', () => {
  expect([...FORMS.keys()].sort()).toEqual([...OPS.keys()].sort())
})

describe.each([...OPS.keys()])('%s in ONNX Runtime equals the float64 reference', (op) => {
  test.each(opCases.filter((each) => each.op === op))('$name', async ({ build }) => {
    const { graph, outputs, feeds } = build()
    const expected = evaluateGraph(outputs, feeds)
    for (const fusions of [[], FUSIONS]) {
      const found = await runInRuntime(outputs, graph.inputs, feeds, fusions)
      found.forEach((values, at) => {
        expect(values.length).toBe(expected[at].data.length)
        expect(largestError(values, expected[at].data)).toBeLessThan(TOLERANCE)
      })
    }
  })
})
