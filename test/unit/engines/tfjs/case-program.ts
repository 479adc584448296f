import type { Program } from '@shared/compile/program'
import type { DType, Values } from '@shared/graph'
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import type { EngineSession, SessionOptions, StepBatch } from '@main/engines/engine'
import { loadNative } from '@main/engines/tfjs/native'
import { openSession, sessionOn } from '@main/engines/tfjs/session'
import type { BuiltCase } from '../../../property/graph/example'

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
  return { count: 1, rows: new Int32Array(), inputs: Object.fromEntries(inputs) }
}

/** tfjs-core's `cpu` kernels under another name: programs get the forms that are meant for TensorFlow's native library. */
const DISGUISED = 'cpu in disguise'

/** What every form is tested on; the native library too where it is installed. */
export const devices: readonly string[] = ['tfjs-cpu', DISGUISED, ...(loadNative().ok ? ['tfjs-tensorflow'] : [])]

/** A session on one of {@link devices}. */
export async function sessionFor(options: SessionOptions): Promise<EngineSession> {
  if (options.device !== DISGUISED) return openSession(options)
  if (tf.findBackend(DISGUISED) === null) {
    tf.registerBackend(DISGUISED, () => new MathBackendCPU())
    tf.copyRegisteredKernels('cpu', DISGUISED)
  }
  await tf.setBackend(DISGUISED)
  return sessionOn(DISGUISED, options)
}

/** The outputs of a case on one of {@link devices}. */
export async function runCase(built: BuiltCase, device = 'tfjs-cpu'): Promise<(Float32Array | Int32Array)[]> {
  const session = await sessionFor({ device, threads: 1, tables: new Map(), state: [] })
  try {
    const program = caseProgram(built)
    const execution = await session.prepare(program, 'train')
    const outputs = await execution.run(caseBatch(built))
    return program.outputs.map(({ name }) => outputs[name])
  } finally {
    await session.dispose()
  }
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
