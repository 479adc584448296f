import { join } from 'node:path'
import { buildPlan, epochLayout, epochOrder, initialState, stepInputs, trainProgram } from '@shared/compile'
import { sizeOf } from '@shared/graph'
import { need, parseDocument } from '@shared/spec'
import { loadDataset } from '@main/core/datasets'
import type { StepBatch } from '@main/engines/engine'
import { openDevice } from '@main/engines'
import { Pace } from '@main/worker/pace'
import { residentTables, Trainer } from '@main/worker/trainer'
import type { ReferenceModel } from './models'

const WARM_UP_SECONDS = 0.7

/**
 * Parts of the product path, in this process: `engine` only dispatches the program, with rows and inputs made beforehand;
 * `trainer` also shuffles, makes inputs and sums metrics up. Neither has a worker, events or a history.
 */
export type Part = 'engine' | 'trainer'

/** Makes at most so many steps; resolves to how many. */
type Advance = (limit: number) => Promise<number>

export class Bare {
  readonly #pace = new Pace(null)

  private constructor(
    private readonly batchSize: number,
    private readonly advance: Advance,
    readonly dispose: () => Promise<void>,
  ) {}

  static async open(model: ReferenceModel, part: Part, directory: string, threads: number): Promise<Bare> {
    const trainer = await openTrainer(model, directory, threads)
    const { document: { seed }, plan, data, session, program } = trainer
    if (part === 'trainer') {
      return new Bare(model.batchSize, async (limit) => (await trainer.advance(limit)).count, async () => await trainer.dispose())
    }
    await session.writeState(initialState(plan, program.state, seed))
    const layout = epochLayout(data.train.rows, model.batchSize)
    const inputs = stepInputs(program, 0, layout.full, { seed, optimizer: plan.optimizer, rate: () => plan.optimizer.learningRate })
    const epoch = { count: layout.full, rows: epochOrder(layout, 0, seed, true), inputs }
    const execution = await session.prepare(program, 'train')
    let step = 0
    const advance: Advance = async (limit) => {
      const count = Math.min(limit, layout.full - step)
      await execution.run(slice(epoch, step, count, model.batchSize))
      step = (step + count) % layout.full
      return count
    }
    return new Bare(model.batchSize, advance, async () => {
      await execution.dispose()
      await session.dispose()
    })
  }

  /** Samples per second. */
  async measure(seconds: number): Promise<number> {
    await this.#runFor(WARM_UP_SECONDS)
    const began = performance.now()
    const samples = await this.#runFor(seconds)
    return (samples * 1000) / (performance.now() - began)
  }

  async #runFor(seconds: number): Promise<number> {
    const until = performance.now() + seconds * 1000
    let samples = 0
    while (performance.now() < until) {
      const began = performance.now()
      const count = await this.advance(this.#pace.steps)
      this.#pace.measured(count, (performance.now() - began) / 1000)
      samples += count * this.batchSize
    }
    return samples
  }
}

/** A trainer of the model in this process, at its first step. */
export async function openTrainer(model: ReferenceModel, directory: string, threads: number): Promise<Trainer> {
  const document = need(parseDocument(model.document))
  const data = need(await loadDataset(document.dataset, { baseDirectory: directory, resourcesDirectory: join(directory, 'none'), seed: document.seed }))
  const plan = need(buildPlan(document, { sample: data.sampleShape, target: data.target }, data.train.rows))
  const program = trainProgram(plan, model.batchSize)
  const state = program.state.map((entry) => ({ entry, value: new Float32Array(sizeOf(entry.shape)) }))
  const { session } = need(await openDevice('onnx-cpu', { threads, tables: residentTables(data), state }))
  const trainer = new Trainer(document, plan, data, session, program)
  await trainer.reset()
  return trainer
}

/** Steps `from … from + count` of an epoch. */
function slice({ count: all, rows, inputs }: StepBatch, from: number, count: number, batchSize: number): StepBatch {
  const part = Object.entries(inputs).map(([name, values]) => {
    const size = values.length / all
    return [name, values.subarray(from * size, (from + count) * size)] as const
  })
  return { count, rows: rows.subarray(from * batchSize, (from + count) * batchSize), inputs: Object.fromEntries(part) }
}
