import { z } from 'zod'
import { field } from '../definition'
import { DIALECTS } from './optimizer'

/** Options that several optimizers share; {@link optimizerOptions} adds those that all have. */

const dialectField = field(z.enum(DIALECTS).optional(), {
  en: 'Whose formula and defaults: `keras` (default), `pytorch` or `textbook` (as articles teach it).',
  'zh-CN': '采用谁的公式和默认值：`keras`（默认）、`pytorch` 或 `textbook`（教材与文章中的写法）。',
})

const learningRateField = field(z.number().positive().optional(), {
  en: 'Step size, above 0. The schedule starts from it.',
  'zh-CN': '学习率（步长），必须大于 0；学习率调度以它为起点。',
  symbol: '\\eta',
})

const weightDecayField = field(z.number().min(0).optional(), {
  en: 'Weight decay; 0 is none. The dialect decides whether it shrinks the weights directly (decoupled) or is added to the gradient (coupled).',
  'zh-CN': '权重衰减系数，0 表示不使用。直接缩小权重（解耦）还是加到梯度上（耦合），由所选方言决定。',
  symbol: '\\lambda',
})

/** An optimizer's options: the common ones and its own. */
export function optimizerOptions<S extends z.ZodRawShape>(own: S) {
  return z.object({ dialect: dialectField, learningRate: learningRateField, weightDecay: weightDecayField, ...own })
}

export const momentumField = field(z.number().min(0).lt(1).optional(), {
  en: 'Share of the previous movement that is kept, from 0 (none) to below 1; usually 0.9.',
  'zh-CN': '保留上一步移动量的比例，从 0（无动量）到小于 1，常用 0.9。',
  symbol: '\\mu',
})

export const nesterovField = field(z.boolean().optional(), {
  en: 'Nesterov momentum: corrects the step by where momentum is about to carry the weights. Needs momentum above 0.',
  'zh-CN': '使用 Nesterov 动量：按动量即将到达的位置修正这一步。要求动量大于 0。',
})

export const dampeningField = field(z.number().min(0).max(1).optional(), {
  en: 'PyTorch only: the gradient enters the buffer multiplied by one minus this, except on the first update.',
  'zh-CN': '仅 PyTorch：除第一次更新外，梯度乘以（1 − 该值）后进入动量缓冲。',
  symbol: '\\tau',
})

export const momentumFormField = field(z.enum(['average', 'subtract', 'add']).optional(), {
  en: 'Textbook only: `average` keeps v = μv + (1−μ)g and moves by −ηv; `subtract` keeps v = μv + ηg and moves by −v; `add` keeps v = μv − ηg and moves by v. The last two move alike.',
  'zh-CN': '仅 textbook：`average` 保存 v = μv + (1−μ)g，权重移动 −ηv；`subtract` 保存 v = μv + ηg，移动 −v；`add` 保存 v = μv − ηg，移动 v。后两者轨迹相同。',
})

export const beta1Field = field(z.number().min(0).lt(1).optional(), {
  en: 'Decay of the running mean of gradients, from 0 to below 1.',
  'zh-CN': '梯度滑动平均（一阶矩）的衰减率，从 0 到小于 1。',
  symbol: '\\beta_1',
})

export const beta2Field = field(z.number().min(0).lt(1).optional(), {
  en: 'Decay of the running mean of squared gradients, from 0 to below 1.',
  'zh-CN': '梯度平方滑动平均（二阶矩）的衰减率，从 0 到小于 1。',
  symbol: '\\beta_2',
})

/** Below this, float32 loses it and a weight without gradient becomes 0/0. */
const SMALLEST_EPSILON = 1e-20

export const epsilonField = field(z.number().min(SMALLEST_EPSILON).optional(), {
  en: 'Keeps the division finite where gradients vanish, at least 1e-20; where it stands depends on the dialect.',
  'zh-CN': '防止梯度消失时除以零，至少 1e-20；它在公式中的位置取决于方言。',
  symbol: '\\epsilon',
})

export const epsilonPlacementField = field(z.enum(['inside', 'outside']).optional(), {
  en: 'Textbook only: epsilon `inside` the root, √(v+ε), or `outside`, √v+ε.',
  'zh-CN': '仅 textbook：ε 在根号内（`inside`，√(v+ε)）或根号外（`outside`，√v+ε）。',
})

export const amsgradField = field(z.boolean().optional(), {
  en: 'AMSGrad: divide by the largest second moment seen so far instead of the present one.',
  'zh-CN': 'AMSGrad：用迄今最大的二阶矩代替当前二阶矩作除数。',
})

export const rhoField = field(z.number().min(0).lt(1).optional(), {
  en: 'Decay of the running mean of squared gradients, from 0 to below 1 (PyTorch’s RMSprop calls it alpha).',
  'zh-CN': '梯度平方滑动平均的衰减率，从 0 到小于 1（PyTorch 的 RMSprop 称之为 alpha）。',
  symbol: '\\rho',
})

export const initialAccumulatorField = field(z.number().min(0).optional(), {
  en: 'First value of the accumulated squares.',
  'zh-CN': '梯度平方累加器的初始值。',
  symbol: 'a_0',
})
