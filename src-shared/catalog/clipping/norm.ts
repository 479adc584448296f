import { z } from 'zod'
import { mul } from '@shared/graph'
import { defineClipping, maximumNormField, normEpsilonField, normOf, shrinkage } from './clipping'

export const norm = defineClipping({
  type: 'norm',
  options: z.object({ maximum: maximumNormField, epsilon: normEpsilonField }),
  title: { en: 'By norm of each weight', 'zh-CN': '按各权重范数裁剪' },
  help: {
    en: 'Shortens the gradient of each weight tensor (a kernel, a bias) on its own to the norm c. Directions within a tensor stay, the balance between tensors does not. Keras’s clipnorm; in PyTorch, clip_grad_norm_ called for each parameter.',
    'zh-CN': '把每个权重张量（核、偏置）的梯度各自缩短到范数 c。张量内部方向不变，张量之间的比例会变。即 Keras 的 clipnorm；在 PyTorch 中相当于对每个参数分别调用 clip_grad_norm_。',
  },
  formula: String.raw`g \leftarrow g \, \frac{c}{\max(\lVert g \rVert_2 + \epsilon, c)}`,
  source: 'Pascanu, Mikolov & Bengio (2013), arXiv:1211.5063, algorithm 1; Keras 3, clipnorm',
  clip: (slopes, options) => slopes.map(({ gradient }) => mul(gradient, shrinkage(normOf([gradient]), options.maximum, options.epsilon))),
})
