import { Tensor, type InferenceSession } from 'onnxruntime-node'
import { sizeOf, type Shape } from '@shared/graph'
import { IssueError } from '@shared/spec/issue'
import { createSession } from '../runtime'
import { inspectModel, refuseLayer, refuseModel, type ForeignModel, type Wanted } from './inspect'

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

export interface ForeignAnswers {
  /** `[rows, classes]`: what a final softmax takes; of outputs that are probabilities their logarithm, which is the same
   *  but for a constant of each row. */
  readonly scores: Float32Array
  /** Of the tensor that was asked for, `[rows, …shape]`. */
  readonly feature: { readonly shape: Shape; readonly data: Float32Array } | null
}

/** What an ONNX classifier answers to every row. Runs on the CPU, so that the same file says the same everywhere. Throws `teacher-onnx-…`. */
export async function answerRows(request: ForeignRows): Promise<ForeignAnswers> {
  const { rows, classes, layer } = request
  const scores = new Float32Array(rows * classes)
  let feature: ForeignAnswers['feature'] = null
  await eachBatch(request, ({ output, tensor }, { first, count, size }) => {
    const found = rowsOf(output, size)
    if (found === null || found.shape.length !== 1 || found.shape[0] !== classes) refuseModel(request, 'teacher-onnx-output', { found: `[${output.dims.join(', ')}]`, classes })
    else scores.set(found.data.subarray(0, count * classes), first * classes)
    if (layer === undefined) return
    const values = tensor === undefined ? null : rowsOf(tensor, size)
    if (values === null || values.shape.length === 0) return refuseLayer(request, `${layer} [${tensor?.dims.join(', ') ?? ''}]`)
    const elements = sizeOf(values.shape)
    feature ??= { shape: values.shape, data: new Float32Array(rows * elements) }
    feature.data.set(values.data.subarray(0, count * elements), first * elements)
  })
  if (!scores.every(Number.isFinite)) refuseModel(request, 'teacher-onnx-unreadable', { reason: 'NaN or Inf among its answers' })
  return { scores: areProbabilities(scores, classes) ? scores.map((value) => Math.log(Math.max(value, TINY))) : scores, feature }
}

/** `count` rows from `first` on, filled up with zeros to `size`. */
interface Batch {
  readonly first: number
  readonly count: number
  readonly size: number
}

/** What a model gives for a batch: its scores, and the tensor that was asked for. */
interface BatchAnswers {
  readonly output: Tensor
  readonly tensor: Tensor | undefined
}

async function eachBatch(request: ForeignRows, take: (found: BatchAnswers, batch: Batch) => void): Promise<void> {
  await whileOpen(request, async ({ size, answer }) => {
    for (let first = 0; first < request.rows; first += size) take(await answer(first), { first, count: Math.min(size, request.rows - first), size })
  })
}

/** A model that is loaded. */
export interface OpenForeign {
  /** Rows that it answers at once. */
  readonly size: number
  /** What it gives for the rows from this one on; past the last, for zeros. */
  answer(first: number): Promise<BatchAnswers>
}

/** Loads a model, hands it to `body` and lets it go. Throws `teacher-onnx-…`. */
export async function whileOpen<T>(request: ForeignRows, body: (model: OpenForeign) => Promise<T>): Promise<T> {
  const { bytes, features, rows, threads, sample } = request
  const model = inspectModel(bytes, request)
  const elements = sizeOf(sample)
  const size = model.batch ?? Math.min(BATCH, rows)
  try {
    const session = await createSession(model.bytes, { provider: 'cpu', threads })
    try {
      const batch = new Float32Array(size * elements)
      return await body({
        size,
        answer: async (first) => {
          batch.fill(0).set(features.subarray(first * elements, Math.min(first + size, rows) * elements))
          return await ask(session, model, new Tensor('float32', batch, [size, ...model.shape]))
        },
      })
    } finally {
      await session.release()
    }
  } catch (error) {
    if (error instanceof IssueError) throw error
    return refuseModel(request, 'teacher-onnx-unreadable', { reason: error instanceof Error ? error.message : String(error) })
  }
}

async function ask(session: InferenceSession, { input, output, layer }: ForeignModel, batch: Tensor): Promise<BatchAnswers> {
  const found = await session.run({ [input]: batch }, layer === null || layer === output ? [output] : [output, layer])
  return { output: found[output], tensor: layer === null ? undefined : found[layer] }
}

/** Null for what is not float32, or not one for every row. */
function rowsOf({ data, dims }: Tensor, rows: number): { readonly shape: Shape; readonly data: Float32Array } | null {
  return data instanceof Float32Array && dims[0] === rows ? { shape: dims.slice(1), data } : null
}

function areProbabilities(answers: Float32Array, classes: number): boolean {
  for (let first = 0; first < answers.length; first += classes) {
    const row = answers.subarray(first, first + classes)
    const sum = row.reduce((all, value) => all + value, 0)
    if (Math.abs(sum - 1) > SUM_TOLERANCE || row.some((value) => value < 0 || value > 1 + SUM_TOLERANCE)) return false
  }
  return true
}
