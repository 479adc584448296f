import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { Emitter } from '@main/engines/onnx/lowerings/emitter'
import { emitLowerings, planLowerings } from '@main/engines/onnx/lowerings/plan'
import type { LoweringTable } from '@main/engines/onnx/lowerings/plan'
import { CONTRIB_DOMAIN, encodeModel, NCHWC_DOMAIN, OnnxGraph } from '@main/engines/onnx/model'
import type { Tensor, Values } from '@shared/graph'

/** Values of graph tensors computed by ONNX Runtime, lowered with `table`; blocked where `block` is not null. */
export async function runtimeValues(
  outputs: readonly Tensor[],
  inputs: ReadonlyMap<string, Tensor>,
  feeds: ReadonlyMap<string, Values>,
  table: LoweringTable,
  block: number | null,
): Promise<Float64Array[]> {
  const model = new OnnxGraph('op')
  const emitter = new Emitter(model, table, block)
  for (const [name, tensor] of inputs) emitter.bind(tensor, model.input(name, tensor.dtype, tensor.shape))
  emitLowerings(emitter, planLowerings(outputs, table), outputs)
  outputs.forEach((output, at) => model.output(emitter.value(output), output.dtype, output.shape, `y${at}`))
  const bytes = encodeModel(model, { domains: [CONTRIB_DOMAIN, NCHWC_DOMAIN] })
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3, intraOpNumThreads: 1 })
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

/** The largest difference, relative to the largest expected element, since sums of values of both signs cancel. */
export function largestError(found: Float64Array, expected: Float64Array): number {
  if (found.length !== expected.length) throw new Error(`${found.length} elements instead of ${expected.length}`)
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
  return found.reduce((largest, value, at) => Math.max(largest, value === expected[at] ? 0 : Math.abs(value - expected[at]) / scale), 0)
}
