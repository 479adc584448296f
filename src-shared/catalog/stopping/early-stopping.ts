import { z } from 'zod'
import { field } from '../definition'
import { defineStopping, directionField, minDeltaField, monitorField, patienceField } from './stopping'

export const earlyStopping = defineStopping({
  type: 'earlyStopping',
  reason: 'stopped-early-stopping',
  options: z.object({
    monitor: monitorField,
    patience: patienceField,
    minDelta: minDeltaField,
    direction: directionField,
    restoreBest: field(z.boolean().default(true), {
      en: 'When training ends, put back the weights of the best evaluation (and with them statistics and averaged weights).',
      'zh-CN': '训练结束时恢复最佳评估时的权重（以及统计量与平均权重）。',
    }),
  }),
  title: { en: 'Early stopping', 'zh-CN': '早停' },
  help: {
    en: 'Ends when the validation metric has not improved for some evaluations, which is where overfitting begins. Counts as Keras’s EarlyStopping does, but in evaluations, whose interval is the document’s. The best weights are put back whatever ends the training, unless it is stopped by hand.',
    'zh-CN': '当验证指标连续若干次评估没有改善时结束，此时通常开始过拟合。计数方式与 Keras 的 EarlyStopping 相同，但以评估次数计，评估间隔由文档决定。除手动停止外，无论因何结束都会恢复最佳权重。',
  },
  formula: String.raw`x_k \ge \min_{j \le k - p} x_j - \delta \ \text{ for } p \text{ evaluations}`,
  source: 'Prechelt (1998), Early Stopping – But When?; Keras 3, keras.callbacks.EarlyStopping',
  monitor: (options) => options.monitor,
  judge(value, [best = Number.MAX_VALUE, count = 0], sign, { patience, minDelta }) {
    const improved = sign * value < best - minDelta
    const waited = improved ? 0 : count + 1
    return { memory: [improved ? sign * value : best, waited], stop: waited >= patience, improved }
  },
  restoresBest: (options) => options.restoreBest,
})
