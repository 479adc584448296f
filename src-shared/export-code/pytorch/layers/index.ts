import type { Shape } from '@shared/graph'
import type { Node, TorchContext, TorchValue } from '../context'
import { conv2d, dense, depthwiseConv2d } from './kernels'
import { batchNormalization, layerNormalization } from './normalizations'
import { averagePooling2d, globalAveragePooling2d, globalMaxPooling2d, maxPooling2d } from './poolings'
import { activation, add, concatenate, dropout, flatten, multiply, reshape } from './shapes'

/** Writes a layer; `shape` is what it gives. */
export type TorchForm = (context: TorchContext, node: Node, inputs: readonly TorchValue[], shape: Shape) => TorchValue

/** By type of layer. */
export const TORCH_FORMS: ReadonlyMap<string, TorchForm> = new Map(
  Object.entries({
    dense,
    conv2d,
    depthwiseConv2d,
    maxPooling2d,
    averagePooling2d,
    globalAveragePooling2d,
    globalMaxPooling2d,
    flatten,
    reshape,
    activation,
    dropout,
    batchNormalization,
    layerNormalization,
    add,
    multiply,
    concatenate,
  }),
)
