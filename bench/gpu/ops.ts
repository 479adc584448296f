import { evaluateGraph } from '@shared/graph'
import { openDevice } from '@main/engines'
import { need } from '@shared/spec'
import { caseBatch, caseProgram } from '@test/property/graph/case-program'
import { opCases, type OpCase } from '@test/property/graph/op-cases'

/** How far a device is off in one example of an op: its values, and its gradients. */
export interface OpResult {
  readonly op: string
  readonly name: string
  /** The largest difference from float64, relative to the largest expected element (1 at least); null where a value is missing or NaN. */
  readonly reference: number | null
  /** Likewise from onnx-cpu. */
  readonly cpu: number | null
}

/** Beyond this an op is wrong: float32 keeps 6e-8, sums of products and polynomials cost the rest. */
export const OP_TOLERANCE = 1e-5

/** Runs every example of every op (or those of some) on a device, on the CPU and in float64. */
export async function checkOps(device: string, ops: readonly string[] | null, found: (result: OpResult) => void): Promise<void> {
  for (const each of opCases) {
    if (ops !== null && !ops.includes(each.op)) continue
    const expected = evaluated(each)
    const ours = await valuesOn(device, each)
    found({ op: each.op, name: each.name, reference: worst(ours, expected), cpu: worst(ours, await valuesOn('onnx-cpu', each)) })
  }
}

function evaluated(each: OpCase): ArrayLike<number>[] {
  const { outputs, feeds } = each.build()
  return evaluateGraph(outputs, feeds).map(({ data }) => data)
}

async function valuesOn(device: string, each: OpCase): Promise<ArrayLike<number>[]> {
  const built = each.build()
  const { session } = need(await openDevice(device, { threads: 1, tables: new Map(), state: [] }))
  try {
    const program = caseProgram(built)
    const outputs = await (await session.prepare(program, 'train')).run(caseBatch(built))
    return program.outputs.map(({ name }) => Float64Array.from(outputs[name]))
  } finally {
    await session.dispose()
  }
}

export interface OpError {
  readonly op: string
  readonly examples: number
  /** Of values and gradients, from float64 and from onnx-cpu. */
  readonly error: number
}

export function worstByOp(results: readonly OpResult[]): OpError[] {
  return [...new Set(results.map(({ op }) => op))].map((op) => {
    const errors = results.filter((result) => result.op === op).map(({ reference, cpu }) => Math.max(reference ?? Infinity, cpu ?? Infinity))
    return { op, examples: errors.length, error: Math.max(...errors) }
  })
}

/** Scaled by the largest element, since sums of values of both signs cancel. */
function worst(found: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]): number | null {
  const offs = expected.map((wanted, at) => {
    const got = Array.from(found[at])
    if (got.length !== wanted.length) return Infinity
    const scale = Array.from(wanted).reduce((most, value) => Math.max(most, Math.abs(value)), 1)
    return got.reduce((most, value, element) => {
      const off = value === wanted[element] ? 0 : Math.abs(value - wanted[element]) / scale
      return Number.isNaN(off) ? Infinity : Math.max(most, off)
    }, 0)
  })
  const most = Math.max(0, ...offs)
  return Number.isFinite(most) ? most : null
}
