import { isDeepStrictEqual } from 'node:util'
import { predictProgram, type Program, type TrainingPlan } from '@shared/compile'
import { reachable, type Attrs, type ScanAttrs, type Tensor } from '@shared/graph'

/** Programs have fixed shapes. Primes that no layer's extents have for a factor make the batch stand out in them. */
const BATCHES = [1_000_003, 1_000_033] as const

/** Ops whose attributes may name the batch; their forms leave it open. */
const SHAPED = new Set(['reshape', 'broadcastTo', 'conv2dInputGradient', 'scanOutput'])

/** Of a slice the batch's extent may differ where all of it is taken: its form names only the axes that are cut. */
function takesAllOfBatch(a: Tensor, b: Tensor): boolean {
  const same = isDeepStrictEqual(a.attrs.starts, b.attrs.starts)
  return a.op === 'slice' && same && a.shape.every((extent, axis) => extent === b.shape[axis] || (extent === a.inputs[0].shape[axis] && b.shape[axis] === b.inputs[0].shape[axis]))
}

/**
 * An inference program together with the knowledge of which extents follow the batch. Found by building the program for
 * two batch sizes and comparing: no layer needs to say anything about it.
 */
export interface OpenProgram {
  readonly program: Program
  /** Axes whose extent depends on the batch. */
  openAxes(tensor: Tensor): readonly number[]
}

export function openProgram(plan: Pick<TrainingPlan, 'model' | 'layout' | 'data'>): OpenProgram {
  const [program, other] = BATCHES.map((size) => predictProgram({ ...plan, averaging: null }, size))
  const twins = new Map<Tensor, Tensor>()
  const pair = (a: readonly Tensor[], b: readonly Tensor[]): void => {
    const [left, right] = [reachable(a), reachable(b)]
    if (left.length !== right.length) throw new Error('the program’s structure depends on the batch size')
    left.forEach((tensor, index) => {
      expectTwins(tensor, right[index])
      twins.set(tensor, right[index])
      if (tensor.op === 'scan') pair(bodyOf(tensor), bodyOf(right[index]))
    })
  }
  pair(program.outputs.map(({ tensor }) => tensor), other.outputs.map(({ tensor }) => tensor))
  return {
    program,
    openAxes: (tensor) => {
      const twin = twins.get(tensor)
      if (twin === undefined) throw new Error(`${tensor.op} ${tensor.id} does not lead to the output`)
      return tensor.shape.flatMap((extent, axis) => (extent === twin.shape[axis] ? [] : [axis]))
    },
  }
}

/** Nothing but shapes may differ. */
function expectTwins(a: Tensor, b: Tensor): void {
  const same = a.op === b.op && a.shape.length === b.shape.length && a.inputs.every((input, at) => input.id === b.inputs[at].id)
  if (!same || a.id !== b.id) throw new Error(`${a.op} ${a.id}: the program’s structure depends on the batch size`)
  if (a.op !== 'input' && !SHAPED.has(a.op) && !isDeepStrictEqual(comparable(a), comparable(b)) && !takesAllOfBatch(a, b)) {
    throw new Error(`${a.op} ${a.id} of ${a.scope}: the batch size is built in`)
  }
}

/** A scan's body is compared tensor by tensor. */
function comparable({ op, attrs }: Tensor): Attrs {
  return op === 'scan' ? { ...attrs, body: '' } : attrs
}

function bodyOf(scan: Tensor): readonly Tensor[] {
  return (scan.attrs as ScanAttrs).body.outputs
}
