import { choiceSchema } from '../choice'
import { registry } from '../definition'
import { l1 } from './l1'
import { l1l2 } from './l1l2'
import { l2 } from './l2'
import type { RegularizerDefinition } from './regularizer'

export type { RegularizerDefinition } from './regularizer'

export const regularizers: readonly RegularizerDefinition[] = [l1, l2, l1l2]

export const regularizerRegistry = registry(regularizers)

/** `"l2"`, or `{ "type": "l2", "factor": 0.001, "convention": "half" }`. */
export const regularizerSchema = choiceSchema(regularizers)
