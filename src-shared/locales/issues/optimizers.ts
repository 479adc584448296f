import type { IssueMessages } from './messages'

export const optimizersIssues = {
  'optimizer-dialect-unavailable': {
    en: 'The optimizer {type} has no {dialect} dialect. Set dialect to one of: {available}.',
    'zh-CN': '优化器 {type} 没有 {dialect} 方言。请将 dialect 改为：{available}。',
  },
  'optimizer-option-not-in-dialect': {
    en: 'The {dialect} dialect of {type} has no option {option}. Remove it, or set dialect to one that has it: {dialects}.',
    'zh-CN': '{type} 的 {dialect} 方言没有选项 {option}。请删除该选项，或将 dialect 改为支持它的：{dialects}。',
  },
  'optimizer-nesterov-without-momentum': {
    en: 'nesterov needs momentum above 0. Set momentum (usually 0.9), or remove nesterov.',
    'zh-CN': 'nesterov 要求动量大于 0。请设置 momentum（常用 0.9），或删除 nesterov。',
  },
  'optimizer-nesterov-with-dampening': {
    en: 'nesterov needs dampening 0, but it is {dampening}. Remove dampening, or set nesterov to false.',
    'zh-CN': 'nesterov 要求 dampening 为 0，但当前为 {dampening}。请删除 dampening，或将 nesterov 设为 false。',
  },
  'schedule-momentum-absent': {
    en: 'The schedule moves momentum, but {optimizer} ({dialect}) has none that could be moved. Give the optimizer momentum (or β₁) above 0, choose another one, or remove momentum from the schedule.',
    'zh-CN': '调度要改变动量，但优化器 {optimizer}（{dialect}）没有可改变的动量。请为优化器设置大于 0 的动量（或 β₁），更换优化器，或从调度中删除 momentum。',
  },
  'schedule-warmup-too-long': {
    en: 'The warm-up takes {warmup} updates, but the whole run has {total}: the schedule would never start. Shorten warmup, or train for more epochs.',
    'zh-CN': '预热需要 {warmup} 次更新，而整个训练只有 {total} 次，调度将永远不会开始。请缩短 warmup，或增加训练轮次。',
  },
} as const satisfies IssueMessages
