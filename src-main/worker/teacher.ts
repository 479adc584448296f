import { buildPlan, EVALUATION_BATCH, joinViews, logitsProgram } from '@shared/compile'
import type { PreparedData } from '@shared/data/types'
import type { TrainingJob } from '@shared/protocol/training'
import { failure, issue, success, type Result } from '@shared/spec/issue'
import type { ArtifactStore } from '@main/core/artifacts'
import { openDevice } from '@main/engines'
import type { ResidentTable } from '@main/engines/engine'
import { decodeCheckpoint } from './checkpoint'

/** Name of the table that train programs gather the teacher's answers from. */
export const TEACHER_TABLE = 'train.teacher'

/**
 * The teacher's logits for every training row, answered once by the engine that trains: on the same device and threads the
 * same numbers, so that a run that goes on hears the same teacher. Null where nobody teaches.
 */
export async function teacherTable(job: TrainingJob, data: PreparedData, store: ArtifactStore): Promise<Result<ResidentTable | null>> {
  const { teacher } = job
  if (teacher === null) return success(null)
  const { sampleShape, target, train } = data
  if (teacher.dataHash !== data.contentHash) return failure(issue('training-teacher-data', ['training', 'distillation', 'teacher'], { run: teacher.run }))
  const { distillation: _, ...training } = teacher.document.training
  const plan = buildPlan({ ...teacher.document, training }, { sample: sampleShape, target })
  if (!plan.ok) return failure(issue('training-teacher-unfit', ['training', 'distillation', 'teacher'], { run: teacher.run }))
  if (target.kind !== 'class' || plan.value.model.outputShape.length !== 1 || plan.value.model.outputShape[0] !== target.classes) {
    return failure(issue('training-teacher-unfit', ['training', 'distillation', 'teacher'], { run: teacher.run }))
  }
  const size = Math.min(EVALUATION_BATCH, train.rows)
  const program = logitsProgram(plan.value, size)
  const { views } = decodeCheckpoint(await store.read(teacher.checkpoint), teacher.checkpoint)
  const values = joinViews(program.state, views)
  // Every entry has a value: joinViews throws otherwise.
  const state = program.state.map((entry) => ({ entry, value: values.get(entry.name)! }))
  const tables = new Map([['train.features', { rows: train.rows, rowShape: sampleShape, data: train.features }]])
  const opened = await openDevice(job.device, { threads: job.threads, tables, state }, false)
  if (!opened.ok) return opened
  const { session } = opened.value
  try {
    const execution = await session.prepare(program, 'train')
    const count = Math.ceil(train.rows / size)
    // The last batch is filled up with its last row.
    const rows = Int32Array.from({ length: count * size }, (_, index) => Math.min(index, train.rows - 1))
    const { output } = await execution.run({ count, rows, inputs: {} })
    await execution.dispose()
    return success({ rows: train.rows, rowShape: [target.classes], data: Float32Array.from(output.subarray(0, train.rows * target.classes)) })
  } finally {
    await session.dispose()
  }
}
