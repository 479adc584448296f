import { z } from 'zod'
import { mul } from '@shared/graph'
import { defineClipping, maximumNormField, normEpsilonField, normOf, shrinkage } from './clipping'

export const globalNorm = defineClipping({
  type: 'globalNorm',
  options: z.object({ maximum: maximumNormField, epsilon: normEpsilonField }),
  title: { en: 'By global norm', 'zh-CN': '按全局范数裁剪' },
  help: {
    en: 'Shortens the gradient of all weights together to the norm c: its direction stays. The usual choice for recurrent networks and transformers, mostly with c = 1. Keras’s global_clipnorm, PyTorch’s clip_grad_norm_. Weights that are frozen do not count.',
    'zh-CN': '把所有权重的梯度作为一个整体缩短到范数 c，方向保持不变。循环网络和 Transformer 的常用做法，c 多取 1。即 Keras 的 global_clipnorm、PyTorch 的 clip_grad_norm_。冻结的权重不计入。',
  },
  formula: String.raw`g \leftarrow g \, \frac{c}{\max\left(\sqrt{\sum_k \lVert g_k \rVert_2^2} + \epsilon, c\right)}`,
  source: 'Pascanu, Mikolov & Bengio (2013), arXiv:1211.5063, algorithm 1; Keras 3, global_clipnorm; PyTorch 2, torch.nn.utils.clip_grad_norm_',
  clip(slopes, options) {
    const gradients = slopes.map(({ gradient }) => gradient)
    const factor = shrinkage(normOf(gradients), options.maximum, options.epsilon)
    return gradients.map((gradient) => mul(gradient, factor))
  },
})
