import { z } from 'zod'
import { documentSchema, field, registry } from '../definition'
import { activation } from './activation'
import { add } from './add'
import { average } from './average'
import { averagePooling1d } from './average-pooling1d'
import { averagePooling2d } from './average-pooling2d'
import { batchNormalization } from './batch-normalization'
import { concatenate } from './concatenate'
import { conv1d } from './conv1d'
import { conv2d } from './conv2d'
import { conv2dTranspose } from './conv2d-transpose'
import { dense } from './dense'
import { depthwiseConv2d } from './depthwise-conv2d'
import { dropout } from './dropout'
import { embedding } from './embedding'
import { flatten } from './flatten'
import { gaussianNoise } from './gaussian-noise'
import { globalAveragePooling1d } from './global-average-pooling1d'
import { globalAveragePooling2d } from './global-average-pooling2d'
import { globalMaxPooling1d } from './global-max-pooling1d'
import { globalMaxPooling2d } from './global-max-pooling2d'
import { groupNormalization } from './group-normalization'
import { gru } from './gru'
import { input } from './input'
import { instanceNormalization } from './instance-normalization'
import type { LayerDefinition } from './layer'
import { layerNormalization } from './layer-normalization'
import { lstm } from './lstm'
import { maxPooling1d } from './max-pooling1d'
import { maxPooling2d } from './max-pooling2d'
import { maximum } from './maximum'
import { multiHeadAttention } from './multi-head-attention'
import { multiply } from './multiply'
import { positionalEncoding } from './positional-encoding'
import { reshape } from './reshape'
import { rmsNormalization } from './rms-normalization'
import { simpleRnn } from './simple-rnn'
import { spatialDropout2d } from './spatial-dropout2d'
import { subtract } from './subtract'
import { upsampling2d } from './upsampling2d'
import { zeroPadding2d } from './zero-padding2d'

export type { LayerDefinition, LayerGroup, LayerScope, ShapeProblem, ShapeResult, WeightRequest } from './layer'

export const layers: readonly LayerDefinition[] = [
  input,
  dense,
  conv2d,
  depthwiseConv2d,
  conv2dTranspose,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  conv1d,
  maxPooling1d,
  averagePooling1d,
  globalAveragePooling1d,
  globalMaxPooling1d,
  upsampling2d,
  zeroPadding2d,
  embedding,
  positionalEncoding,
  multiHeadAttention,
  simpleRnn,
  lstm,
  gru,
  flatten,
  reshape,
  activation,
  dropout,
  spatialDropout2d,
  gaussianNoise,
  batchNormalization,
  layerNormalization,
  groupNormalization,
  instanceNormalization,
  rmsNormalization,
  add,
  subtract,
  multiply,
  average,
  maximum,
  concatenate,
]

export const layerRegistry = registry(layers)

/** A node of the model: the layer's options beside its id. */
export interface LayerNode {
  readonly id?: string
  readonly type: string
  readonly [option: string]: unknown
}

const idSchema = field(
  z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/)
    .optional(),
  {
    en: 'Unique within the model; names the layer’s weights. Left out: made from the type (dense1, dense2, …).',
    'zh-CN': '在模型内唯一，用于命名该层的权重。省略时由类型生成（dense1、dense2……）。',
  },
)

const nodes = layers.map((definition) => z.strictObject({ id: idSchema, ...documentSchema(definition).shape }))

/** `{ "id", "type", …options }`. */
export const nodeSchema = z.discriminatedUnion('type', nodes as [(typeof nodes)[number]]) as unknown as z.ZodType<LayerNode>
