import type { IssueMessages } from './messages'

/** Why training ended, and what is wrong with rules that end it. */
export const stoppingIssues = {
  'stopped-epochs': { en: 'All {epochs} epochs are done.', 'zh-CN': '{epochs} 个轮次已全部完成。' },
  'stopped-steps': { en: 'All {steps} steps are done.', 'zh-CN': '{steps} 步已全部完成。' },
  'stopped-seconds': { en: 'The {seconds} s of training are over.', 'zh-CN': '{seconds} 秒的训练时间已到。' },
  'stopped-target': { en: '{metric} reached its target: {value}.', 'zh-CN': '{metric} 已达到目标：{value}。' },
  'stopped-convergence': { en: '{metric} stands still at {value}: it changed by less than {bound} of itself.', 'zh-CN': '{metric} 稳定在 {value}：相对变化小于 {bound}。' },
  'stopped-gradient-norm': { en: 'The gradient is nearly zero: its norm is {value}, below {bound}.', 'zh-CN': '梯度接近零：范数为 {value}，小于 {bound}。' },
  'stopped-early-stopping': { en: '{metric} has not improved for {patience} evaluations; it is {value} now.', 'zh-CN': '{metric} 已连续 {patience} 次评估没有改善，当前为 {value}。' },
  'stopping-monitor-unknown': {
    en: 'Nothing records {monitor}. Recorded are: {known}. Choose one of them, or add the metric to training.metrics.',
    'zh-CN': '没有名为 {monitor} 的记录指标。可用的有：{known}。请从中选择，或把该指标加入 training.metrics。',
  },
  'stopping-needs-validation': {
    en: '{monitor} needs a validation part, but the split leaves none. Set dataset.split.validation, or look at epoch.loss.',
    'zh-CN': '{monitor} 需要验证集，但当前划分没有留出。请设置 dataset.split.validation，或改用 epoch.loss。',
  },
  'stopping-neither-better': {
    en: 'Whether {monitor} should rise or fall is not known. Set direction to "lower" or "higher".',
    'zh-CN': '无法判断 {monitor} 应升高还是降低。请将 direction 设为 "lower" 或 "higher"。',
  },
} as const satisfies IssueMessages
