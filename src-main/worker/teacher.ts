import { logitsProgram } from '@shared/compile'
import type { PreparedData } from '@shared/data/types'
import { TEACHER_PATH, teacherPlan } from '@shared/distillation'
import type { TrainingJob } from '@shared/protocol/training'
import { failure, issue, success, type Result } from '@shared/spec/issue'
import type { ArtifactStore } from '@main/core/artifacts'
import type { ResidentTable } from '@main/engines/engine'
import { decodeCheckpoint } from './checkpoint'
import { answeringBatch, openModel } from './model'

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
  if (teacher.dataHash !== data.contentHash) return failure(issue('training-teacher-data', TEACHER_PATH, { run: teacher.run }))
  const plan = teacherPlan(teacher.run, teacher.document, { sample: sampleShape, target })
  if (!plan.ok) return plan
  const [classes] = plan.value.model.outputShape
  const size = answeringBatch(train.rows)
  const { views } = decodeCheckpoint(await store.read(teacher.checkpoint), teacher.checkpoint)
  const model = await openModel(logitsProgram(plan.value, size), views, { rows: train.rows, rowShape: sampleShape, data: train.features }, job)
  if (!model.ok) return model
  try {
    const answers = await model.value.answer(Math.ceil(train.rows / size))
    return success({ rows: train.rows, rowShape: [classes], data: Float32Array.from(answers).slice(0, train.rows * classes) })
  } finally {
    await model.value.dispose()
  }
}
