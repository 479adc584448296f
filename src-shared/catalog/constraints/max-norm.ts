import { z } from 'zod'
import { minimum } from '@shared/graph'
import { field } from '../definition'
import { defineConstraint } from './constraint'
import { unitNorms, withNorms } from './parts/norms'

export const maxNorm = defineConstraint({
  type: 'maxNorm',
  options: z.object({
    maximum: field(z.number().gt(0).default(2), {
      en: 'Greatest norm of the weights that enter one unit. Srivastava et al. used 3 to 4 beside dropout.',
      'zh-CN': '进入同一单元的权重之范数上限。Srivastava 等人在使用 dropout 时取 3 至 4。',
      symbol: 'c',
    }),
  }),
  title: { en: 'Maximum norm', 'zh-CN': '最大范数' },
  help: {
    en: 'After every update, scales the weights that enter a unit (a filter) down where their norm is too large. Allows large learning rates without weights that grow without bound.',
    'zh-CN': '每次更新之后，若进入某个单元（滤波器）的权重范数过大，则将其缩小。可使用较大的学习率而权重不会无限增长。',
  },
  formula: String.raw`w \leftarrow w \, \frac{\min(\lVert w \rVert, c)}{10^{-7} + \lVert w \rVert}`,
  source: 'Srivastava et al., Dropout, JMLR 15, 2014, section 5.1; https://keras.io/api/layers/constraints/ (MaxNorm, along the axes of a unit’s incoming weights)',
  project: (weight, axes, { maximum }) => {
    const norms = unitNorms(weight, axes)
    return withNorms(weight, norms, minimum(norms, maximum))
  },
})
