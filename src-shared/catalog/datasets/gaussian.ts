import { z } from 'zod'
import { field } from '../definition'
import type { GeneratedDataset } from './dataset'
import { numbered, planeData, rowsField } from './points'

const options = z.strictObject({
  rows: rowsField,
  classes: field(z.int().min(2).max(50).default(2), { en: 'Clusters, one per class.', 'zh-CN': '簇的数量，每个类别一个。', symbol: 'C' }),
  separation: field(z.number().gt(0).default(2), { en: 'Distance of the cluster centers from the origin.', 'zh-CN': '簇中心到原点的距离。', symbol: 'd' }),
  deviation: field(z.number().min(0).default(1), { en: 'Standard deviation of every cluster.', 'zh-CN': '每个簇的标准差。', symbol: String.raw`\sigma` }),
})

export const gaussian: GeneratedDataset<typeof options> = {
  type: 'gaussian',
  kind: 'generated',
  options,
  preprocess: { features: 'none' },
  title: { en: 'Gaussian clusters', 'zh-CN': '高斯簇' },
  help: {
    en: 'Round clusters spaced evenly around the origin. Two of them are separated best by a line: logistic regression is optimal.',
    'zh-CN': '围绕原点均匀分布的圆形簇。两个簇时最佳分界是直线：逻辑回归即为最优。',
  },
  formula: String.raw`d (\cos \tfrac{2\pi k}{C}, \sin \tfrac{2\pi k}{C}) + \sigma \varepsilon,\quad \varepsilon \sim N(0, I)`,
  source: 'TensorFlow Playground, classifyTwoGaussData; for two classes, linear discriminant analysis is the Bayes rule',
  generate: ({ rows, classes, separation, deviation }, random) =>
    planeData(rows, numbered(classes), (row) => {
      const label = row % classes
      const angle = (2 * Math.PI * label) / classes
      return { x: separation * Math.cos(angle) + deviation * random.normal(), y: separation * Math.sin(angle) + deviation * random.normal(), label }
    }),
}
