import type { Fusion } from '../lowering'
import { channelAffine } from './affine'
import { convWithBias, gemmWithBias } from './bias'
import { absorbedBroadcast } from './broadcast'
import { bareValue } from './custom-gradient'
import { gradientBeforeRelu, maskedGradient, poolBeforeRelu } from './relu'
import { deviceScanResults, scanResults } from './scan'
import { scatterByProduct } from './scatter'
import { splitFewSlices, splitSlices } from './split'

/** In order of preference. */
export const FUSIONS: readonly Fusion[] = [gemmWithBias, convWithBias, channelAffine, poolBeforeRelu, gradientBeforeRelu, maskedGradient, absorbedBroadcast, bareValue, scatterByProduct, scanResults, splitSlices]

/** Those that emit nothing but what devices compute rightly. */
export const DEVICE_FUSIONS: readonly Fusion[] = [gemmWithBias, convWithBias, channelAffine, poolBeforeRelu, maskedGradient, absorbedBroadcast, bareValue, scatterByProduct, deviceScanResults, splitFewSlices]
