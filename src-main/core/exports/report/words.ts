import type { Text } from '@shared/catalog/definition'
import type { RunStatus } from '@main/core/history'

export const WORDS = {
  title: { en: 'Run report', 'zh-CN': '运行报告' },
  results: { en: 'Results', 'zh-CN': '结果' },
  metric: { en: 'metric', 'zh-CN': '指标' },
  last: { en: 'last', 'zh-CN': '最后' },
  least: { en: 'min', 'zh-CN': '最小' },
  most: { en: 'max', 'zh-CN': '最大' },
  step: { en: 'step', 'zh-CN': '步' },
  atStep: { en: 'at step {step}', 'zh-CN': '第 {step} 步' },
  findings: { en: 'Findings', 'zh-CN': '诊断发现' },
  remedy: { en: 'Try: {text}', 'zh-CN': '可尝试：{text}' },
  curves: { en: 'Curves', 'zh-CN': '曲线' },
  logarithmic: { en: 'logarithmic', 'zh-CN': '对数' },
  confusion: { en: 'Confusion matrix', 'zh-CN': '混淆矩阵' },
  confusionHint: { en: 'Rows are true classes, columns predictions; at step {step}.', 'zh-CN': '行为真实类别，列为预测类别；第 {step} 步。' },
  events: { en: 'What happened', 'zh-CN': '经过' },
  eventRate: { en: 'learning rate set to {value}', 'zh-CN': '学习率改为 {value}' },
  eventPause: { en: 'paused', 'zh-CN': '暂停' },
  eventResume: { en: 'resumed', 'zh-CN': '继续' },
  configuration: { en: 'Configuration', 'zh-CN': '配置' },
  document: { en: 'The whole document', 'zh-CN': '完整文档' },
  environment: { en: 'Environment', 'zh-CN': '运行环境' },
  problems: { en: 'Problems', 'zh-CN': '问题' },
  note: { en: 'Note', 'zh-CN': '备注' },
  status: { en: 'status', 'zh-CN': '状态' },
  created: { en: 'created', 'zh-CN': '创建时间' },
  time: { en: 'training time', 'zh-CN': '训练用时' },
  progress: { en: 'progress', 'zh-CN': '进度' },
  progressText: { en: '{epochs} epochs, {steps} steps, {samples} samples', 'zh-CN': '{epochs} 个轮次，{steps} 步，{samples} 个样本' },
  data: { en: 'data', 'zh-CN': '数据' },
  rows: { en: '{train} training, {validation} validation, {test} test rows', 'zh-CN': '训练 {train} 行，验证 {validation} 行，测试 {test} 行' },
  model: { en: 'model', 'zh-CN': '模型' },
  parameters: { en: '{count} parameters', 'zh-CN': '{count} 个参数' },
  optimizer: { en: 'optimizer', 'zh-CN': '优化器' },
  schedule: { en: 'schedule', 'zh-CN': '学习率调度' },
  loss: { en: 'loss', 'zh-CN': '损失' },
  regularization: { en: 'regularization', 'zh-CN': '正则化' },
  batchSize: { en: 'batch size', 'zh-CN': '批大小' },
  seed: { en: 'seed', 'zh-CN': '种子' },
  tags: { en: 'tags', 'zh-CN': '标签' },
  group: { en: 'group', 'zh-CN': '组' },
  device: { en: 'device', 'zh-CN': '设备' },
  threads: { en: 'threads', 'zh-CN': '线程' },
  dataHash: { en: 'data hash', 'zh-CN': '数据哈希' },
  documentHash: { en: 'document hash', 'zh-CN': '文档哈希' },
  versions: { en: 'versions', 'zh-CN': '版本' },
  none: { en: 'none', 'zh-CN': '无' },
} as const satisfies Readonly<Record<string, Text>>

export const STATUS_WORDS: Readonly<Record<RunStatus, Text>> = {
  queued: { en: 'queued', 'zh-CN': '排队中' },
  running: { en: 'running', 'zh-CN': '运行中' },
  paused: { en: 'paused', 'zh-CN': '已暂停' },
  stopped: { en: 'stopped', 'zh-CN': '已停止' },
  interrupted: { en: 'interrupted', 'zh-CN': '已中断' },
  failed: { en: 'failed', 'zh-CN': '失败' },
  done: { en: 'done', 'zh-CN': '完成' },
}

/** A text with its `{values}` filled in. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
