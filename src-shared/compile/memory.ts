import { reachable, sizeOf, type Tensor } from '@shared/graph'
import { epochLayout } from './batches'
import type { TrainingPlan } from './plan'
import type { Program, RowInput } from './program'
import { evaluateProgram, trainProgram } from './train'

/** Rows of an evaluation batch: large enough for speed, small enough for memory. */
export const EVALUATION_BATCH = 256

/** The training process with its libraries, before it holds anything: measured, bytes. */
const PROGRAM_BYTES = 150e6

/** Engines keep freed memory in pools that grow by doubling: what a step needs ends up in about twice as much. */
const POOL_FACTOR = 2

/** Bytes that a run needs on its device, by what they hold. */
export interface MemoryEstimate {
  /** Weights and running statistics: before and after an update, both. */
  readonly weights: number
  /** What the optimizer keeps for every weight, before and after an update. */
  readonly slots: number
  /** Beside state, while training: activations, gradients, what kernels work in; as pools hold them. */
  readonly activations: number
  /** As `activations`, of an evaluation step. */
  readonly evaluation: number
  /** Features and targets of all rows, and what a teacher answered to the training rows. */
  readonly data: number
  /** The program itself. */
  readonly program: number
  readonly total: number
}

/** Rows by part, as in `PreparedData`. */
export type PartRows = Readonly<Record<'train' | 'validation' | 'test', number>>

/**
 * An estimate from the programs that would run, before anything is allocated. Dense and convolutional networks of 150 MB
 * to 3 GB were measured at 0.8 to 1.3 times of it on `onnx-cpu`.
 */
export function estimateMemory(plan: TrainingPlan, batchSize: number | 'full', rows: PartRows): MemoryEstimate {
  const size = epochLayout(rows.train, batchSize).batchSize
  const program = trainProgram(plan, size)
  const evaluated = Math.min(EVALUATION_BATCH, Math.max(rows.validation, rows.test))
  const state = bytesOf(program.state.map(({ tensor }) => tensor))
  const weights = bytesOf(evaluateProgram(plan, 1).state.map(({ tensor }) => tensor))
  const parts = {
    weights: 2 * weights,
    slots: 2 * (state - weights),
    activations: POOL_FACTOR * peakBytes(program),
    evaluation: evaluated === 0 ? 0 : POOL_FACTOR * peakBytes(evaluateProgram(plan, evaluated)),
    data: program.rows.reduce((sum, { table, tensor }) => sum + (rowsOf(table, rows) * bytes(tensor)) / size, 0),
    program: PROGRAM_BYTES,
  }
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) }
}

/** Bytes of what the teacher's matched layer gives for every training row; 0 where none is matched. */
export function featureBytes({ distillation }: TrainingPlan, { train }: PartRows): number {
  const feature = distillation?.feature ?? null
  return feature === null ? 0 : 4 * train * sizeOf(feature.shape)
}

function rowsOf(table: RowInput['table'], { train, validation, test }: PartRows): number {
  return table === 'features' || table === 'targets' ? train + validation + test : train
}

/**
 * The largest batch size, halved from the plan's own again and again, whose estimate stays within `limit` bytes; null
 * where a batch of one does not.
 */
export function fittingBatchSize(plan: TrainingPlan, batchSize: number | 'full', rows: PartRows, limit: number): number | null {
  for (let size = epochLayout(rows.train, batchSize).batchSize; size >= 1; size = Math.floor(size / 2)) {
    if (estimateMemory(plan, size, rows).total <= limit) return size
  }
  return null
}

/** The most bytes that are alive at once beside the program's state, when every tensor is freed after its last use. */
export function peakBytes(program: Program): number {
  const results = [...program.outputs.map(({ tensor }) => tensor), ...program.state.flatMap(({ next }) => (next === null ? [] : [next]))]
  const live = reachable(results)
  // State is counted by itself, before and after the step.
  const state = new Set(program.state.flatMap(({ tensor, next }) => (next === null ? [tensor] : [tensor, next])))
  // A scan's row is never made: engines hold those of its results that are used.
  const counted = (tensor: Tensor): number => (state.has(tensor) || isView(tensor) || tensor.op === 'scan' ? 0 : bytes(tensor))
  const last = lastUses(live, results)
  const constants = live.filter(({ op }) => op === 'constant')
  let held = constants.reduce((sum, tensor) => sum + bytes(tensor), 0)
  let peak = held
  for (const [index, tensor] of live.entries()) {
    if (tensor.op === 'constant') continue
    held += counted(tensor)
    peak = Math.max(peak, held + workspace(tensor))
    for (const ended of last.get(index) ?? []) held -= counted(ended)
  }
  return peak
}

/** What the op's kernels work in while it is computed: a filter's gradient takes image patches apart, and joins them. */
function workspace({ op, inputs, shape }: Tensor): number {
  if (op !== 'conv2dFilterGradient') return 0
  const [x, dy] = inputs.map((input) => input.shape)
  const [, , height, width] = shape
  return 2 * 4 * dy[0] * dy[2] * dy[3] * x[1] * height * width
}

/** By position in `live`: the tensors that nothing after it needs. Views keep what they show alive; results stay. */
function lastUses(live: readonly Tensor[], results: readonly Tensor[]): Map<number, Tensor[]> {
  const last = new Map<Tensor, number>()
  for (const [index, tensor] of live.entries()) {
    last.set(tensor, index)
    for (const input of tensor.inputs) last.set(input, index)
  }
  // From the end, so that a view has its final use when its source asks for it.
  for (const tensor of live.toReversed()) {
    if (!isView(tensor)) continue
    const [source] = tensor.inputs
    last.set(source, Math.max(last.get(source) ?? 0, last.get(tensor) ?? 0))
  }
  for (const result of results) last.delete(result)
  const ends = new Map<number, Tensor[]>()
  for (const [tensor, index] of last) {
    if (tensor.op !== 'constant') ends.set(index, [...(ends.get(index) ?? []), tensor])
  }
  return ends
}

/** Shows another tensor's memory. */
function isView({ op }: Tensor): boolean {
  return op === 'reshape' || op === 'stopGradient'
}

function bytesOf(tensors: readonly Tensor[]): number {
  return tensors.reduce((sum, tensor) => sum + bytes(tensor), 0)
}

function bytes({ dtype, shape }: Tensor): number {
  return sizeOf(shape) * (dtype === 'bool' ? 1 : 4)
}
