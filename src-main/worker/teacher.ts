import { readFile } from 'node:fs/promises'
import { logitsProgram } from '@shared/compile'
import type { PreparedData } from '@shared/data/types'
import { sizeOf } from '@shared/graph'
import { TEACHER_PATH, teacherPlan } from '@shared/distillation'
import type { OnnxTeacherJob, RunTeacherJob, TrainingJob } from '@shared/protocol/training'
import { failure, issue, refuse, success, type Issue, type Result } from '@shared/spec/issue'
import { sha256, type ArtifactStore, type StoredFile } from '@main/core/artifacts'
import { findFile, orRefuse } from '@main/core/datasets/files'
import type { ResidentTable } from '@main/engines/engine'
import { answerRows } from '@main/engines/onnx'
import { decodeCheckpoint } from './checkpoint'
import { answeringBatch, openModel } from './model'

/** Name of the table that train programs gather the teacher's answers from. */
export const TEACHER_TABLE = 'train.teacher'

/** A larger ONNX file is refused: it is read into memory as a whole. */
const MOST_FILE_BYTES = 2 ** 30

export interface Taught {
  readonly table: ResidentTable
  /** Of an ONNX file: where its content is kept. */
  readonly kept: StoredFile | null
}

/**
 * The teacher's logits for every training row, answered once before training: on the same device and threads the same
 * numbers, so that a run that goes on hears the same teacher. Null where nobody teaches.
 */
export async function teach(job: TrainingJob, data: PreparedData, store: ArtifactStore): Promise<Result<Taught | null>> {
  const { teacher } = job
  if (teacher === null) return success(null)
  return teacher.kind === 'run' ? await byRun(job, teacher, data, store) : await byFile(job, teacher, data, store)
}

async function byRun(job: TrainingJob, teacher: RunTeacherJob, data: PreparedData, store: ArtifactStore): Promise<Result<Taught>> {
  const { sampleShape, target, train } = data
  if (teacher.dataHash !== data.contentHash) return failure(issue('training-teacher-data', TEACHER_PATH, { run: teacher.run }))
  const plan = teacherPlan(teacher.run, teacher.document, { sample: sampleShape, target })
  if (!plan.ok) return plan
  const { outputShape } = plan.value.model
  const size = answeringBatch(train.rows)
  const { views } = decodeCheckpoint(await store.read(teacher.checkpoint), teacher.checkpoint)
  const model = await openModel(logitsProgram(plan.value, size), views, { rows: train.rows, rowShape: sampleShape, data: train.features }, job)
  if (!model.ok) return model
  try {
    const answers = await model.value.answer(Math.ceil(train.rows / size))
    return success({ table: { rows: train.rows, rowShape: outputShape, data: Float32Array.from(answers).slice(0, train.rows * sizeOf(outputShape)) }, kept: null })
  } finally {
    await model.value.dispose()
  }
}

/** Its content is kept with the run, which goes on also when the file is gone or another. */
async function byFile(job: TrainingJob, { file, hash, kept }: OnnxTeacherJob, { sampleShape, target, train }: PreparedData, store: ArtifactStore): Promise<Result<Taught>> {
  // Planning has refused every other target.
  if (target.kind !== 'class') throw new Error('an ONNX file was to teach values')
  const path = [...TEACHER_PATH, 'file']
  const bytes = kept && hash !== null ? await store.read(hash) : await readTeacher(file, job.baseDirectory, path)
  if (hash !== null && sha256(bytes) !== hash) return failure(issue('teacher-onnx-other', path, { file, hash }))
  const answers = await answerRows({ bytes, features: train.features, rows: train.rows, sample: sampleShape, classes: target.classes, threads: job.threads, path, file })
  const stored = kept && hash !== null ? { hash, bytes: bytes.length } : await store.put(bytes)
  return success({ table: { rows: train.rows, rowShape: [target.classes], data: answers }, kept: stored })
}

async function readTeacher(name: string, baseDirectory: string, path: Issue['path']): Promise<Uint8Array> {
  const found = await findFile(name, baseDirectory, path)
  if (found.bytes > MOST_FILE_BYTES) refuse('teacher-onnx-too-large', path, { file: name, bytes: found.bytes, limit: MOST_FILE_BYTES })
  return await orRefuse(readFile(found.path), name, found.path, path)
}
