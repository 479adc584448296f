import type { TrainedModel } from '@main/core/exports'
import { activations } from '@shared/catalog/activations'
import { joinViews, predictProgram } from '@shared/compile'
import { evaluateGraph } from '@shared/graph'
import type { Sketch } from '@test/helpers/trained-model'
import { stateFeeds } from '@test/helpers/state-feeds'

const head = [{ type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }]
const image: Sketch['sample'] = [2, 8, 8]

const residual: Sketch = {
  sample: image,
  nodes: [
    { id: 'in', type: 'input' },
    { id: 'first', type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' },
    { id: 'norm', type: 'batchNormalization' },
    { id: 'second', type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same' },
    { id: 'sum', type: 'add' },
    { id: 'gate', type: 'multiply' },
    { id: 'joined', type: 'concatenate' },
    { id: 'pooled', type: 'globalAveragePooling2d' },
    { id: 'out', type: 'dense', units: 3, activation: 'softmax' },
  ],
  edges: [
    ['in', 'first'],
    ['first', 'norm'],
    ['norm', 'second'],
    ['second', 'sum'],
    ['first', 'sum'],
    ['sum', 'gate'],
    ['norm', 'gate'],
    ['gate', 'joined'],
    ['in', 'joined'],
    ['joined', 'pooled'],
    ['pooled', 'out'],
  ],
}

const ATTENTION: Readonly<Record<string, Sketch>> = {
  transformer: {
    sample: [6],
    vocabulary: 5,
    nodes: [
      { id: 'in', type: 'input' },
      { id: 'embedding', type: 'embedding', inputDim: 5, outputDim: 8 },
      { id: 'positions', type: 'positionalEncoding' },
      { id: 'learned', type: 'positionalEncoding', kind: 'learned' },
      { id: 'norm', type: 'layerNormalization', over: 'features' },
      { id: 'attention', type: 'multiHeadAttention', heads: 2, causal: true },
      { id: 'sum', type: 'add' },
      { id: 'wide', type: 'multiHeadAttention', heads: 3, headSize: 2, useBias: false },
      { id: 'mlp', type: 'dense', units: 7, activation: 'relu' },
      { id: 'pooled', type: 'globalAveragePooling1d' },
      { id: 'out', type: 'dense', units: 3, activation: 'softmax' },
    ],
    edges: [['in', 'embedding'], ['embedding', 'positions'], ['positions', 'learned'], ['learned', 'norm'], ['norm', 'attention'], ['learned', 'sum'], ['attention', 'sum'], ['sum', 'wide'], ['wide', 'mlp'], ['mlp', 'pooled'], ['pooled', 'out']],
  },
}

const RECURRENT: Readonly<Record<string, Sketch>> = {
  'recurrent layers of both directions': {
    sample: [4, 3],
    nodes: [
      { type: 'input' },
      { type: 'gru', units: 3, bidirectional: true, returnSequences: true },
      { type: 'lstm', units: 2, bidirectional: true, returnSequences: true, useBias: false },
      { type: 'simpleRnn', units: 3, bidirectional: true, returnSequences: true },
      { type: 'gru', units: 3, bidirectional: true },
      { type: 'dense', units: 3, activation: 'softmax' },
    ],
  },
}

/** Models with every layer and every activation. */
export const SKETCHES: Readonly<Record<string, Sketch>> = {
  ...ATTENTION,
  ...RECURRENT,
  mlp: { sample: [6], nodes: [{ type: 'input' }, { type: 'dense', units: 8, activation: 'relu' }, { type: 'dropout', rate: 0.5 }, { type: 'dense', units: 3, activation: 'softmax' }] },
  cnn: {
    sample: image,
    nodes: [
      { type: 'input' },
      { type: 'conv2d', filters: 4, kernelSize: 3, activation: 'relu' },
      { type: 'maxPooling2d', poolSize: 2 },
      { type: 'conv2d', filters: 6, kernelSize: 3, strides: 2, padding: 'same', groups: 2 },
      { type: 'averagePooling2d', poolSize: 2, strides: 1, padding: 'same' },
      ...head,
    ],
  },
  'cnn with batch normalization': {
    sample: image,
    nodes: [
      { type: 'input' },
      { type: 'conv2d', filters: 4, kernelSize: 3, useBias: false },
      { type: 'batchNormalization' },
      { type: 'activation', activation: 'relu' },
      { type: 'depthwiseConv2d', kernelSize: 3, padding: 'same' },
      { type: 'batchNormalization', dialect: 'pytorch', scale: false },
      { type: 'maxPooling2d', poolSize: 3, strides: 2, padding: 'same' },
      ...head,
    ],
  },
  residual,
  'normalized layers': {
    sample: [12],
    nodes: [{ type: 'input' }, { type: 'reshape', shape: [3, 2, 2] }, { type: 'layerNormalization' }, { type: 'globalMaxPooling2d' }, { type: 'layerNormalization' }, { type: 'dense', units: 3, activation: 'softmax' }],
  },
  'pools over zeros': {
    sample: image,
    nodes: [{ type: 'input' }, { type: 'zeroPadding2d' }, { type: 'maxPooling2d', poolSize: 3, strides: 3 }, { type: 'zeroPadding2d', padding: [0, 2] }, { type: 'averagePooling2d', poolSize: [1, 2], strides: 1 }, ...head],
  },
  decoder: {
    sample: image,
    nodes: [
      { type: 'input' },
      { type: 'spatialDropout2d' },
      { type: 'conv2d', filters: 4, kernelSize: 3, strides: 2, padding: 'same' },
      { type: 'groupNormalization', groups: 2 },
      { type: 'conv2dTranspose', filters: 6, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' },
      { type: 'instanceNormalization' },
      { type: 'upsampling2d', size: [2, 1] },
      { type: 'zeroPadding2d', padding: [1, 0, 0, 2] },
      { type: 'gaussianNoise' },
      ...head,
    ],
  },
  merges: {
    sample: [6],
    nodes: [
      { id: 'in', type: 'input' },
      { id: 'first', type: 'dense', units: 5 },
      { id: 'second', type: 'dense', units: 5 },
      { id: 'difference', type: 'subtract' },
      { id: 'larger', type: 'maximum' },
      { id: 'mean', type: 'average' },
      { id: 'norm', type: 'rmsNormalization' },
      { id: 'out', type: 'dense', units: 3, activation: 'softmax' },
    ],
    edges: [
      ['in', 'first'],
      ['in', 'second'],
      ['first', 'difference'],
      ['second', 'difference'],
      ['first', 'larger'],
      ['difference', 'larger'],
      ['larger', 'mean'],
      ['second', 'mean'],
      ['mean', 'norm'],
      ['norm', 'out'],
    ],
  },
  'recurrent layers': {
    sample: [5, 3],
    nodes: [
      { type: 'input' },
      { type: 'lstm', units: 4, returnSequences: true },
      { type: 'simpleRnn', units: 3, returnSequences: true, activation: 'relu' },
      { type: 'gru', units: 4, resetAfter: false, returnSequences: true, useBias: false },
      { type: 'lstm', units: 3, bidirectional: true, unitForgetBias: false },
      { type: 'dense', units: 3, activation: 'softmax' },
    ],
  },
  'windows over time': {
    sample: [9],
    vocabulary: 6,
    nodes: [
      { type: 'input' },
      { type: 'embedding', inputDim: 6, outputDim: 4 },
      { type: 'conv1d', filters: 6, padding: 'same', activation: 'relu' },
      { type: 'layerNormalization', over: 'features' },
      { type: 'averagePooling1d', poolSize: 3, strides: 2, padding: 'same' },
      { type: 'conv1d', filters: 5, kernelSize: 2, activation: 'tanh' },
      { type: 'maxPooling1d' },
      { type: 'dense', units: 4, activation: 'silu' },
      { type: 'globalMaxPooling1d' },
      { type: 'dense', units: 3, activation: 'softmax' },
    ],
  },
  regression: {
    sample: [5],
    nodes: [{ type: 'input' }, { type: 'batchNormalization' }, { type: 'dense', units: 1 }],
    target: { kind: 'value', shape: [1], names: ['price'] },
    loss: { type: 'meanSquaredError' },
  },
  ...Object.fromEntries(
    activations.map(({ type }) => [`activation ${type}`, { sample: [4], nodes: [{ type: 'input' }, { type: 'dense', units: 9 }, { type: 'activation', activation: type }, { type: 'dense', units: 3, activation: 'softmax' }] }]),
  ),
}

/** The model's output in float64, from the reference interpreter. */
export function predict(model: TrainedModel, features: Float32Array, rows: number): Float64Array {
  const program = predictProgram(model.plan, rows)
  const state = joinViews(program.state, new Map(model.state.map(({ name, data }) => [name, data])))
  const feeds = stateFeeds(program.state, state)
  feeds.set('features', { shape: [rows, ...model.plan.data.sample], data: Float64Array.from(features) })
  return evaluateGraph(program.outputs.map(({ tensor }) => tensor), feeds)[0].data
}
