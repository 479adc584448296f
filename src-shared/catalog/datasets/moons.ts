import { z } from 'zod'
import type { GeneratedDataset } from './dataset'
import { noiseField, numbered, planeData, rowsField } from './points'

const options = z.strictObject({ rows: rowsField, noise: noiseField(0.1) })

export const moons: GeneratedDataset<typeof options> = {
  type: 'moons',
  kind: 'generated',
  options,
  preprocess: { features: 'none' },
  title: { en: 'Two moons', 'zh-CN': '双月牙' },
  help: {
    en: 'Two interleaving half circles in the plane: no line separates them.',
    'zh-CN': '平面上两个交错的半圆：没有直线能将它们分开。',
  },
  formula: String.raw`(\cos t, \sin t)\ \text{and}\ (1 - \cos t, \tfrac12 - \sin t),\quad 0 \le t \le \pi`,
  source: 'scikit-learn, sklearn.datasets.make_moons',
  generate: ({ rows, noise }, random) => {
    const counts = [Math.ceil(rows / 2), Math.floor(rows / 2)]
    return planeData(rows, numbered(2), (row) => {
      const label = row % 2
      const t = (Math.PI * Math.floor(row / 2)) / Math.max(1, counts[label] - 1)
      const [x, y] = label === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.5 - Math.sin(t)]
      return { x: x + noise * random.normal(), y: y + noise * random.normal(), label }
    })
  },
}
