import type { Program } from '@shared/compile/program'
import type { Graph, Shape, Tensor, Values } from '@shared/graph'
import { onnxEngine } from '@main/engines/onnx'

/** Values of tensors as the CPU engine computes them in float32; every graph input must be fed. */
export async function executeFloat32(graph: Graph, outputs: readonly Tensor[], feeds: ReadonlyMap<string, Values>): Promise<Values[]> {
  const steps = [...graph.inputs].map(([name, tensor]) => ({ source: { kind: 'random', stream: name } as const, name, dtype: tensor.dtype, shape: tensor.shape, tensor }))
  const program: Program = {
    kind: 'evaluate',
    batchSize: 1,
    graph,
    state: [],
    rows: [],
    steps,
    outputs: outputs.map((tensor, at) => ({ name: `out${at}`, tensor })),
  }
  const session = await onnxEngine.open({ device: 'onnx-cpu', threads: 1, tables: new Map(), state: [] })
  try {
    const execution = await session.prepare(program, 'validation')
    const inputs = Object.fromEntries(steps.map(({ name, dtype }) => [name, typed(dtype, feeds.get(name))]))
    const found = await execution.run({ count: 1, rows: new Int32Array(1), inputs })
    return outputs.map(({ shape }, at) => values(shape, found[`out${at}`]))
  } finally {
    await session.dispose()
  }
}

function typed(dtype: Tensor['dtype'], value: Values | undefined): Float32Array | Int32Array {
  if (value === undefined) throw new Error('an input is not fed')
  return dtype === 'int32' ? Int32Array.from(value.data) : Float32Array.from(value.data)
}

function values(shape: Shape, data: Float32Array | Int32Array): Values {
  return { shape, data: Float64Array.from(data) }
}
