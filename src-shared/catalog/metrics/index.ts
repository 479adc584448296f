import { choiceSchema } from '../choice'
import { registry } from '../definition'
import { accuracy } from './accuracy'
import { confusionMatrix } from './confusion-matrix'
import { f1 } from './f1'
import { meanAbsoluteError } from './mean-absolute-error'
import { meanSquaredError } from './mean-squared-error'
import type { MetricDefinition } from './metric'
import { perplexity } from './perplexity'
import { precision } from './precision'
import { r2 } from './r2'
import { recall } from './recall'
import { rootMeanSquaredError } from './root-mean-squared-error'
import { topKAccuracy } from './top-k-accuracy'

export type { MetricDefinition } from './metric'

export const metrics: readonly MetricDefinition[] = [
  accuracy,
  topKAccuracy,
  perplexity,
  precision,
  recall,
  f1,
  confusionMatrix,
  meanAbsoluteError,
  meanSquaredError,
  rootMeanSquaredError,
  r2,
]

export const metricRegistry = registry(metrics)

/** Other names that documents may use. */
const metricAliases = {
  mae: 'meanAbsoluteError',
  mse: 'meanSquaredError',
  rmse: 'rootMeanSquaredError',
} as const

/** `"accuracy"`, or `{ "type": "topKAccuracy", "k": 3 }`. */
export const metricSchema = choiceSchema(metrics, metricAliases)
