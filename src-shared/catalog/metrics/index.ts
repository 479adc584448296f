import { choiceSchema } from '../choice'
import { registry } from '../definition'
import { accuracy } from './accuracy'
import type { MetricDefinition } from './metric'

export type { MetricDefinition } from './metric'

export const metrics: readonly MetricDefinition[] = [accuracy]

export const metricRegistry = registry(metrics)

/** `"accuracy"`, or `{ "type": "topKAccuracy", "k": 3 }`. */
export const metricSchema = choiceSchema(metrics)
