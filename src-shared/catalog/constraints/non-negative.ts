import { z } from 'zod'
import { relu } from '@shared/graph'
import { defineConstraint } from './constraint'

export const nonNegative = defineConstraint({
  type: 'nonNegative',
  options: z.object({}),
  title: { en: 'Not negative', 'zh-CN': '非负' },
  help: {
    en: 'After every update, sets negative weights to zero: every input can only add.',
    'zh-CN': '每次更新之后，把负权重置零：每个输入只能增大输出。',
  },
  formula: String.raw`w \leftarrow \max(w, 0)`,
  source: 'https://keras.io/api/layers/constraints/ (NonNeg)',
  project: (weight) => relu(weight),
})
