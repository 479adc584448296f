import { z } from 'zod'
import { field } from '../definition'
import { defineStopping } from './stopping'

export const steps = defineStopping({
  type: 'steps',
  reason: 'stopped-steps',
  options: z.object({
    steps: field(z.int().min(1).max(1_000_000_000), { en: 'Updates after which training ends.', 'zh-CN': '训练在多少次更新后结束。', symbol: 'T', unit: 'steps' }),
  }),
  title: { en: 'Steps', 'zh-CN': '步数' },
  help: {
    en: 'Ends after so many updates, also in the middle of an epoch; schedules take it for the length of the run. Of this and the epochs, the shorter holds.',
    'zh-CN': '在给定更新次数后结束，可以在轮次中途；学习率调度以此为训练长度。与轮次相比，以较短者为准。',
  },
  formula: String.raw`t = T`,
  source: 'https://keras.io/api/models/model_training_apis/ (steps_per_epoch); budgets as in Li et al. (2020), arXiv:1905.04753',
  steps: (options) => options.steps,
})
