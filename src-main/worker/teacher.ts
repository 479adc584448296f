import { readFile } from 'node:fs/promises'
import { logitsProgram, type DataShape } from '@shared/compile'
import type { PreparedData } from '@shared/data/types'
import { TEACHER_LAYER_PATH, TEACHER_PATH, teacherFeature, teacherPlan } from '@shared/distillation'
import { sizeOf, type Shape } from '@shared/graph'
import type { OnnxTeacherJob, RunTeacherJob, TrainingJob } from '@shared/protocol/training'
import { failure, issue, refuse, success, type Issue, type Result } from '@shared/spec/issue'
import { sha256, type ArtifactStore, type StoredFile } from '@main/core/artifacts'
import { findFile, orRefuse } from '@main/core/datasets/files'
import type { ResidentTable, StepOutputs } from '@main/engines/engine'
import { answerRows } from '@main/engines/onnx'
import { decodeCheckpoint } from './checkpoint'
import { answeringBatch, openModel } from './model'

/** Names of the tables that train programs gather the teacher's answers from, and what its matched layer gives. */
const ANSWERS = 'train.teacher'
const FEATURES = 'train.teacherFeature'

/** A larger ONNX file is refused: it is read into memory as a whole. */
const MOST_FILE_BYTES = 2 ** 30
/** Batches that a model is asked at once: what it gives is held twice only for so many. */
const BATCHES = 16

export interface Taught {
  readonly tables: ReadonlyMap<string, ResidentTable>
  /** Of an ONNX file: where its content is kept. */
  readonly kept: StoredFile | null
}

/** Who teaches, before it was asked. */
export interface Teacher {
  /** What its matched layer gives for a sample, where the document matches one. */
  readonly gives: Pick<DataShape, 'feature'>
  /**
   * Its logits for every training row and what its matched layer gives, answered once before training: on the same device
   * and threads the same numbers, so that a run that goes on hears the same teacher.
   */
  answer(): Promise<Result<Taught>>
}

/** Null where nobody teaches. */
export async function findTeacher(job: TrainingJob, data: PreparedData, store: ArtifactStore): Promise<Result<Teacher | null>> {
  const { teacher } = job
  if (teacher === null) return success(null)
  const layer = job.document.training.distillation?.feature?.teacher ?? null
  return teacher.kind === 'run' ? findRun(job, { teacher, layer }, data, store) : await findOnnx(job, { teacher, layer }, data, store)
}

/** The teacher, and its layer that is matched; null: none. */
interface Asked<T> {
  readonly teacher: T
  readonly layer: string | null
}

function findRun(job: TrainingJob, { teacher, layer }: Asked<RunTeacherJob>, { sampleShape, target, contentHash, train }: PreparedData, store: ArtifactStore): Result<Teacher> {
  if (teacher.dataHash !== contentHash) return failure(issue('training-teacher-data', TEACHER_PATH, { run: teacher.run }))
  const plan = teacherPlan(teacher.run, teacher.document, { sample: sampleShape, target })
  if (!plan.ok) return plan
  const feature = layer === null ? null : teacherFeature(teacher.run, plan.value, layer)
  if (feature?.ok === false) return feature
  const shape = feature?.value ?? null
  const size = answeringBatch(train.rows)
  return success({
    gives: given(shape),
    answer: async () => {
      const { views } = decodeCheckpoint(await store.read(teacher.checkpoint), teacher.checkpoint)
      const model = await openModel(logitsProgram(plan.value, size, layer), views, { rows: train.rows, rowShape: sampleShape, data: train.features }, job)
      if (!model.ok) return model
      const tables = new Map([[ANSWERS, emptyTable(train.rows, plan.value.model.outputShape)], ...(shape === null ? [] : [[FEATURES, emptyTable(train.rows, shape)] as const])])
      try {
        for (let from = 0; from < train.rows; from += BATCHES * size) {
          const found = await model.value.answer(Math.min(BATCHES, Math.ceil((train.rows - from) / size)), from)
          for (const [name, table] of tables) fill(table, from, name === ANSWERS ? found.output : found.feature)
        }
        return success({ tables, kept: null })
      } finally {
        await model.value.dispose()
      }
    },
  })
}

/** Its content is kept with the run, which goes on also when the file is gone or another. */
async function findOnnx(job: TrainingJob, { teacher: { file, hash, kept }, layer }: Asked<OnnxTeacherJob>, { sampleShape, target, train }: PreparedData, store: ArtifactStore): Promise<Result<Teacher | null>> {
  // Planning refuses that in better words.
  if (target.kind !== 'class') return success(null)
  const path = [...TEACHER_PATH, 'file']
  if (target.positions !== undefined) return failure(issue('teacher-onnx-positions', path, { file }))
  const bytes = kept && hash !== null ? await store.read(hash) : await readTeacher(file, job.baseDirectory, path)
  if (hash !== null && sha256(bytes) !== hash) return failure(issue('teacher-onnx-other', path, { file, hash }))
  const request = { bytes, features: train.features, rows: train.rows, sample: sampleShape, classes: target.classes, threads: job.threads, path, file, layerPath: TEACHER_LAYER_PATH, ...(layer === null ? {} : { layer }) }
  const one = layer === null ? null : await answerRows({ ...request, rows: 1 })
  return success({
    gives: given(one?.feature?.shape ?? null),
    answer: async () => {
      const { scores, feature } = await answerRows(request)
      const tables = new Map<string, ResidentTable>([[ANSWERS, { rows: train.rows, rowShape: [target.classes], data: scores }]])
      if (feature !== null) tables.set(FEATURES, { rows: train.rows, rowShape: feature.shape, data: feature.data })
      return success({ tables, kept: kept && hash !== null ? { hash, bytes: bytes.length } : await store.put(bytes) })
    },
  })
}

async function readTeacher(name: string, baseDirectory: string, path: Issue['path']): Promise<Uint8Array> {
  const found = await findFile(name, baseDirectory, path)
  if (found.bytes > MOST_FILE_BYTES) refuse('teacher-onnx-too-large', path, { file: name, bytes: found.bytes, limit: MOST_FILE_BYTES })
  return await orRefuse(readFile(found.path), name, found.path, path)
}

function given(feature: Shape | null): Teacher['gives'] {
  return feature === null ? {} : { feature }
}

function emptyTable(rows: number, rowShape: Shape): ResidentTable & { readonly data: Float32Array } {
  return { rows, rowShape, data: new Float32Array(rows * sizeOf(rowShape)) }
}

/** Puts what was answered from a row on in its place; the last batch may go past the table's end. */
function fill({ rows, rowShape, data }: ReturnType<typeof emptyTable>, from: number, values: StepOutputs[string]): void {
  const size = sizeOf(rowShape)
  data.set(values.subarray(0, Math.min(values.length, (rows - from) * size)), from * size)
}
