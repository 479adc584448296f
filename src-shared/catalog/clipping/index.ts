import { choiceSchema } from '../choice'
import { registry } from '../definition'
import { adaptive } from './adaptive'
import type { ClippingDefinition } from './clipping'
import { globalNorm } from './global-norm'
import { norm } from './norm'
import { value } from './value'

export { normOf } from './clipping'
export type { ClippingDefinition, Slope } from './clipping'

export const clippings: readonly ClippingDefinition[] = [globalNorm, norm, value, adaptive]

export const clippingRegistry = registry(clippings)

/** `"globalNorm"`, or `{ "type": "globalNorm", "maximum": 5 }`. */
export const clippingSchema = choiceSchema(clippings)
