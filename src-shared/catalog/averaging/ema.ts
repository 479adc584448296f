import { z } from 'zod'
import { field } from '../definition'
import { averagingOptions, defineAveraging } from './averaging'

export const ema = defineAveraging({
  type: 'ema',
  options: averagingOptions({
    decay: field(z.number().min(0).lt(1).default(0.999), {
      en: 'Share of the old average that stays at every update; 1/(1 − decay) updates are remembered.',
      'zh-CN': '每次更新保留旧平均值的比例；约记住最近 1/(1 − decay) 次更新。',
      symbol: '\\beta',
    }),
    warmup: field(z.boolean().default(false), {
      en: 'Forget faster at the beginning: the decay of update t is at most (1 + t)/(10 + t), as in TensorFlow’s ExponentialMovingAverage.',
      'zh-CN': '开始时更快遗忘：第 t 次更新的衰减不超过 (1 + t)/(10 + t)，与 TensorFlow 的 ExponentialMovingAverage 相同。',
    }),
  }),
  title: { en: 'Moving average (EMA)', 'zh-CN': '指数滑动平均（EMA）' },
  help: {
    en: 'Keeps a fading average of the weights beside them (Polyak averaging). It smooths the noise of small batches and mostly evaluates better than the last weights, at no cost to the training itself. The first update sets the average to its weights, as in Keras and PyTorch.',
    'zh-CN': '在权重之外维护其逐渐遗忘的平均值（Polyak 平均）。它能平滑小批次的噪声，评估结果通常优于最后的权重，且不影响训练本身。与 Keras、PyTorch 一样，第一次更新时平均值直接取该次权重。',
  },
  formula: String.raw`\bar w \leftarrow \beta \bar w + (1 - \beta) w`,
  source: 'Polyak & Juditsky (1992), Acceleration of Stochastic Approximation by Averaging; Keras 3, use_ema; PyTorch 2, torch.optim.swa_utils.get_ema_multi_avg_fn',
  keep: (step, _context, { decay, warmup }) => (step === 0 ? 0 : warmup ? Math.min(decay, (1 + step) / (10 + step)) : decay),
})
