import { z } from 'zod'
import { concat, reverse, transpose, type RecurrentWeights, type Shape, type Tensor } from '@shared/graph'
import { field } from '../../definition'
import { initializerSchema } from '../../initializers'
import { regularizerSchema } from '../../regularizers'
import type { LayerScope, ShapeResult } from '../layer'
import { kernelOptions } from './options'
import { problem } from './problems'
import { sequenceProblem } from './sequence'

/** A step's time and memory grow with them, and longer sequences are mostly a mistake: samples of sound, pixels. */
export const MAX_STEPS = 4096

const { useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer } = kernelOptions

/** Options of every recurrent layer, put around its own. */
export const recurrentOptions = {
  units: field(z.int().min(1), { en: 'Length of the state, and of the output of each step.', 'zh-CN': '状态的长度，也是每步输出的长度。', symbol: 'n', unit: 'units' }),
  returnSequences: field(z.boolean().default(false), {
    en: 'Gives the output of every step, [time, units], instead of the last, [units]. Needed before another recurrent layer.',
    'zh-CN': '给出每一步的输出 [时间, 单元]，而不是最后一步的 [单元]。后接另一循环层时需要。',
  }),
  bidirectional: field(z.boolean().default(false), {
    en: 'A second set of weights reads the sequence backwards; both outputs are joined, so there are twice as many. Without sequences, each direction gives its own last step (Keras’s Bidirectional; PyTorch’s h_n).',
    'zh-CN': '用另一组权重反向读取序列，并拼接两个方向的输出（数量加倍）。不返回序列时，各方向给出各自的最后一步（Keras 的 Bidirectional，PyTorch 的 h_n）。',
  }),
  kernelInitializer,
  recurrentInitializer: field(initializerSchema.prefault({ type: 'orthogonal' }), {
    en: 'How the weights of the previous output start. Default: orthogonal, as in Keras; PyTorch draws all weights uniformly from ±1/√units.',
    'zh-CN': '作用于上一步输出的权重的初始化方式。默认正交（同 Keras）；PyTorch 的所有权重取 ±1/√units 的均匀分布。',
  }),
  useBias,
  biasInitializer,
  kernelRegularizer,
  recurrentRegularizer: field(regularizerSchema.optional(), {
    en: 'Penalty on the weights of the previous output, added to the objective.',
    'zh-CN': '加入目标函数的、针对上一步输出的权重的惩罚项。',
  }),
  biasRegularizer,
}

export interface RecurrentOptions {
  readonly units: number
  readonly returnSequences: boolean
  readonly bidirectional: boolean
  readonly useBias: boolean
  readonly kernelInitializer: { readonly type: string }
  readonly recurrentInitializer: { readonly type: string }
  readonly biasInitializer: { readonly type: string }
  readonly kernelRegularizer?: { readonly type: string }
  readonly recurrentRegularizer?: { readonly type: string }
  readonly biasRegularizer?: { readonly type: string }
}

export function inferRecurrent(shape: Shape, { units, returnSequences, bidirectional }: RecurrentOptions): ShapeResult {
  const misplaced = sequenceProblem(shape)
  if (misplaced) return misplaced
  const [steps] = shape
  if (steps > MAX_STEPS) return problem('layer-too-many-steps', { steps, most: MAX_STEPS })
  const width = bidirectional ? 2 * units : units
  return { shape: returnSequences ? [steps, width] : [width] }
}

/** One direction: from `[steps, features, batch]` to `[steps, units, batch]` or, of the last step, `[units, batch]`; `biasOf` makes another bias. */
export type Cell = (x: Tensor, weights: RecurrentWeights, biasOf: (name: string) => Tensor) => Tensor

/**
 * Weights `kernel` `[features, gates · units]`, `bias`, `recurrentKernel` `[units, gates · units]` and what the cell
 * asks for; of the second direction with `backward` before their names. `ones`: elements of the bias that start at 1.
 */
export function lowerRecurrent(scope: LayerScope, x: Tensor, options: RecurrentOptions, gates: number, cell: Cell, ones?: readonly [number, number]): Tensor {
  const steps = transpose(x, [1, 2, 0])
  const batchFirst = (outputs: Tensor): Tensor => transpose(outputs, options.returnSequences ? [2, 0, 1] : [1, 0])
  const forward = lowerDirection(scope, steps, options, gates, '', cell, ones)
  if (!options.bidirectional) return batchFirst(forward)
  const backward = lowerDirection(scope, reverse(steps, [0]), options, gates, 'backward', cell, ones)
  return batchFirst(concat([forward, options.returnSequences ? reverse(backward, [0]) : backward], -2))
}

function lowerDirection(scope: LayerScope, steps: Tensor, options: RecurrentOptions, gates: number, prefix: string, cell: Cell, ones: readonly [number, number] | undefined): Tensor {
  const { units, useBias } = options
  const features = steps.shape[1]
  const width = gates * units
  const named = (name: string): string => (prefix === '' ? name : `${prefix}${name[0].toUpperCase()}${name.slice(1)}`)
  const fans = { fanIn: features, fanOut: width }
  const kernel = scope.weight({ name: named('kernel'), shape: [features, width], initializer: options.kernelInitializer, role: 'kernel', ...fans, regularizer: options.kernelRegularizer })
  const biasOf = (name: string, startsAtOne?: readonly [number, number]): Tensor =>
    scope.weight({ name: named(name), shape: [width], initializer: options.biasInitializer, role: 'bias', ...fans, regularizer: options.biasRegularizer, ...(startsAtOne === undefined ? {} : { ones: startsAtOne }) })
  const bias = useBias ? biasOf('bias', ones) : null
  const recurrent = scope.weight({ name: named('recurrentKernel'), shape: [units, width], initializer: options.recurrentInitializer, role: 'kernel', fanIn: units, fanOut: width, regularizer: options.recurrentRegularizer })
  return cell(steps, { kernel, recurrent, bias }, biasOf)
}
