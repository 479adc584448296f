import { z } from 'zod'
import { field } from '../definition'
import type { GeneratedDataset } from './dataset'
import { noiseField, numbered, planeData, rowsField } from './points'

const options = z.strictObject({
  rows: rowsField,
  noise: noiseField(0.03),
  classes: field(z.int().min(2).max(20).default(2), { en: 'Arms of the spiral, one per class.', 'zh-CN': '旋臂数，每个类别一条。', symbol: 'C' }),
  turns: field(z.number().gt(0).max(10).default(1.75), { en: 'Turns of each arm around the center.', 'zh-CN': '每条旋臂绕中心的圈数。', symbol: 'w' }),
})

export const spiral: GeneratedDataset<typeof options> = {
  type: 'spiral',
  kind: 'generated',
  options,
  preprocess: { features: 'none' },
  title: { en: 'Spiral', 'zh-CN': '螺旋' },
  help: {
    en: 'Arms winding around each other within the unit circle: hard for small networks.',
    'zh-CN': '单位圆内相互缠绕的旋臂：对小型网络较难。',
  },
  formula: String.raw`r (\sin t, \cos t),\quad t = 2\pi (w r + k / C),\ 0 \le r < 1`,
  source: 'TensorFlow Playground, classifySpiralData',
  generate: ({ rows, noise, classes, turns }, random) =>
    planeData(rows, numbered(classes), (row) => {
      const label = row % classes
      const radius = Math.floor(row / classes) / Math.ceil(rows / classes)
      const angle = 2 * Math.PI * (turns * radius + label / classes)
      return { x: radius * Math.sin(angle) + noise * random.normal(), y: radius * Math.cos(angle) + noise * random.normal(), label }
    }),
}
