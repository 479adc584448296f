import type { Fusion } from '../lowering'
import { channelAffine } from './affine'
import { convWithBias, gemmWithBias } from './bias'
import { absorbedBroadcast } from './broadcast'
import { gradientBeforeRelu, maskedGradient, poolBeforeRelu } from './relu'

/** In order of preference. */
export const FUSIONS: readonly Fusion[] = [gemmWithBias, convWithBias, channelAffine, poolBeforeRelu, gradientBeforeRelu, maskedGradient, absorbedBroadcast]
