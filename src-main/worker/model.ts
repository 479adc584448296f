import { EVALUATION_BATCH, joinViews, SAMPLE, type Program } from '@shared/compile'
import type { TrainingJob } from '@shared/protocol/training'
import { success, type Result } from '@shared/spec/issue'
import { openDevice } from '@main/engines'
import type { Execution, ResidentTable, SessionOptions, StepOutputs } from '@main/engines/engine'

/** Rows that a trained model answers at once, of so many. */
export function answeringBatch(rows: number): number {
  return Math.min(EVALUATION_BATCH, rows)
}

/** A trained model in an engine session of its own. */
export interface OpenModel {
  /** What it answers to so many batches from a row on, by output, row-major; past the table's end, to its last row. Valid until the next call. */
  answer(batches: number, from?: number): Promise<StepOutputs>
  dispose(): Promise<void>
}

type Place = Pick<TrainingJob, 'device' | 'threads'>

/** Opens a program that answers rows of a table, on the job's device: weights and statistics come from `views`. */
export async function openModel(program: Program, views: ReadonlyMap<string, Float32Array>, features: ResidentTable, place: Place): Promise<Result<OpenModel>> {
  const opened = await openProgram(program, views, new Map([['train.features', features]]), place)
  if (!opened.ok) return opened
  const { execution, dispose } = opened.value
  return success({
    answer: async (batches, from = 0) => {
      const rows = Int32Array.from({ length: batches * program.batchSize }, (_, index) => Math.min(from + index, features.rows - 1))
      return await execution.run({ count: batches, rows, inputs: {} })
    },
    dispose,
  })
}

/** Opens a program that changes nothing in a session of its own. */
export async function openProgram(program: Program, views: ReadonlyMap<string, Float32Array>, tables: SessionOptions['tables'], { device, threads }: Place): Promise<Result<{ readonly execution: Execution; dispose(): Promise<void> }>> {
  const values = joinViews(program.state, views)
  // Every entry has a value: joinViews throws otherwise.
  const state = program.state.map((entry) => ({ entry, value: values.get(entry.name)! }))
  const opened = await openDevice(device, { threads, tables, state }, false)
  if (!opened.ok) return opened
  const { session } = opened.value
  try {
    const execution = await session.prepare(program, 'train')
    const dispose = async (): Promise<void> => {
      await execution.dispose()
      await session.dispose()
    }
    return success({ execution, dispose })
  } catch (error) {
    await session.dispose()
    throw error
  }
}

/** Runs a {@link sampleProgram}: the model's output `[1, …output shape]`, and the op that computed it. */
export async function answerSample(execution: Execution, sample: Float32Array): Promise<{ readonly output: Float32Array; readonly last: string }> {
  // Its one batch takes no row from a table.
  const { output } = await execution.run({ count: 1, rows: new Int32Array(1), inputs: { [SAMPLE]: sample } })
  const [{ tensor }] = execution.program.outputs
  return { output: Float32Array.from(output), last: tensor.op }
}
