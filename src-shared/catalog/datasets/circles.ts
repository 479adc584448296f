import { z } from 'zod'
import { field } from '../definition'
import type { GeneratedDataset } from './dataset'
import { noiseField, numbered, planeData, rowsField } from './points'

const options = z.strictObject({
  rows: rowsField,
  noise: noiseField(0.05),
  factor: field(z.number().gt(0).lt(1).default(0.5), { en: 'Radius of the inner circle; the outer one has radius 1.', 'zh-CN': '内圆半径；外圆半径为 1。', symbol: 'f' }),
})

export const circles: GeneratedDataset<typeof options> = {
  type: 'circles',
  kind: 'generated',
  options,
  preprocess: { features: 'none' },
  title: { en: 'Two circles', 'zh-CN': '同心圆' },
  help: {
    en: 'A small circle inside a large one: the class depends on the distance from the center.',
    'zh-CN': '大圆套小圆：类别取决于到中心的距离。',
  },
  formula: String.raw`r (\cos t, \sin t),\quad r \in \{1, f\},\ 0 \le t < 2\pi`,
  source: 'scikit-learn, sklearn.datasets.make_circles',
  generate: ({ rows, noise, factor }, random) => {
    const counts = [Math.ceil(rows / 2), Math.floor(rows / 2)]
    return planeData(rows, numbered(2), (row) => {
      const label = row % 2
      const t = (2 * Math.PI * Math.floor(row / 2)) / counts[label]
      const radius = label === 0 ? 1 : factor
      return { x: radius * Math.cos(t) + noise * random.normal(), y: radius * Math.sin(t) + noise * random.normal(), label }
    })
  },
}
