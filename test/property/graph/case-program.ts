import type { Program } from '@shared/compile/program'
import type { DType, Values } from '@shared/graph'
import type { StepBatch } from '@main/engines/engine'
import type { BuiltCase } from './example'

/** A graph whose inputs are all fed with every step, as a program with outputs `0`, `1`, …. */
export function caseProgram({ graph, outputs }: Pick<BuiltCase, 'graph' | 'outputs'>): Program {
  return {
    kind: 'predict',
    batchSize: 1,
    graph,
    state: [],
    rows: [],
    steps: [...graph.inputs].map(([name, tensor]) => ({ source: { kind: 'optimizer', scalar: name }, name, dtype: tensor.dtype, shape: tensor.shape, tensor })),
    outputs: outputs.map((tensor, index) => ({ name: String(index), tensor })),
  }
}

/** One step fed with these values; floats are rounded to float32. */
export function caseBatch({ graph, feeds }: Pick<BuiltCase, 'graph' | 'feeds'>): StepBatch {
  const inputs = [...graph.inputs].map(([name, { dtype }]) => {
    const data = feeds.get(name)?.data ?? []
    return [name, dtype === 'float32' ? Float32Array.from(data) : Int32Array.from(data)] as const
  })
  return { count: 1, rows: new Int32Array(1), inputs: Object.fromEntries(inputs) }
}

/**
 * Largest |found − expected| / (1 + |expected|) of floats; infinite where one is not finite and the other differs, and
 * where integers or booleans differ at all.
 */
export function distance(found: ArrayLike<number>, expected: Values['data'], dtype: DType): number {
  if (found.length !== expected.length) return Infinity
  return expected.reduce((most, value, at) => {
    if (Object.is(found[at], value) || found[at] === value) return most
    const off = dtype === 'float32' ? Math.abs(found[at] - value) / (1 + Math.abs(value)) : Infinity
    return Number.isNaN(off) ? Infinity : Math.max(most, off)
  }, 0)
}
