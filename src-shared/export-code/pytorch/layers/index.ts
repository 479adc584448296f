import type { Shape } from '@shared/graph'
import type { Node, TorchContext, TorchValue } from '../context'
import { conv2d, conv2dTranspose, dense, depthwiseConv2d } from './kernels'
import { add, average, concatenate, maximum, multiply, subtract } from './merges'
import { batchNormalization, groupNormalization, instanceNormalization, layerNormalization, rmsNormalization } from './normalizations'
import { averagePooling2d, globalAveragePooling2d, globalMaxPooling2d, maxPooling2d } from './poolings'
import { recurrent } from './recurrent'
import { averagePooling1d, conv1d, embedding, globalAveragePooling1d, globalMaxPooling1d, maxPooling1d, multiHeadAttention, positionalEncoding } from './sequences'
import { activation, dropout, flatten, gaussianNoise, reshape, spatialDropout2d, upsampling2d, zeroPadding2d } from './shapes'

/** Writes a layer; `shape` is what it gives. */
export type TorchForm = (context: TorchContext, node: Node, inputs: readonly TorchValue[], shape: Shape) => TorchValue

/** By type of layer. */
export const TORCH_FORMS: ReadonlyMap<string, TorchForm> = new Map(
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
