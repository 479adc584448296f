import type { FindingDefinition } from './finding'
import { median, percent } from './parts/numbers'
import { layersWith, withRelu } from './parts/remedies'

const SHARE = 0.5
const MEASUREMENTS = 3

export const saturated: FindingDefinition = {
  type: 'saturation',
  severity: 'problem',
  title: { en: 'Saturated activations', 'zh-CN': '激活饱和' },
  message: {
    en: '{layer}: {share} of its outputs lie where the activation is flat',
    'zh-CN': '{layer}：{share} 的输出落在激活函数的平坦区',
  },
  help: {
    en: 'Where sigmoid and tanh are flat hardly any gradient passes. Smaller initial weights, scaled inputs, normalization layers or a ReLU keep outputs in the steep part.',
    'zh-CN': 'sigmoid 与 tanh 的平坦区几乎不传梯度。减小初始权重、缩放输入、加入归一化层或改用 ReLU 可使输出保持在陡峭区。',
  },
  threshold: {
    en: 'The median over the newest three measurements of a hidden layer: at least half of the outputs have a slope below 5% of the steepest.',
    'zh-CN': '隐藏层最近三次测量的中位数：至少一半输出处的斜率低于最大斜率的 5%。',
  },
  source: 'Glorot & Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010, section 3',
  detect: (evidence) =>
    evidence.layers.flatMap(({ id, last, saturation }) => {
      if (last || saturation === null || saturation.length < MEASUREMENTS) return []
      const share = median(saturation.slice(-MEASUREMENTS))
      if (!(share >= SHARE)) return []
      const places = layersWith(evidence.document, ['sigmoid', 'tanh']).filter((layer) => layer.id === id)
      const relu = places.map((place) => ({ text: { en: 'ReLU and He initialization in {layer}', 'zh-CN': '{layer} 改用 ReLU 与 He 初始化' }, args: { layer: id }, edits: withRelu(evidence.document, [place]) }))
      return [{ layer: id, args: { layer: id, share: percent(share) }, remedies: relu }]
    }),
}
