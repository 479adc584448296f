import { EVALUATION_BATCH, joinViews, type Program } from '@shared/compile'
import type { TrainingJob } from '@shared/protocol/training'
import { success, type Result } from '@shared/spec/issue'
import { openDevice } from '@main/engines'
import type { Execution, ResidentTable } from '@main/engines/engine'

/** Rows that a trained model answers at once, of so many. */
export function answeringBatch(rows: number): number {
  return Math.min(EVALUATION_BATCH, rows)
}

/** A trained model in an engine session of its own. */
export interface OpenModel {
  /** What it answers to so many batches from the table's beginning, row-major; past its end, to its last row. Valid until the next call. */
  answer(batches: number): Promise<ArrayLike<number>>
  dispose(): Promise<void>
}

/** Opens a program that answers rows of a table, on the job's device: weights and statistics come from `views`. */
export async function openModel(program: Program, views: ReadonlyMap<string, Float32Array>, features: ResidentTable, { device, threads }: Pick<TrainingJob, 'device' | 'threads'>): Promise<Result<OpenModel>> {
  const values = joinViews(program.state, views)
  // Every entry has a value: joinViews throws otherwise.
  const state = program.state.map((entry) => ({ entry, value: values.get(entry.name)! }))
  const opened = await openDevice(device, { threads, tables: new Map([['train.features', features]]), state }, false)
  if (!opened.ok) return opened
  const { session } = opened.value
  let execution: Execution
  try {
    execution = await session.prepare(program, 'train')
  } catch (error) {
    await session.dispose()
    throw error
  }
  return success({
    answer: async (batches) => {
      const rows = Int32Array.from({ length: batches * program.batchSize }, (_, index) => Math.min(index, features.rows - 1))
      const { output } = await execution.run({ count: batches, rows, inputs: {} })
      return output
    },
    dispose: async () => {
      await execution.dispose()
      await session.dispose()
    },
  })
}
