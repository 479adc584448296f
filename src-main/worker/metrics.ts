import { metricResult } from '@shared/catalog/losses'
import type { TrainingPlan } from '@shared/compile'
import type { MatrixResult } from '@shared/protocol/training'

/** Scalars and matrices of some part of the data, from sums over its samples. */
export interface MetricValues {
  readonly scalars: Readonly<Record<string, number>>
  readonly matrices: Readonly<Record<string, MatrixResult>>
}

/** Under which the gradients' norms stand among the sums: their sum and their number. */
const NORM = 'gradientNorm'

/** Adds up losses and metric vectors in float64, whatever the batches they come in. */
export class MetricSums {
  readonly #plan: TrainingPlan
  #samples = 0
  #loss = 0
  readonly #vectors: Map<string, Float64Array>

  constructor(plan: TrainingPlan) {
    this.#plan = plan
    this.#vectors = new Map()
  }

  get samples(): number {
    return this.#samples
  }

  addLoss(sum: number, samples: number): void {
    this.#loss += sum
    this.#samples += samples
  }

  /** Adds the norm of one update's gradient. */
  addNorm(norm: number): void {
    this.addVector(NORM, [norm, 1], 0, 2)
  }

  /** Adds `length` numbers of `values` from `offset` to the metric's vector. */
  addVector(key: string, values: ArrayLike<number>, offset: number, length: number): void {
    let sums = this.#vectors.get(key)
    if (sums === undefined) this.#vectors.set(key, (sums = new Float64Array(length)))
    for (let index = 0; index < length; index++) sums[index] += values[offset + index]
  }

  values(): MetricValues {
    const scalars: Record<string, number> = { loss: this.#loss / this.#samples }
    const matrices: Record<string, MatrixResult> = {}
    const norms = this.#vectors.get(NORM)
    if (norms !== undefined) scalars.gradientNorm = norms[0] / norms[1]
    for (const { definition, options } of this.#plan.metrics) {
      const key = definition.key(options)
      const sums = this.#vectors.get(key)
      if (sums === undefined) continue
      const result = metricResult(definition, sums, this.#samples, this.#plan.data.target, options)
      if (definition.result === 'scalar') scalars[key] = result[0]
      else matrices[key] = { size: Math.sqrt(result.length), values: Array.from(result) }
    }
    return { scalars, matrices }
  }

  /** For checkpoints taken inside an epoch. */
  save(): SavedSums {
    return { samples: this.#samples, loss: this.#loss, vectors: Object.fromEntries([...this.#vectors].map(([key, sums]) => [key, Array.from(sums)])) }
  }

  restore(saved: SavedSums): void {
    this.#samples = saved.samples
    this.#loss = saved.loss
    this.#vectors.clear()
    for (const [key, sums] of Object.entries(saved.vectors)) this.#vectors.set(key, Float64Array.from(sums))
  }
}

export interface SavedSums {
  readonly samples: number
  readonly loss: number
  readonly vectors: Readonly<Record<string, readonly number[]>>
}
