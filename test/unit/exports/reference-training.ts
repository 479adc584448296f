import { stepInputs, trainProgram, predictProgram, initialState, joinViews, splitViews, type TrainingPlan } from '@shared/compile'
import { rateAt } from '@shared/catalog/schedules'
import type { ExperimentDocument } from '@shared/spec'
import { evaluateGraph, sizeOf } from '@shared/graph'
import { stateFeeds } from '@test/helpers/state-feeds'

export interface ReferenceRun {
  /** By name, before the first update. */
  readonly start: ReadonlyMap<string, Float32Array>
  /** Mean loss of each epoch, penalties left out, and with them. */
  readonly loss: readonly number[]
  readonly objective: readonly number[]
  /** The trained model's predictions for all rows. */
  readonly outputs: Float64Array
}

/** Trains in float64 by the reference interpreter, rows in order: what the scripts must do too. */
export function trainByReference(document: ExperimentDocument, plan: TrainingPlan, x: Float32Array, y: Float64Array, rows: number): ReferenceRun {
  const { training, seed } = document
  const batchSize = training.batchSize === 'full' ? rows : training.batchSize
  const stepsPerEpoch = Math.ceil(rows / batchSize)
  const context = { base: plan.optimizer.learningRate, totalSteps: training.epochs * stepsPerEpoch, stepsPerEpoch }
  const rate = rateAt(training.schedule, context)
  const whole = trainProgram(plan, batchSize)
  const programs = new Map([[batchSize, whole]])
  const initial = initialState(plan, whole.state, seed)
  const start = splitViews(whole.state, initial)
  let state = new Map([...initial].map(([name, values]) => [name, Float64Array.from(values)]))
  const sample = sizeOf(plan.data.sample)
  const target = y.length / rows
  const [loss, objective]: [number[], number[]] = [[], []]
  let step = 0
  for (let epoch = 0; epoch < training.epochs; epoch++) {
    let [sum, penalized] = [0, 0]
    for (let from = 0; from < rows; from += batchSize, step++) {
      const size = Math.min(batchSize, rows - from)
      const program = programs.get(size) ?? trainProgram(plan, size)
      programs.set(size, program)
      const feeds = stateFeeds(program.state, state)
      feeds.set('features', { shape: [size, ...plan.data.sample], data: Float64Array.from(x.subarray(from * sample, (from + size) * sample)) })
      feeds.set('targets', { shape: plan.data.target.kind === 'class' ? [size] : [size, ...plan.data.target.shape], data: y.slice(from * target, (from + size) * target) })
      for (const [name, values] of Object.entries(stepInputs(program, step, 1, { seed, optimizer: plan.optimizer, rate }))) {
        feeds.set(name, { shape: program.steps.find((each) => each.name === name)?.shape ?? [], data: Float64Array.from(values) })
      }
      const changed = program.state.flatMap(({ name, next }) => (next === null ? [] : [{ name, next }]))
      const values = evaluateGraph([...program.outputs.map(({ tensor }) => tensor), ...changed.map(({ next }) => next)], feeds)
      const outputs = new Map(program.outputs.map(({ name }, at) => [name, values[at].data[0]]))
      const found = outputs.get('loss') ?? Number.NaN
      sum += found * size
      penalized += (found + (outputs.get('penalty') ?? 0)) * size
      state = new Map([...state, ...changed.map(({ name }, at) => [name, Float64Array.from(values[program.outputs.length + at].data)] as const)])
    }
    loss.push(sum / rows)
    objective.push(penalized / rows)
  }
  return { start, loss, objective, outputs: predictions(plan, state, x, rows, whole.state) }
}

function predictions(plan: TrainingPlan, state: ReadonlyMap<string, Float64Array>, x: Float32Array, rows: number, entries: Parameters<typeof splitViews>[0]): Float64Array {
  const program = predictProgram(plan, rows)
  const views = splitViews(entries, new Map([...state].map(([name, values]) => [name, Float32Array.from(values)])))
  const joined = joinViews(program.state, views)
  const feeds = stateFeeds(program.state, joined)
  feeds.set('features', { shape: [rows, ...plan.data.sample], data: Float64Array.from(x) })
  return Float64Array.from(evaluateGraph(program.outputs.map(({ tensor }) => tensor), feeds)[0].data)
}
