import type { Evidence, FindingDefinition, Remedy } from './finding'
import { median, shown } from './parts/numbers'
import { layersWith, withRelu } from './parts/remedies'

/** First to last layer. */
const RATIO = 1e-2
const LAYERS = 3
const MEASUREMENTS = 3

export const vanishingGradients: FindingDefinition = {
  type: 'vanishingGradients',
  severity: 'problem',
  title: { en: 'Vanishing gradients', 'zh-CN': '梯度消失' },
  message: {
    en: 'The gradient of {first} is {ratio} of that of {last}: the early layers hardly learn',
    'zh-CN': '{first} 的梯度只有 {last} 的 {ratio}：靠前的层几乎不学习',
  },
  help: {
    en: 'Going back through the layers, the gradient is multiplied by each activation’s slope, at most 1/4 for a sigmoid. ReLU with He initialization, normalization layers or shortcuts keep it alive.',
    'zh-CN': '梯度在反向传播中逐层乘以激活函数的斜率，sigmoid 的斜率至多为 1/4。ReLU 配合 He 初始化、归一化层或跳跃连接可避免。',
  },
  threshold: {
    en: 'With three or more trained layers, the median ratio of the first one’s gradient norm to the last one’s over the newest five measurements (at least three) is below 1/100.',
    'zh-CN': '至少三个可训练层时，最近五次测量（至少三次）中首层与末层梯度范数之比的中位数小于 1/100。',
  },
  source: 'Glorot & Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010; Hochreiter, 1991',
  effectOf: ['deadRelu'],
  detect: (evidence) => {
    const trained = evidence.layers.filter((layer) => layer.trained)
    const [first, last] = [trained[0], trained[trained.length - 1]]
    if (trained.length < LAYERS || first.gradient.length < MEASUREMENTS) return []
    const ratio = median(first.gradient.slice(-5).map((gradient, index) => gradient / last.gradient.slice(-5)[index]))
    return ratio < RATIO ? [{ args: { first: first.id, last: last.id, ratio: shown(ratio) }, remedies: remedies(evidence) }] : []
  },
}

function remedies({ document }: Evidence): Remedy[] {
  const flat = layersWith(document, ['sigmoid', 'tanh'])
  if (flat.length > 0) return [{ text: { en: 'ReLU and He initialization in {count} layers', 'zh-CN': '{count} 层改用 ReLU 与 He 初始化' }, args: { count: flat.length }, edits: withRelu(document, flat) }]
  const kernels = document.model.nodes.flatMap((node, index) => ('kernelInitializer' in node ? [index] : []))
  return [{ text: { en: 'He initialization everywhere', 'zh-CN': '全部改用 He 初始化' }, args: {}, edits: kernels.map((index) => ({ path: ['model', 'nodes', index, 'kernelInitializer'], value: 'heNormal' })) }]
}
