import { evaluateProgram, initialState, predictProgram, splitViews, stepInputs, trainProgram, type Program, type TrainingPlan } from '@shared/compile'
import { targetShape } from '@shared/catalog/losses'
import { totalSteps } from '@shared/catalog/stopping'
import type { ExperimentDocument } from '@shared/spec'
import { evaluateGraph, sizeOf, type Values } from '@shared/graph'
import { LearningRate } from '@main/worker/rate'
import { MetricSums } from '@main/worker/metrics'
import { Stopping } from '@main/worker/stopping'
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

/** Rows as training sees them: preprocessed features, targets as class numbers or values. */
export interface ReferenceRows {
  readonly x: Float32Array
  readonly y: Float64Array
  readonly rows: number
}

type State = ReadonlyMap<string, Float64Array>

/** Trains in float64 by the reference interpreter, rows in order: what the scripts must do too. Rates, rules and metrics
 *  are those of the worker. */
export function trainByReference(document: ExperimentDocument, plan: TrainingPlan, training: ReferenceRows, validation: ReferenceRows): ReferenceRun {
  const { seed } = document
  const { batchSize: wanted, epochs, evaluateEvery } = document.training
  const { x, rows } = training
  const batchSize = wanted === 'full' ? rows : wanted
  const stepsPerEpoch = Math.ceil(rows / batchSize)
  const most = totalSteps(document.training, stepsPerEpoch)
  const rate = new LearningRate(document, plan.optimizer.learningRate, most, stepsPerEpoch)
  const stopping = new Stopping(plan.stopping)
  const { averaging } = plan
  const keep = (at: number): number => averaging?.definition.keep(at, { base: plan.optimizer.learningRate, totalSteps: most, stepsPerEpoch }, averaging.options) ?? 0
  const whole = trainProgram(plan, batchSize)
  const programs = new Map([[batchSize, whole]])
  const initial = initialState(plan, whole.state, seed)
  let state: State = new Map([...initial].map(([name, values]) => [name, Float64Array.from(values)]))
  let best: State | null = null
  const evaluated = (recorded: Readonly<Record<string, number>>): boolean => {
    const metrics = { ...recorded, ...prefixed('val', measured(plan, state, validation)) }
    const monitor = plan.scheduleMonitor
    const next = monitor !== null && monitor.key in metrics ? rate.react(step, metrics[monitor.key], monitor.sign) : null
    if (next !== null) rate.change(step, next)
    const { reason, keep: better } = stopping.evaluated(metrics)
    if (better) best = state
    return reason !== null
  }
  const [loss, objective]: [number[], number[]] = [[], []]
  let [step, stop] = [0, false]
  for (let epoch = 0; epoch < epochs && !stop; epoch++) {
    const sums = new MetricSums(plan)
    let penalized = 0
    for (let from = 0; from < rows && !stop; from += batchSize) {
      const size = Math.min(batchSize, rows - from)
      const program = programs.get(size) ?? trainProgram(plan, size)
      programs.set(size, program)
      const feeds = feedsOf(plan, program, state, part(plan, training, from, size))
      for (const [name, values] of Object.entries(stepInputs(program, step, 1, { seed, optimizer: plan.optimizer, rate: (at) => rate.at(at), momentum: rate.momentum, keep }))) {
        feeds.set(name, { shape: program.steps.find((each) => each.name === name)?.shape ?? [], data: Float64Array.from(values) })
      }
      const changed = program.state.flatMap(({ name, next }) => (next === null ? [] : [{ name, next }]))
      const values = evaluateGraph([...program.outputs.map(({ tensor }) => tensor), ...changed.map(({ next }) => next)], feeds)
      const outputs = new Map(program.outputs.map(({ name }, at) => [name, values[at].data]))
      const found = outputs.get('loss')?.[0] ?? Number.NaN
      addTo(sums, plan, outputs, found * size, size)
      penalized += (found + (outputs.get('penalty')?.[0] ?? 0)) * size
      state = new Map([...state, ...changed.map(({ name }, at) => [name, Float64Array.from(values[program.outputs.length + at].data)] as const)])
      step++
      if (evaluateEvery !== 'epoch' && step % evaluateEvery.steps === 0 && from + size < rows) stop = evaluated({})
      if (step === most) stop = true
    }
    const { scalars } = sums.values()
    stop = evaluated(step % stepsPerEpoch === 0 ? prefixed('epoch', scalars) : {}) || stop
    loss.push(scalars.loss)
    objective.push(penalized / sums.samples)
  }
  return { start: splitViews(whole.state, initial), loss, objective, outputs: predictions(plan, best ?? state, x, rows) }
}

function prefixed(prefix: string, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]))
}

function part(plan: TrainingPlan, { x, y, rows }: ReferenceRows, from: number, size: number): ReferenceRows {
  const sample = sizeOf(plan.data.sample)
  const target = y.length / rows
  return { x: x.subarray(from * sample, (from + size) * sample), y: y.slice(from * target, (from + size) * target), rows: size }
}

function feedsOf(plan: TrainingPlan, program: Program, state: ReadonlyMap<string, ArrayLike<number>>, { x, y, rows }: ReferenceRows): Map<string, Values> {
  const feeds = stateFeeds(program.state, state)
  feeds.set('features', { shape: [rows, ...plan.data.sample], data: Float64Array.from(x) })
  feeds.set('targets', { shape: [rows, ...targetShape(plan.data.target)], data: y })
  return feeds
}

function addTo(sums: MetricSums, plan: TrainingPlan, outputs: ReadonlyMap<string, ArrayLike<number>>, loss: number, size: number): void {
  sums.addLoss(loss, size)
  const norm = outputs.get('gradientNorm')
  if (norm !== undefined) sums.addNorm(norm[0])
  for (const { definition, options } of plan.metrics) {
    const key = definition.key(options)
    const values = outputs.get(`metric/${key}`) ?? []
    sums.addVector(key, values, 0, values.length)
  }
}

function measured(plan: TrainingPlan, state: State, validation: ReferenceRows): Readonly<Record<string, number>> {
  const program = evaluateProgram(plan, validation.rows)
  const values = evaluateGraph(program.outputs.map(({ tensor }) => tensor), feedsOf(plan, program, state, validation))
  const outputs = new Map(program.outputs.map(({ name }, at) => [name, values[at].data]))
  const sums = new MetricSums(plan)
  addTo(sums, plan, outputs, outputs.get('loss')?.[0] ?? Number.NaN, validation.rows)
  return sums.values().scalars
}

function predictions(plan: TrainingPlan, state: State, x: Float32Array, rows: number): Float64Array {
  const program = predictProgram(plan, rows)
  const feeds = stateFeeds(program.state, state)
  feeds.set('features', { shape: [rows, ...plan.data.sample], data: Float64Array.from(x) })
  return Float64Array.from(evaluateGraph(program.outputs.map(({ tensor }) => tensor), feeds)[0].data)
}
