import { z } from 'zod'
import { concat } from '@shared/graph'
import { field } from '../definition'
import { defineLayer } from './layer'
import { differingAxis } from './parts/merging'
import { problem, shown } from './parts/problems'

export const concatenate = defineLayer({
  type: 'concatenate',
  options: z.object({
    axis: field(z.int().min(0).default(0), {
      en: 'Axis of the sample to join along, without the batch: 0 joins features or channels, 1 height, 2 width.',
      'zh-CN': '拼接所沿的样本轴（不含批次）：0 拼接特征或通道，1 拼接高，2 拼接宽。',
      symbol: 'a',
    }),
  }),
  title: { en: 'Concatenate', 'zh-CN': '拼接' },
  help: {
    en: 'Lays its inputs one after another along an axis; all other extents must be equal.',
    'zh-CN': '沿某一轴依次拼接各输入；其余各维必须相等。',
  },
  formula: String.raw`y = \left[ x^{(1)}; x^{(2)}; \dots \right]_a`,
  source: 'https://keras.io/api/layers/merging_layers/concatenate/',
  group: 'merge',
  arity: [2, Infinity],
  infer: (inputs, { axis }) => {
    const [first] = inputs
    if (axis >= first.length) return problem('layer-axis', { axis, shape: shown(first), last: first.length - 1 }, 'axis')
    for (const [index, other] of inputs.entries()) {
      const dimension = differingAxis(first, other, axis)
      if (dimension === null) continue
      return problem('layer-concatenate-shapes', { axis, index: index + 1, first: shown(first), other: shown(other), dimension })
    }
    return { shape: first.with(axis, inputs.reduce((total, shape) => total + shape[axis], 0)) }
  },
  lower: (_scope, inputs, { axis }) => concat(inputs, axis + 1),
})
