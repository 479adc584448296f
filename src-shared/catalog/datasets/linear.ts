import { z } from 'zod'
import { refuse } from '@shared/spec/issue'
import { field } from '../definition'
import type { GeneratedDataset } from './dataset'

const options = z.strictObject({
  rows: field(z.int().min(2).max(1_000_000).default(200), { en: 'Rows to generate.', 'zh-CN': '生成的行数。', symbol: 'n', unit: 'rows' }),
  slope: field(z.number().default(2), { en: 'Slope of the line.', 'zh-CN': '直线的斜率。', symbol: 'a' }),
  intercept: field(z.number().default(3), { en: 'Value of the line at x = 0.', 'zh-CN': '直线在 x = 0 处的值。', symbol: 'b' }),
  noise: field(z.number().min(0).default(0.1), { en: 'Standard deviation of the normal noise on y.', 'zh-CN': 'y 上正态噪声的标准差。', symbol: String.raw`\sigma` }),
  range: field(z.tuple([z.number(), z.number()]).default([-1, 1]), { en: 'Smallest and largest x.', 'zh-CN': 'x 的最小值和最大值。' }),
})

export const linear: GeneratedDataset<typeof options> = {
  type: 'linear',
  kind: 'generated',
  options,
  preprocess: { features: 'none' },
  title: { en: 'A line with noise', 'zh-CN': '带噪声的直线' },
  help: {
    en: 'One feature, one value: a model of one dense unit must find slope and intercept.',
    'zh-CN': '一个特征、一个数值目标：只有一个全连接单元的模型应能找到斜率和截距。',
  },
  formula: String.raw`y = a x + b + \sigma \varepsilon,\quad x \sim U(\text{range}),\ \varepsilon \sim N(0, 1)`,
  source: 'The linear regression model',
  generate: ({ rows, slope, intercept, noise, range: [from, to] }, random) => {
    if (!(from < to)) refuse('data-range-empty', ['dataset', 'range'], { from, to })
    const xs = new Float64Array(rows)
    const ys = new Float32Array(rows)
    for (let row = 0; row < rows; row++) {
      xs[row] = from + (to - from) * random.uniform()
      ys[row] = slope * xs[row] + intercept + noise * random.normal()
    }
    return {
      rows,
      features: { kind: 'columns', columns: [{ kind: 'numeric', name: 'x', values: xs }] },
      targets: { kind: 'value', shape: [1], data: ys, names: ['y'] },
    }
  },
}
