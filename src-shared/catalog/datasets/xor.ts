import { z } from 'zod'
import { field } from '../definition'
import type { GeneratedDataset } from './dataset'
import { noiseField, numbered, planeData, rowsField } from './points'

const options = z.strictObject({
  rows: rowsField,
  noise: noiseField(0),
  layout: field(z.enum(['quadrants', 'corners']).default('quadrants'), {
    en: 'quadrants: points spread over −1…1, the class is whether their signs differ. corners: the truth table (0,0), (0,1), (1,0), (1,1), repeated.',
    'zh-CN': 'quadrants：点散布在 −1…1，类别为两坐标符号是否不同。corners：真值表 (0,0)、(0,1)、(1,0)、(1,1) 的重复。',
  }),
  gap: field(z.number().min(0).lt(1).default(0.05), { en: 'Half width of the empty strip along both axes (quadrants).', 'zh-CN': '沿两坐标轴的空白带的半宽（quadrants）。', symbol: 'g' }),
})

export const xor: GeneratedDataset<typeof options> = {
  type: 'xor',
  kind: 'generated',
  options,
  preprocess: { features: 'none' },
  title: { en: 'Exclusive or', 'zh-CN': '异或' },
  help: {
    en: 'The classic problem that no single-layer network solves.',
    'zh-CN': '单层网络无法解决的经典问题。',
  },
  formula: String.raw`k = [x > 0] \oplus [y > 0]`,
  source: 'M. Minsky, S. Papert: Perceptrons, 1969',
  generate: ({ rows, noise, layout, gap }, random) =>
    planeData(rows, numbered(2), (row) => {
      const right = row & 1
      const up = (row >> 1) & 1
      const place = (side: number): number => (layout === 'corners' ? side : (2 * side - 1) * (gap + (1 - gap) * random.uniform()))
      const [x, y] = [place(right), place(up)]
      return { x: x + noise * random.normal(), y: y + noise * random.normal(), label: right ^ up }
    }),
}
