import { z } from 'zod'
import { sizeOf } from '@shared/graph'
import { defineInitializer } from './initializer'

export const ones = defineInitializer({
  type: 'ones',
  options: z.object({}),
  title: { en: 'Ones', 'zh-CN': '全一' },
  help: {
    en: 'Every value 1: for scales such as batch normalization’s γ.',
    'zh-CN': '全部取 1：用于缩放量，例如批归一化的 γ。',
  },
  formula: String.raw`w = 1`,
  source: 'https://keras.io/api/layers/initializers/#ones-class',
  fill: ({ shape }) => new Float32Array(sizeOf(shape)).fill(1),
})
