import type { InitializerContext } from '@shared/catalog/initializers'

/** What an initializer promises for a shape with these fans. */
export interface InitializerCase {
  readonly type: string
  readonly options?: Readonly<Record<string, unknown>>
  readonly mean: (context: InitializerContext) => number
  readonly variance: (context: InitializerContext) => number
  /** Largest possible distance from the mean; Infinity where there is none. */
  readonly reach: (context: InitializerContext) => number
  /** Fourth moment about the mean over the squared variance: 3 for a normal distribution, 1.8 for a uniform one. */
  readonly kurtosis: number | null
}

const none = (): number => 0
const unbounded = (): number => Infinity

/** Variance of a standard normal variable cut at ±2: 1 − 4φ(2) / (2Φ(2) − 1). */
const TRUNCATED_VARIANCE = 0.7737413035499232

function normalCase(type: string, variance: (context: InitializerContext) => number, options?: InitializerCase['options']): InitializerCase {
  return { type, options, mean: none, variance, reach: unbounded, kurtosis: 3 }
}

function uniformCase(type: string, variance: (context: InitializerContext) => number): InitializerCase {
  return { type, mean: none, variance, reach: (context) => Math.sqrt(3 * variance(context)), kurtosis: 1.8 }
}

export const initializerCases: readonly InitializerCase[] = [
  { type: 'zeros', mean: none, variance: none, reach: none, kurtosis: null },
  { type: 'ones', mean: () => 1, variance: none, reach: none, kurtosis: null },
  { type: 'constant', options: { value: -2.5 }, mean: () => -2.5, variance: none, reach: none, kurtosis: null },
  normalCase('normal', () => 0.0025),
  { ...normalCase('normal', () => 0.04, { mean: 3, stddev: 0.2 }), mean: () => 3 },
  { type: 'truncatedNormal', mean: none, variance: () => 0.0025 * TRUNCATED_VARIANCE, reach: () => 0.1, kurtosis: null },
  { type: 'truncatedNormal', options: { mean: -1, stddev: 2 }, mean: () => -1, variance: () => 4 * TRUNCATED_VARIANCE, reach: () => 4, kurtosis: null },
  uniformCase('uniform', () => 0.1 ** 2 / 12),
  { type: 'uniform', options: { minimum: 1, maximum: 4 }, mean: () => 2.5, variance: () => 0.75, reach: () => 1.5, kurtosis: 1.8 },
  normalCase('xavierNormal', ({ fanIn, fanOut }) => 2 / (fanIn + fanOut)),
  uniformCase('xavierUniform', ({ fanIn, fanOut }) => 2 / (fanIn + fanOut)),
  normalCase('heNormal', ({ fanIn }) => 2 / fanIn),
  uniformCase('heUniform', ({ fanIn }) => 2 / fanIn),
  normalCase('lecunNormal', ({ fanIn }) => 1 / fanIn),
  uniformCase('lecunUniform', ({ fanIn }) => 1 / fanIn),
  { type: 'orthogonal', mean: none, variance: ({ shape }) => 1 / Math.max(shape[0], shape[1]), reach: () => 1, kurtosis: null },
  { type: 'orthogonal', options: { gain: 3 }, mean: none, variance: ({ shape }) => 9 / Math.max(shape[0], shape[1]), reach: () => 3, kurtosis: null },
]
