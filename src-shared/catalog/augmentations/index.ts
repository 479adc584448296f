import { choiceSchema } from '../choice'
import { registry } from '../definition'
import type { AugmentationDefinition } from './augmentation'
import { cutout } from './cutout'
import { elastic } from './elastic'
import { flip } from './flip'
import { mixup } from './mixup'
import { noise } from './noise'
import { randomErasing } from './random-erasing'
import { rotate } from './rotate'
import { shift } from './shift'
import { zoom } from './zoom'

export type { AugmentationDefinition, AugmentationScope, Batch, Field, Fill } from './augmentation'

export const augmentations: readonly AugmentationDefinition[] = [flip, shift, rotate, zoom, elastic, noise, randomErasing, cutout, mixup]

export const augmentationRegistry = registry(augmentations)

/** `"flip"`, or `{ "type": "rotate", "degrees": 20 }`. */
export const augmentationSchema = choiceSchema(augmentations)
