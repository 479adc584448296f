import { z } from 'zod'
import type { Shape, Tensor } from '@shared/graph'
import { activationRegistry, activationSchema } from '../../activations'
import type { Choice } from '../../choice'
import { constraintSchema } from '../../constraints'
import { field } from '../../definition'
import { initializerSchema } from '../../initializers'
import { regularizerSchema } from '../../regularizers'
import type { LayerScope } from '../layer'

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
  activityRegularizer: field(regularizerSchema.optional(), {
    en: 'Penalty on this layer’s outputs, after the activation: summed over the batch, divided by its size, as in Keras.',
    'zh-CN': '对本层输出（激活之后）的惩罚：对批次求和后除以批大小，与 Keras 相同。',
  }),
  kernelConstraint: field(constraintSchema.optional(), {
    en: 'What holds of this layer’s kernel after every update; norms are those of the weights that enter one unit or filter.',
    'zh-CN': '每次更新后本层的核须满足的约束；范数按进入同一单元或滤波器的权重计算。',
  }),
  biasConstraint: field(constraintSchema.optional(), {
    en: 'What holds of this layer’s bias after every update; the norm is that of the whole vector.',
    'zh-CN': '每次更新后本层的偏置须满足的约束；范数按整个向量计算。',
  }),
}

/** Those of {@link kernelOptions} that a layer’s lowering reads. */
export interface KernelOptions {
  readonly activation: Choice
  readonly kernelInitializer: { readonly type: string }
  readonly biasInitializer: { readonly type: string }
  readonly kernelRegularizer?: { readonly type: string }
  readonly biasRegularizer?: { readonly type: string }
  readonly activityRegularizer?: { readonly type: string }
  readonly kernelConstraint?: { readonly type: string }
  readonly biasConstraint?: { readonly type: string }
}

interface Fans {
  readonly fanIn: number
  readonly fanOut: number
}

/** The layer’s kernel. `incoming`: its axes along which the weights of one unit lie. */
export function kernelOf(scope: LayerScope, options: KernelOptions, shape: Shape, incoming: readonly number[], { fanIn, fanOut }: Fans): Tensor {
  const { kernelInitializer: initializer, kernelRegularizer: regularizer, kernelConstraint: constraint } = options
  return scope.weight({ name: 'kernel', shape, initializer, role: 'kernel', fanIn, fanOut, regularizer, constraint, incoming })
}

export function biasOf(scope: LayerScope, options: KernelOptions, units: number, { fanIn, fanOut }: Fans): Tensor {
  const { biasInitializer: initializer, biasRegularizer: regularizer, biasConstraint: constraint } = options
  return scope.weight({ name: 'bias', shape: [units], initializer, role: 'bias', fanIn, fanOut, regularizer, constraint, incoming: [0] })
}

/** Activation and penalty on what comes out. */
export function finish(scope: LayerScope, x: Tensor, { activation, activityRegularizer }: KernelOptions): Tensor {
  const y = activate(x, activation)
  if (activityRegularizer !== undefined) scope.penalize(y, activityRegularizer)
  return y
}

/** Appends the chosen activation. */
export function activate(x: Tensor, activation: Choice): Tensor {
  const definition = activationRegistry.get(activation.type)
  if (definition === undefined) throw new Error(`activation ${activation.type} passed validation but is not registered`)
  return definition.lower(x, activation)
}
