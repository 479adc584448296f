import { choiceSchema } from '../choice'
import { registry } from '../definition'
import { binaryCrossentropy } from './binary-crossentropy'
import { categoricalCrossentropy } from './categorical-crossentropy'
import { huber } from './huber'
import type { LossDefinition } from './loss'
import { meanAbsoluteError } from './mean-absolute-error'
import { meanSquaredError } from './mean-squared-error'

export { lossMisfit, metricMisfit, metricResult, metricSums, sampleLosses, scoresShape, targetShape } from './parts/positions'
export { measuredEnd } from './parts/probabilities'
export type { LossDefinition, ModelEnd, ModelOutput, TargetInfo } from './loss'

export const losses: readonly LossDefinition[] = [meanSquaredError, meanAbsoluteError, huber, binaryCrossentropy, categoricalCrossentropy]

export const lossRegistry = registry(losses)

/** Other names that documents may use. */
const lossAliases = {
  mse: 'meanSquaredError',
  mae: 'meanAbsoluteError',
  sparseCategoricalCrossentropy: 'categoricalCrossentropy',
} as const

/** `"categoricalCrossentropy"`, or `{ "type": "huber", "delta": 0.5 }`. */
export const lossSchema = choiceSchema(losses, lossAliases)
