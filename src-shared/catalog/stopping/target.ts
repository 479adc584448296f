import { z } from 'zod'
import { field } from '../definition'
import { defineStopping, directionField, monitorField } from './stopping'

export const target = defineStopping({
  type: 'target',
  reason: 'stopped-target',
  options: z.object({
    monitor: monitorField,
    value: field(z.number(), { en: 'Value that is good enough.', 'zh-CN': '足够好的目标值。', symbol: 'v' }),
    direction: directionField,
  }),
  title: { en: 'Target metric', 'zh-CN': '目标指标' },
  help: {
    en: 'Ends as soon as a metric is at least as good as a value: how long does it take to 97% accuracy? The measure of DAWNBench and MLPerf.',
    'zh-CN': '一旦指标达到给定值就结束，用来衡量“达到 97% 准确率需要多久”。DAWNBench 与 MLPerf 采用这种衡量方式。',
  },
  formula: String.raw`x \le v \ \text{(lower is better)}, \quad x \ge v \ \text{(higher is better)}`,
  source: 'Coleman et al. (2019), Analysis of DAWNBench, a Time-to-Accuracy Machine Learning Performance Benchmark, arXiv:1806.01427',
  monitor: (options) => options.monitor,
  judge: (value, memory, sign, options) => ({ memory, stop: sign * value <= sign * options.value, improved: false }),
})
