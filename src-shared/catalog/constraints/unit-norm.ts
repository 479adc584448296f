import { z } from 'zod'
import { defineConstraint } from './constraint'
import { unitNorms, withNorms } from './parts/norms'

export const unitNorm = defineConstraint({
  type: 'unitNorm',
  options: z.object({}),
  title: { en: 'Unit norm', 'zh-CN': '单位范数' },
  help: {
    en: 'After every update, scales the weights that enter a unit (a filter) to norm one: only their direction is learned.',
    'zh-CN': '每次更新之后，把进入每个单元（滤波器）的权重缩放到范数为一：只学习其方向。',
  },
  formula: String.raw`w \leftarrow \frac{w}{10^{-7} + \lVert w \rVert}`,
  source: 'https://keras.io/api/layers/constraints/ (UnitNorm, along the axes of a unit’s incoming weights)',
  project: (weight, axes) => withNorms(weight, unitNorms(weight, axes), 1),
})
