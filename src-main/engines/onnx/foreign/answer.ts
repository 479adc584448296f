import { Tensor } from 'onnxruntime-node'
import { IssueError } from '@shared/spec/issue'
import { createSession } from '../runtime'
import { inspectModel, refuseModel, type Wanted } from './inspect'

/** Rows answered at once by models that take any number. */
const BATCH = 256
const TINY = 1e-38
const SUM_TOLERANCE = 1e-3

export interface ForeignRows extends Wanted {
  readonly bytes: Uint8Array
  /** Row-major `[rows, …sample]`. */
  readonly features: Float32Array
  readonly rows: number
  readonly threads: number
}

/**
 * Scores of an ONNX classifier for every row, `[rows, classes]`: what a final softmax takes; of outputs that are
 * probabilities their logarithm, which is the same but for a constant of each row. Runs on the CPU, so that the same file
 * says the same everywhere. Throws `teacher-onnx-…`.
 */
export async function answerRows({ bytes, features, rows, threads, ...wanted }: ForeignRows): Promise<Float32Array> {
  const { sample, classes } = wanted
  const model = inspectModel(bytes, wanted)
  const elements = sample.reduce((all, extent) => all * extent, 1)
  const size = model.batch ?? Math.min(BATCH, rows)
  const answers = new Float32Array(rows * classes)
  try {
    const session = await createSession(model.bytes, { provider: 'cpu', threads })
    try {
      const batch = new Float32Array(size * elements)
      for (let first = 0; first < rows; first += size) {
        const count = Math.min(size, rows - first)
        batch.fill(0).set(features.subarray(first * elements, (first + count) * elements))
        const found = await session.run({ [model.input]: new Tensor('float32', batch, [size, ...model.shape]) }, [model.output])
        const { data, dims } = found[model.output]
        if (!(data instanceof Float32Array) || dims.length !== 2 || dims[0] !== size || dims[1] !== classes) refuseModel(wanted, 'teacher-onnx-output', { found: `${model.output} [${dims.join(', ')}]`, classes })
        else answers.set(data.subarray(0, count * classes), first * classes)
      }
    } finally {
      await session.release()
    }
  } catch (error) {
    if (error instanceof IssueError) throw error
    refuseModel(wanted, 'teacher-onnx-unreadable', { reason: error instanceof Error ? error.message : String(error) })
  }
  if (!answers.every(Number.isFinite)) refuseModel(wanted, 'teacher-onnx-unreadable', { reason: 'NaN or Inf among its answers' })
  return areProbabilities(answers, classes) ? answers.map((value) => Math.log(Math.max(value, TINY))) : answers
}

function areProbabilities(answers: Float32Array, classes: number): boolean {
  for (let first = 0; first < answers.length; first += classes) {
    const row = answers.subarray(first, first + classes)
    const sum = row.reduce((all, value) => all + value, 0)
    if (Math.abs(sum - 1) > SUM_TOLERANCE || row.some((value) => value < 0 || value > 1 + SUM_TOLERANCE)) return false
  }
  return true
}
