import type { Sketch } from '@test/helpers/trained-model'
import { SKETCHES } from './sketches'

const image: Sketch['sample'] = [2, 8, 7]
const head = [{ type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }]
const chain = (...nodes: readonly object[]): Sketch => ({ sample: image, nodes: [{ type: 'input' }, ...nodes, ...head] })

/** Where frameworks differ in layout, padding and what they can do. */
const LAYOUTS: Readonly<Record<string, Sketch>> = {
  'convolution, same, strides, even input': chain({ type: 'conv2d', filters: 3, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }),
  'convolution, valid, rectangular': chain({ type: 'conv2d', filters: 3, kernelSize: [2, 3], strides: [1, 2], activation: 'tanh' }),
  'convolution, explicit padding': chain({ type: 'conv2d', filters: 3, kernelSize: 3, padding: [2, 0, 1, 3], activation: { type: 'leakyRelu', negativeSlope: 0.2 } }),
  'convolution, symmetric padding': chain({ type: 'conv2d', filters: 3, kernelSize: 3, strides: 2, padding: 1 }),
  'convolution, dilation': chain({ type: 'conv2d', filters: 3, kernelSize: 3, dilation: 2, padding: 'same' }),
  'convolution, dilation and strides': chain({ type: 'conv2d', filters: 3, kernelSize: 2, dilation: 2, strides: [2, 1], padding: 'same', activation: 'elu' }),
  'convolution, groups': chain({ type: 'conv2d', filters: 6, kernelSize: 3 }, { type: 'conv2d', filters: 4, kernelSize: 2, groups: 2, activation: 'gelu' }),
  'depthwise, multiplier, unequal strides': chain({ type: 'depthwiseConv2d', depthMultiplier: 2, kernelSize: 3, strides: [2, 1], padding: 'same', activation: 'selu' }),
  'depthwise, dilation': chain({ type: 'depthwiseConv2d', depthMultiplier: 3, kernelSize: 2, dilation: [2, 1], useBias: false }),
  'depthwise, dilation and strides': chain({ type: 'depthwiseConv2d', kernelSize: 2, dilation: 2, strides: 2, padding: 'same' }),
  'pooling, same, overlapping': chain({ type: 'maxPooling2d', poolSize: 3, strides: 2, padding: 'same' }, { type: 'averagePooling2d', poolSize: 3, strides: 2, padding: 'same' }),
  'average pooling that counts its padding': chain({ type: 'averagePooling2d', poolSize: 3, strides: 2, padding: 'same', countIncludePad: true }, { type: 'averagePooling2d', poolSize: 2, padding: [1, 0, 0, 1], countIncludePad: true }),
  'flatten through dropout and activation': { sample: image, nodes: [{ type: 'input' }, { type: 'flatten' }, { type: 'dropout' }, { type: 'activation', activation: 'tanh' }, { type: 'dense', units: 4, activation: 'silu' }, { type: 'dense', units: 3, activation: 'softmax' }] },
  'flatten before normalization': { sample: image, nodes: [{ type: 'input' }, { type: 'flatten' }, { type: 'batchNormalization' }, { type: 'layerNormalization' }, { type: 'dense', units: 3, activation: 'softmax' }] },
  'normalization of images': chain({ type: 'layerNormalization', scale: false }, { type: 'layerNormalization', over: 'channels', center: false }, { type: 'batchNormalization', center: false }),
  'normalization of sequences': { sample: [3, 5], nodes: [{ type: 'input' }, { type: 'batchNormalization', dialect: 'pytorch' }, { type: 'layerNormalization', over: 'channels' }, { type: 'activation', activation: 'softmax' }, ...head] },
  'reshape there and back': { sample: [24], nodes: [{ type: 'input' }, { type: 'reshape', shape: [2, 3, 4] }, { type: 'conv2d', filters: 2, kernelSize: 2 }, { type: 'reshape', shape: [-1, 2] }, { type: 'reshape', shape: [3, 2, 2] }, { type: 'globalMaxPooling2d' }, { type: 'dense', units: 3, activation: 'softmax' }] },
  'transposed convolution, valid, wide strides': chain({ type: 'conv2dTranspose', filters: 3, kernelSize: 2, strides: [3, 2], activation: { type: 'leakyRelu' } }),
  'transposed convolution, same': chain({ type: 'conv2dTranspose', filters: 3, kernelSize: [3, 2], strides: 2, padding: 'same', activation: 'relu' }, { type: 'conv2dTranspose', filters: 2, kernelSize: 2, strides: [3, 1], padding: 'same' }),
  'group and instance normalization': { sample: [4, 6, 5], nodes: [{ type: 'input' }, { type: 'groupNormalization', groups: 2 }, { type: 'instanceNormalization', center: false, scale: false }, { type: 'groupNormalization', groups: 4, scale: false }, ...head] },
  'subtraction of vectors': { sample: [5], nodes: [{ id: 'in', type: 'input' }, { id: 'a', type: 'dense', units: 4 }, { id: 'b', type: 'dense', units: 4 }, { id: 'c', type: 'subtract' }, { id: 'out', type: 'dense', units: 3, activation: 'softmax' }], edges: [['in', 'a'], ['in', 'b'], ['a', 'c'], ['b', 'c'], ['c', 'out']] },
  'averages and maxima': {
    sample: [7, 4],
    nodes: [{ id: 'in', type: 'input' }, { id: 'a', type: 'conv1d', filters: 5 }, { id: 'b', type: 'conv1d', filters: 5 }, { id: 'mean', type: 'average' }, { id: 'most', type: 'maximum' }, { id: 'sum', type: 'add' }, { id: 'time', type: 'globalAveragePooling1d' }, { id: 'out', type: 'dense', units: 3, activation: 'softmax' }],
    edges: [['in', 'a'], ['in', 'b'], ['a', 'mean'], ['b', 'mean'], ['a', 'most'], ['b', 'most'], ['mean', 'sum'], ['most', 'sum'], ['sum', 'time'], ['time', 'out']],
  },
  'an image as output': { sample: image, nodes: [{ type: 'input' }, { type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same' }], target: { kind: 'value', shape: [1, 8, 7], names: [] }, loss: { type: 'meanSquaredError' } },
  'names that are Python’s': {
    sample: [4],
    nodes: [{ id: 'in', type: 'input' }, { id: 'lambda', type: 'dense', units: 3 }, { id: 'train', type: 'dense', units: 3 }, { id: 'a-b', type: 'dense', units: 3 }, { id: 'a_b', type: 'add' }, { id: 'input', type: 'concatenate' }, { id: 'forward', type: 'dense', units: 3, activation: 'softmax' }],
    edges: [['in', 'lambda'], ['lambda', 'train'], ['lambda', 'a-b'], ['train', 'a_b'], ['a-b', 'a_b'], ['a_b', 'input'], ['lambda', 'input'], ['input', 'forward']],
  },
}

/** What TensorFlow.js has no layer for: several say it together. */
const COMPOSED: Readonly<Record<string, Sketch>> = {
  'elu with another alpha': chain({ type: 'conv2d', filters: 2, kernelSize: 2, activation: { type: 'elu', alpha: 0.7 } }),
  'gelu by tanh': chain({ type: 'activation', activation: { type: 'gelu', approximate: 'tanh' } }),
  'root mean square': chain({ type: 'rmsNormalization' }, { type: 'rmsNormalization', over: 'channels' }, { type: 'rmsNormalization', scale: false }),
  'windows over time, explicit padding': {
    sample: [7, 4],
    nodes: [
      { type: 'input' },
      { type: 'conv1d', filters: 4, kernelSize: 2, dilation: 2, groups: 2, padding: 'causal' },
      { type: 'maxPooling1d', poolSize: 3, strides: 1, padding: [2, 0] },
      { type: 'averagePooling1d', poolSize: 3, strides: 2, padding: [0, 2] },
      { type: 'averagePooling1d', poolSize: 2, strides: 1, padding: [1, 0], countIncludePad: true },
      { type: 'conv1d', filters: 3, strides: 2, padding: [2, 1], activation: 'gelu' },
      { type: 'rmsNormalization', over: 'features' },
      { type: 'globalAveragePooling1d' },
      { type: 'dense', units: 3, activation: 'softmax' },
    ],
  },
  'root mean square along other axes': {
    sample: [3, 5],
    nodes: [{ type: 'input' }, { type: 'rmsNormalization', over: 'channels' }, { type: 'dense', units: 4 }, { type: 'rmsNormalization', over: 'features', scale: false }, { type: 'rmsNormalization' }, { type: 'reshape', shape: [3, 2, 2] }, { type: 'rmsNormalization', over: 'features' }, ...head],
  },
  'convolution over time, dilation and strides': { sample: [9, 4], nodes: [{ type: 'input' }, { type: 'conv1d', filters: 4, kernelSize: 2, dilation: 2, strides: 2, padding: 'same', activation: 'tanh' }, { type: 'globalMaxPooling1d' }, { type: 'dense', units: 3, activation: 'softmax' }] },
  'one head, one step': { sample: [1, 4], nodes: [{ type: 'input' }, { type: 'multiHeadAttention', heads: 1, causal: true }, { type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }] },
  'gated recurrent units': {
    sample: [5, 3],
    nodes: [{ type: 'input' }, { type: 'gru', units: 4, returnSequences: true }, { type: 'gru', units: 3, useBias: false, returnSequences: true, bidirectional: true }, { type: 'gru', units: 5 }, { type: 'dense', units: 3, activation: 'softmax' }],
  },
  'max pooling, explicit padding': chain({ type: 'maxPooling2d', poolSize: 3, strides: 2, padding: [1, 2, 0, 1] }),
  'average pooling, explicit padding': chain({ type: 'averagePooling2d', poolSize: 3, strides: 2, padding: [1, 2, 0, 1] }),
}

export const ALL: Readonly<Record<string, Sketch>> = { ...SKETCHES, ...LAYOUTS, ...COMPOSED }
