import type { Evidence, FindingDefinition, Remedy } from './finding'
import { median, rounded, shown } from './parts/numbers'
import { scaledRate } from './parts/remedies'

const FACTOR = 100
const MEASUREMENTS = 6

export const explodingGradients: FindingDefinition = {
  type: 'explodingGradients',
  severity: 'problem',
  title: { en: 'Exploding gradients', 'zh-CN': '梯度爆炸' },
  message: {
    en: 'The gradient’s norm rose to {norm} at step {step}, {factor} times its usual size: NaN may follow',
    'zh-CN': '第 {step} 步时梯度范数升至 {norm}，是平常的 {factor} 倍：可能出现 NaN',
  },
  help: {
    en: 'One step along such a gradient undoes many good ones. A smaller learning rate or clipping of the gradient’s norm helps.',
    'zh-CN': '沿这样的梯度走一步会毁掉许多步的成果。可减小学习率，或按范数裁剪梯度。',
  },
  threshold: {
    en: 'The gradient’s norm over all layers was, at any of the newest five measurements, 100 times the median of all (six or more).',
    'zh-CN': '最近五次测量中，全部层的梯度范数曾达到所有测量（至少六次）中位数的 100 倍。',
  },
  source: 'Pascanu, Mikolov & Bengio, On the difficulty of training recurrent neural networks, ICML 2013',
  detect: (evidence) => {
    const norms = evidence.measured.map(({ record }) => Math.hypot(...record.layers.map(({ weights }) => weights?.gradient ?? 0)))
    const usual = median(norms)
    const recent = norms.slice(-5)
    const most = Math.max(...recent)
    if (norms.length < MEASUREMENTS || usual === 0 || !(most > FACTOR * usual)) return []
    const { step } = evidence.measured[norms.length - recent.length + recent.indexOf(most)]
    return [{ args: { norm: shown(most), step, factor: shown(Math.round(most / usual)) }, remedies: [...clipping(evidence, usual), ...scaledRate(evidence, 0.1)] }]
  },
}

/** To a few times the usual norm: ordinary steps stay as they are. */
function clipping({ document }: Evidence, usual: number): Remedy[] {
  if (document.training.gradientClip !== undefined) return []
  const maximum = rounded(5 * usual)
  return [{ text: { en: 'Clip the gradient’s norm at {maximum}', 'zh-CN': '按范数 {maximum} 裁剪梯度' }, args: { maximum: shown(maximum) }, edits: [{ path: ['training', 'gradientClip'], value: { type: 'globalNorm', maximum } }] }]
}
