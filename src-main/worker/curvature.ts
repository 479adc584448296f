import { gradientProgram, hessianProgram, parameterCount, VECTOR } from '@shared/compile'
import { largestEigenvalue } from '@shared/diagnostics/eigenvalue'
import { noiseScale } from '@shared/diagnostics/noise-scale'
import { accumulate, dot } from '@shared/diagnostics/vectors'
import { permutation, randomSource } from '@shared/lib/random'
import type { Trainer } from './trainer'

/** Rows that sharpness is computed on, where the data has as many: the same for the whole run. */
const SAMPLE_ROWS = 512
const MOST_BATCHES = 16
/** The first search starts from noise, later ones from what was found last. */
const POWER = { tolerance: 0.01, products: 30 }

export interface CurvatureMeasures {
  /** Null where it is not finite. */
  readonly sharpness: number | null
  /** Absent where there are not two batches of rows to compare. */
  readonly noiseScale?: number | null
}

/**
 * Second-order measures of the present weights on a fixed sample of the training rows: the mean over whole batches, so
 * that one program serves. Random layers draw the same for all products of one measurement.
 */
export class Curvature {
  readonly #batches: readonly Int32Array[]
  #vector: Float32Array

  constructor(private readonly trainer: Trainer) {
    const { batchSize, full } = trainer.layout
    const random = randomSource(trainer.document.seed, 'diagnostics')
    const rows = permutation(trainer.layout.rows, random)
    const count = Math.min(full, MOST_BATCHES, Math.max(2, Math.ceil(SAMPLE_ROWS / batchSize)))
    this.#batches = Array.from({ length: count }, (_, index) => rows.slice(index * batchSize, (index + 1) * batchSize))
    this.#vector = Float32Array.from({ length: parameterCount(trainer.plan) }, () => random.normal())
  }

  /** Gradients that a measurement costs at most; a product counts as three. */
  get gradients(): number {
    return this.#batches.length * (1 + 3 * POWER.products)
  }

  /** Null when `stop` ended it before the sharpness was found; the next measurement goes on from there. */
  async measure(stop: () => boolean): Promise<CurvatureMeasures | null> {
    const sharpness = await this.#sharpness(stop)
    if (sharpness === undefined) return null
    return this.#batches.length < 2 ? { sharpness } : { sharpness, noiseScale: await this.#noiseScale() }
  }

  async #sharpness(stop: () => boolean): Promise<number | null | undefined> {
    const { trainer } = this
    const multiply = async (vector: Float32Array): Promise<Float64Array> => {
      const sum = new Float64Array(vector.length)
      for (const rows of this.#batches) {
        const outputs = await trainer.measure('hessian', () => hessianProgram(trainer.plan, trainer.layout.batchSize), rows, { [VECTOR]: vector })
        accumulate(sum, outputs[VECTOR] as Float32Array)
      }
      for (let index = 0; index < sum.length; index++) sum[index] /= this.#batches.length
      return sum
    }
    const found = await largestEigenvalue(multiply, this.#vector, { ...POWER, stop })
    if (!Number.isFinite(found.value)) return null
    this.#vector = found.vector
    if (!found.settled) return undefined
    return Number(found.value.toPrecision(6))
  }

  async #noiseScale(): Promise<number | null> {
    const { trainer } = this
    const squares: number[] = []
    const mean = new Float64Array(this.#vector.length)
    for (const rows of this.#batches) {
      const outputs = await trainer.measure('gradient', () => gradientProgram(trainer.plan, trainer.layout.batchSize), rows)
      const gradient = outputs[VECTOR] as Float32Array
      squares.push(dot(gradient, gradient))
      accumulate(mean, gradient)
    }
    const meanSquare = dot(mean, mean) / squares.length ** 2
    const scale = noiseScale({ batchSize: trainer.layout.batchSize, squares, meanSquare })
    return Number.isFinite(scale) ? Number(scale.toPrecision(6)) : null
  }
}
