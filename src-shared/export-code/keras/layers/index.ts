import type { KerasForm } from '../context'
import { embedding, multiHeadAttention, positionalEncoding } from './attention'
import { conv2d, depthwiseConv2d } from './convolutions'
import { dense } from './dense'
import { add, average, concatenate, maximum, multiply, subtract } from './merges'
import { batchNormalization, groupNormalization, instanceNormalization, layerNormalization, rmsNormalization } from './normalizations'
import { averagePooling2d, globalAveragePooling2d, globalMaxPooling2d, maxPooling2d } from './poolings'
import { recurrent } from './recurrent'
import { activation, dropout, flatten, gaussianNoise, reshape, spatialDropout2d, upsampling2d, zeroPadding2d } from './shapes'
import { conv2dTranspose } from './transposed'
import { averagePooling1d, conv1d, globalAveragePooling1d, globalMaxPooling1d, maxPooling1d } from './windows1d'

/** By type of layer. */
export const KERAS_FORMS: ReadonlyMap<string, KerasForm> = new Map(
  Object.entries({
    ...{ dense, conv2d, depthwiseConv2d, conv2dTranspose },
    ...{ maxPooling2d, averagePooling2d, globalAveragePooling2d, globalMaxPooling2d },
    ...{ conv1d, maxPooling1d, averagePooling1d, globalAveragePooling1d, globalMaxPooling1d },
    ...{ embedding, positionalEncoding, multiHeadAttention },
    ...{ simpleRnn: recurrent, lstm: recurrent, gru: recurrent },
    ...{ flatten, reshape, upsampling2d, zeroPadding2d, activation },
    ...{ dropout, spatialDropout2d, gaussianNoise },
    ...{ batchNormalization, layerNormalization, groupNormalization, instanceNormalization, rmsNormalization },
    ...{ add, subtract, multiply, average, maximum, concatenate },
  }),
)

/** Layers that treat every element of a vector alike: its order may differ through them. */
export const ELEMENTWISE: ReadonlySet<string> = new Set(['activation', 'dropout', 'gaussianNoise'])
