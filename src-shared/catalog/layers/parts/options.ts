import { z } from 'zod'
import type { Tensor } from '@shared/graph'
import { activationRegistry, activationSchema } from '../../activations'
import type { Choice } from '../../choice'
import { field } from '../../definition'
import { initializerSchema } from '../../initializers'
import { regularizerSchema } from '../../regularizers'

/** Options of every layer that multiplies by a kernel. */
export const kernelOptions = {
  activation: field(activationSchema.default({ type: 'linear' }), {
    en: 'Applied to the layer’s output. A name, or an object with options.',
    'zh-CN': '作用于本层输出的激活函数；写名称，或带选项的对象。',
    symbol: 'f',
  }),
  useBias: field(z.boolean().default(true), {
    en: 'Adds a trained bias per unit. Not needed before batch normalization.',
    'zh-CN': '为每个单元加上可训练的偏置。后接批归一化时不需要。',
  }),
  kernelInitializer: field(initializerSchema.default({ type: 'xavierUniform' }), {
    en: 'How the kernel starts. Default: Xavier (Glorot) uniform, as in Keras.',
    'zh-CN': '核的初始化方式，默认 Xavier（Glorot）均匀分布（同 Keras）。',
  }),
  biasInitializer: field(initializerSchema.default({ type: 'zeros' }), {
    en: 'How the bias starts.',
    'zh-CN': '偏置的初始化方式。',
  }),
  kernelRegularizer: field(regularizerSchema.optional(), {
    en: 'Penalty on this layer’s kernel, added to the objective.',
    'zh-CN': '加入目标函数的、针对本层核的惩罚项。',
  }),
  biasRegularizer: field(regularizerSchema.optional(), {
    en: 'Penalty on this layer’s bias, added to the objective.',
    'zh-CN': '加入目标函数的、针对本层偏置的惩罚项。',
  }),
}

/** Appends the chosen activation. */
export function activate(x: Tensor, activation: Choice): Tensor {
  const definition = activationRegistry.get(activation.type)
  if (definition === undefined) throw new Error(`activation ${activation.type} passed validation but is not registered`)
  return definition.lower(x, activation)
}
