import { metricResult, targetShape } from '@shared/catalog/losses'
import { totalSteps } from '@shared/catalog/stopping'
import { AVERAGE, EVALUATION_BATCH, epochLayout, epochOrder, evaluateProgram, initialState, joinViews, predictProgram, SAMPLE, sampleProgram, splitViews, stepInputs, trainProgram } from '@shared/compile'
import type { EpochLayout, Program, TrainingPlan } from '@shared/compile'
import type { DataPart, PreparedData } from '@shared/data/types'
import type { Placement } from '@shared/protocol/devices'
import type { EngineSession, Execution, StepBatch, StepOutputs } from '@main/engines/engine'
import type { ExperimentDocument } from '@shared/spec'
import { MetricSums, type MetricValues } from './metrics'
import { answerSample } from './model'
import { LearningRate } from './rate'

/** Steps that were just made, in order. */
export interface Advance {
  /** Number of the first of them, from 1. */
  readonly firstStep: number
  readonly count: number
  /** One value a step: `train.loss`, `learningRate`, … */
  readonly columns: Readonly<Record<string, Float64Array>>
  /** First step (from 1) whose loss is not finite, or null. */
  readonly badStep: number | null
}

type Part = 'train' | 'validation' | 'test'

/**
 * Makes steps of one run in an engine session. Knows nothing of time, events or files: the same calls give the same
 * numbers, however the steps are grouped.
 */
export class Trainer {
  readonly layout: EpochLayout
  readonly rate: LearningRate
  readonly #executions = new Map<string, Execution>()
  #order: { readonly epoch: number; readonly rows: Int32Array } | null = null
  #step = 0
  #sums: MetricSums

  constructor(
    readonly document: ExperimentDocument,
    readonly plan: TrainingPlan,
    readonly data: PreparedData,
    readonly session: EngineSession,
    /** The train program for full batches, whose state entries are all there are. */
    readonly program: Program,
  ) {
    const { training } = document
    this.layout = epochLayout(data.train.rows, training.batchSize)
    this.rate = new LearningRate(document, plan.optimizer.learningRate, this.totalSteps, this.layout.steps)
    this.#sums = new MetricSums(plan)
  }

  /** Updates done. */
  get step(): number {
    return this.#step
  }

  get totalSteps(): number {
    return totalSteps(this.document.training, this.layout.steps)
  }

  /** Epochs completed. */
  get epoch(): number {
    return Math.floor(this.#step / this.layout.steps)
  }

  get atEpochEnd(): boolean {
    return this.#step > 0 && this.#step % this.layout.steps === 0
  }

  get samples(): number {
    const inEpoch = this.#step % this.layout.steps
    return this.epoch * this.layout.rows + Math.min(inEpoch * this.layout.batchSize, this.layout.rows)
  }

  get sums(): MetricSums {
    return this.#sums
  }

  /** Starts over from the document's seed. */
  async reset(): Promise<void> {
    this.#step = 0
    this.#sums = new MetricSums(this.plan)
    await this.session.writeState(initialState(this.plan, this.program.state, this.document.seed))
  }

  /** Weights, statistics and slots by name; copies. */
  async readViews(): Promise<Map<string, Float32Array>> {
    return splitViews(this.program.state, await this.session.readState())
  }

  /** What a trained model consists of: weights and statistics, averaged or not, without what only the optimizer needs; copies. */
  async readModel(): Promise<Map<string, Float32Array>> {
    const { weights, statistics } = this.plan.layout
    const wanted = new Set([...weights, ...statistics].flatMap(({ fullName }) => [fullName, `${AVERAGE}${fullName}`]))
    return new Map([...(await this.readViews())].flatMap(([name, data]) => (wanted.has(name) ? [[name, Float32Array.from(data)] as const] : [])))
  }

  /** Puts other weights and statistics in place; everything else stays. */
  async replaceModel(views: ReadonlyMap<string, Float32Array>): Promise<void> {
    await this.session.writeState(joinViews(this.program.state, new Map([...(await this.readViews()), ...views])))
  }

  async restore(step: number, views: ReadonlyMap<string, Float32Array>): Promise<void> {
    this.#step = step
    this.#sums = new MetricSums(this.plan)
    await this.session.writeState(joinViews(this.program.state, views))
  }

  /** Makes at least one and at most `limit` steps; never goes past the end of an epoch. */
  async advance(limit: number): Promise<Advance> {
    if (this.#step % this.layout.steps === 0) this.#sums = new MetricSums(this.plan)
    const { count, rows, size } = this.#nextRows(limit)
    const execution = await this.#train(size)
    const outputs = await execution.run(this.#batch(execution, count, rows))
    const first = this.#step
    this.#step += count
    return this.#account(first, count, size, outputs)
  }

  /** Where the operators of the next step run; it is not made. */
  async placements(): Promise<readonly Placement[]> {
    const { rows, size } = this.#nextRows(1)
    const execution = await this.#train(size)
    return await execution.placements(this.#batch(execution, 1, rows))
  }

  /** The rows of the next steps with one batch size. */
  #nextRows(limit: number): { readonly count: number; readonly rows: Int32Array; readonly size: number } {
    const { batchSize, full, remainder, steps } = this.layout
    const inEpoch = this.#step % steps
    const whole = inEpoch < full
    const count = whole ? Math.min(limit, full - inEpoch) : 1
    const size = whole ? batchSize : remainder
    const start = inEpoch * batchSize
    return { count, rows: this.#epochRows().subarray(start, start + count * size), size }
  }

  /** Rows with the inputs of the next steps that the program asks for: a smaller batch may fall into more parts, each
   *  with random streams of its own. */
  #batch({ program }: Execution, count: number, rows: Int32Array): StepBatch {
    return { count, rows, inputs: this.#inputs(program, count) }
  }

  #inputs(program: Program, count: number): ReturnType<typeof stepInputs> {
    return stepInputs(program, this.#step, count, { seed: this.document.seed, optimizer: this.plan.optimizer, rate: (step) => this.rate.at(step), momentum: this.rate.momentum, keep: (step) => this.#keep(step) })
  }

  /** Share of averaged weights that a step keeps. */
  #keep(step: number): number {
    const { averaging, optimizer } = this.plan
    const context = { base: optimizer.learningRate, totalSteps: this.totalSteps, stepsPerEpoch: this.layout.steps }
    return averaging === null ? 0 : averaging.definition.keep(step, context, averaging.options)
  }

  #epochRows(): Int32Array {
    const { epoch } = this
    if (this.#order?.epoch !== epoch) {
      this.#order = { epoch, rows: epochOrder(this.layout, epoch, this.document.seed, this.document.training.shuffle) }
    }
    return this.#order.rows
  }

  async #train(size: number): Promise<Execution> {
    return await this.#execution(`train/${size}`, 'train', () => (size === this.program.batchSize ? this.program : trainProgram(this.plan, size)))
  }

  async #execution(key: string, part: string, build: () => Program): Promise<Execution> {
    const known = this.#executions.get(key)
    if (known !== undefined) return known
    const made = await this.session.prepare(build(), part)
    this.#executions.set(key, made)
    return made
  }

  #account(first: number, count: number, size: number, outputs: StepOutputs): Advance {
    const losses = Float64Array.from(outputs.loss.subarray(0, count))
    const columns: Record<string, Float64Array> = { 'train.loss': losses }
    if ('penalty' in outputs) columns['train.penalty'] = Float64Array.from(outputs.penalty.subarray(0, count))
    if ('gradientNorm' in outputs) columns.gradientNorm = Float64Array.from(outputs.gradientNorm.subarray(0, count))
    for (const name of Object.keys(outputs)) if (name.startsWith('layer/')) columns[name.replace('/', '.')] = Float64Array.from(outputs[name].subarray(0, count))
    if ('distillation' in outputs) columns['train.distillation'] = Float64Array.from(outputs.distillation.subarray(0, count))
    if ('feature' in outputs) columns['train.feature'] = Float64Array.from(outputs.feature.subarray(0, count))
    columns.learningRate = Float64Array.from({ length: count }, (_, index) => this.rate.at(first + index))
    const { momentum } = this.rate
    if (momentum !== null) columns.momentum = Float64Array.from({ length: count }, (_, index) => momentum(first + index))
    for (let index = 0; index < count; index++) {
      this.#sums.addLoss(losses[index] * size, size)
      if ('gradientNorm' in outputs) this.#sums.addNorm(outputs.gradientNorm[index])
    }
    for (const { definition, options } of this.plan.metrics) {
      const key = definition.key(options)
      const values = outputs[`metric/${key}`]
      const length = values.length / count
      const column = definition.result === 'scalar' ? (columns[`train.${key}`] = new Float64Array(count)) : null
      for (let index = 0; index < count; index++) {
        this.#sums.addVector(key, values, index * length, length)
        if (column !== null) {
          const sums = Float64Array.from(values.subarray(index * length, (index + 1) * length))
          column[index] = metricResult(definition, sums, size, this.plan.data.target, options)[0]
        }
      }
    }
    const bad = losses.findIndex((loss) => !Number.isFinite(loss))
    return { firstStep: first + 1, count, columns, badStep: bad < 0 ? null : first + 1 + bad }
  }

  /** Metrics of a whole part, in evaluation mode. */
  async evaluate(part: 'validation' | 'test'): Promise<MetricValues> {
    const rows = this.data[part]?.rows ?? 0
    const sums = new MetricSums(this.plan)
    const size = Math.min(EVALUATION_BATCH, rows)
    const full = Math.floor(rows / size)
    await this.#evaluateRows(part, sums, 0, full, size)
    if (rows % size > 0) await this.#evaluateRows(part, sums, full * size, 1, rows % size)
    return sums.values()
  }

  async #evaluateRows(part: 'validation' | 'test', sums: MetricSums, from: number, count: number, size: number): Promise<void> {
    const execution = await this.#execution(`${part}/${size}`, part, () => evaluateProgram(this.plan, size))
    const rows = Int32Array.from({ length: count * size }, (_, index) => from + index)
    const outputs = await execution.run({ count, rows, inputs: {} })
    for (let index = 0; index < count; index++) {
      sums.addLoss(outputs.loss[index], size)
      for (const { definition, options } of this.plan.metrics) {
        const key = definition.key(options)
        const values = outputs[`metric/${key}`]
        const length = values.length / count
        sums.addVector(key, values, index * length, length)
      }
    }
  }

  /** The model's output for the first `rows` of a part's features, `[rows, …output shape]`, and the op that computed it. */
  async predict(part: string, rows: number, batchSize: number): Promise<{ readonly output: Float32Array; readonly last: string }> {
    const execution = await this.#execution(`predict/${part}/${batchSize}`, part, () => predictProgram(this.plan, batchSize))
    const count = Math.ceil(rows / batchSize)
    // The last batch is filled up with its last row.
    const indices = Int32Array.from({ length: count * batchSize }, (_, index) => Math.min(index, rows - 1))
    const { output } = await execution.run({ count, rows: indices, inputs: {} })
    const [{ tensor }] = execution.program.outputs
    return { output: Float32Array.from(output.subarray(0, (rows * output.length) / (count * batchSize))), last: tensor.op }
  }

  /** As {@link predict}, for one sample that is in no table. */
  async answer(sample: Float32Array): Promise<{ readonly output: Float32Array; readonly last: string }> {
    const execution = await this.#execution(SAMPLE, 'train', () => sampleProgram(this.plan))
    return await answerSample(execution, sample)
  }

  /** Whether the next step's batch is a whole one: those are what diagnostics look at. */
  get nextIsWhole(): boolean {
    return this.#step % this.layout.steps < this.layout.full
  }

  /** Runs a program that changes nothing on the rows and inputs of the next step, without making it. `key` names the
   *  program: it is built once. */
  async probe(key: string, build: () => Program): Promise<StepOutputs> {
    const execution = await this.#execution(key, 'train', build)
    return await execution.run(this.#batch(execution, 1, this.#nextRows(1).rows))
  }

  /** Runs a program that changes nothing on these rows, with `given` among the inputs of the next step. */
  async measure(key: string, build: () => Program, rows: Int32Array, given: Readonly<Record<string, Float32Array>> = {}): Promise<StepOutputs> {
    const execution = await this.#execution(key, 'train', build)
    const batch = this.#batch(execution, 1, rows)
    return await execution.run({ ...batch, inputs: { ...batch.inputs, ...given } })
  }

  /** Where NaN or Inf first appears in the next step, without making it. */
  async findNonFinite(): Promise<{ readonly scope: string; readonly op: string } | null> {
    const { rows, size } = this.#nextRows(1)
    const execution = await this.#train(size)
    return await this.session.findNonFinite(execution.program, 'train', this.#batch(execution, 1, rows))
  }

  async dispose(): Promise<void> {
    for (const execution of this.#executions.values()) await execution.dispose()
    await this.session.dispose()
  }
}

/** Tables by the name under which programs gather from them. */
export function residentTables(data: PreparedData): Map<string, { readonly rows: number; readonly rowShape: readonly number[]; readonly data: Float32Array | Int32Array }> {
  const parts: [Part, DataPart | null][] = [
    ['train', data.train],
    ['validation', data.validation],
    ['test', data.test],
  ]
  return new Map(
    parts.flatMap(([name, part]) =>
      part === null
        ? []
        : [
            [`${name}.features`, { rows: part.rows, rowShape: data.sampleShape, data: part.features }] as const,
            [`${name}.targets`, { rows: part.rows, rowShape: targetShape(data.target), data: part.targets }] as const,
          ],
    ),
  )
}
