import { choiceSchema } from '../choice'
import { registry } from '../definition'
import type { ConstraintDefinition } from './constraint'
import { maxNorm } from './max-norm'
import { minMaxNorm } from './min-max-norm'
import { nonNegative } from './non-negative'
import { unitNorm } from './unit-norm'

export type { ConstraintDefinition } from './constraint'

export const constraints: readonly ConstraintDefinition[] = [maxNorm, unitNorm, minMaxNorm, nonNegative]

export const constraintRegistry = registry(constraints)

/** `"unitNorm"`, or `{ "type": "maxNorm", "maximum": 3 }`. */
export const constraintSchema = choiceSchema(constraints)
