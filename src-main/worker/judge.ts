import { TEACHER_LAYER_PATH, TEACHER_PATH } from '@shared/distillation'
import type { FileFacts, TrainingJob } from '@shared/protocol/training'
import { failure, issue, IssueError, success, type Result } from '@shared/spec/issue'
import { ArtifactStore } from '@main/core/artifacts'
import { loadDataset } from '@main/core/datasets'
import { answerRows, foreignParameters, whileForeignOpen } from '@main/engines/onnx'
import { fastestRate } from './speed'

/** What the ONNX file is worth that teaches the job's run: on the rows that its student is judged by. */
export async function judgeTeacher(job: TrainingJob): Promise<Result<FileFacts>> {
  try {
    return await judged(job)
  } catch (error) {
    if (error instanceof IssueError) return failure(...error.issues)
    return failure(issue('run-crashed', [], { reason: error instanceof Error ? error.message : String(error) }))
  }
}

async function judged({ teacher, document, baseDirectory, resourcesDirectory, artifactsDirectory, threads }: TrainingJob): Promise<Result<FileFacts>> {
  if (teacher?.kind !== 'onnx' || teacher.hash === null) throw new Error('no file has taught this run')
  const data = await loadDataset(document.dataset, { baseDirectory, resourcesDirectory, seed: document.seed })
  if (!data.ok) return data
  const { sampleShape, target, train, validation } = data.value
  if (target.kind !== 'class') throw new Error('an ONNX file has taught values')
  const { classes } = target
  const bytes = await new ArtifactStore(artifactsDirectory).read(teacher.hash)
  const { rows, features } = validation ?? train
  const request = { bytes, features, rows, sample: sampleShape, classes, threads, path: [...TEACHER_PATH, 'file'], layerPath: TEACHER_LAYER_PATH, file: teacher.file }
  const right = validation === null ? null : countRight((await answerRows(request)).scores, validation.targets, classes)
  const speed = await whileForeignOpen(request, async ({ size, answer }) =>
    await fastestRate(async () => {
      await answer(0)
      return size
    }),
  )
  return success({ accuracy: right === null ? null : right / rows, parameters: await foreignParameters(bytes), bytes: bytes.length, speed })
}

/** Rows whose highest score, the first of equal ones, is their class's. */
function countRight(scores: Float32Array, targets: ArrayLike<number>, classes: number): number {
  return Array.from(targets).filter((target, row) => {
    const own = scores.subarray(row * classes, (row + 1) * classes)
    return own.indexOf(Math.max(...own)) === target
  }).length
}
