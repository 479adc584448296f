import { defineSchedule, scheduleOptions } from './schedule'

export const constant = defineSchedule({
  type: 'constant',
  options: scheduleOptions({}),
  title: { en: 'Constant', 'zh-CN': '恒定' },
  help: {
    en: 'The same learning rate throughout. Right for comparing optimizers, and with a warm-up for short runs.',
    'zh-CN': '自始至终使用同一学习率。适合比较优化器，也可配合预热用于短训练。',
  },
  formula: String.raw`\eta_t = \eta`,
  source: 'PyTorch 2, torch.optim.lr_scheduler.ConstantLR with factor 1',
  rate: (_step, { base }) => base,
})
