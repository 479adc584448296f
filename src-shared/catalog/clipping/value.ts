import { z } from 'zod'
import { maximum, minimum } from '@shared/graph'
import { field } from '../definition'
import { defineClipping } from './clipping'

export const value = defineClipping({
  type: 'value',
  options: z.object({
    maximum: field(z.number().positive().default(0.5), {
      en: 'Greatest size of any single component, above 0.',
      'zh-CN': '单个分量的最大绝对值，必须大于 0。',
      symbol: 'c',
    }),
  }),
  title: { en: 'By value', 'zh-CN': '按值裁剪' },
  help: {
    en: 'Cuts every component of the gradient off at ±c. Simple, but it turns the gradient’s direction: large components lose more than small ones. The same as Keras’s clipvalue and PyTorch’s clip_grad_value_.',
    'zh-CN': '把梯度的每个分量截断到 ±c。做法简单，但会改变梯度方向：大的分量损失更多。与 Keras 的 clipvalue、PyTorch 的 clip_grad_value_ 相同。',
  },
  formula: String.raw`g_i \leftarrow \min(\max(g_i, -c), c)`,
  source: 'Mikolov (2012), Statistical Language Models Based on Neural Networks; Keras 3, clipvalue; PyTorch 2, torch.nn.utils.clip_grad_value_',
  clip: (slopes, options) => slopes.map(({ gradient }) => minimum(maximum(gradient, -options.maximum), options.maximum)),
})
