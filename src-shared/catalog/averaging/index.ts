import { choiceSchema } from '../choice'
import { registry } from '../definition'
import type { AveragingDefinition } from './averaging'
import { ema } from './ema'
import { swa } from './swa'

export type { AveragingDefinition } from './averaging'

export const averagings: readonly AveragingDefinition[] = [ema, swa]

export const averagingRegistry = registry(averagings)

/** `"ema"`, or `{ "type": "ema", "decay": 0.99 }`. */
export const averagingSchema = choiceSchema(averagings)
