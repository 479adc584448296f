import type { FindingDefinition } from './finding'
import { median, shown } from './parts/numbers'
import { newRate } from './parts/remedies'
import { stabilityLimit } from './parts/stability'

const MEASUREMENTS = 2
/** Runs at the edge of stability hover about it. */
const ABOVE = 1.2

export const rateAboveSharpness: FindingDefinition = {
  type: 'rateAboveSharpness',
  severity: 'hint',
  title: { en: 'Learning rate above 2/sharpness', 'zh-CN': '学习率高于 2/锐度' },
  message: {
    en: 'The loss curves by {sharpness} along its steepest direction: steps are stable up to a rate of {limit}, this one is {rate}',
    'zh-CN': '损失在最陡方向的曲率为 {sharpness}：学习率不超过 {limit} 时稳定，现为 {rate}',
  },
  help: {
    en: 'Above this rate each step overshoots the valley further than it began. A run that goes on regardless is bouncing, and has to find flatter ground.',
    'zh-CN': '超过该学习率时，每一步都会越过谷底并离得更远。若训练仍在继续，说明它在来回弹跳，寻找更平坦的区域。',
  },
  threshold: {
    en: 'For SGD, with or without momentum: the median of rate × sharpness over the newest three measurements (at least two) is 1.2 times the limit or more: 2, 2 + 2μ with momentum, (2 + 2μ)/(1 + 2μ) with Nesterov’s.',
    'zh-CN': '适用于 SGD（含动量）：最近三次测量（至少两次）中学习率与锐度之积的中位数达到界限的 1.2 倍：无动量为 2，动量为 2 + 2μ，Nesterov 为 (2 + 2μ)/(1 + 2μ)。',
  },
  source: 'Cohen et al., Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability, ICLR 2021, https://arxiv.org/abs/2103.00065',
  detect: ({ document, measured }) => {
    const limit = stabilityLimit(document)
    const found = measured.flatMap(({ record: { sharpness, learningRate } }) => (typeof sharpness === 'number' && sharpness > 0 ? [{ sharpness, learningRate }] : [])).slice(-3)
    if (limit === null || found.length < MEASUREMENTS) return []
    if (!(median(found.map(({ sharpness, learningRate }) => sharpness * learningRate)) >= ABOVE * limit)) return []
    const { sharpness, learningRate } = found[found.length - 1]
    return [{ args: { sharpness: shown(sharpness), limit: shown(limit / sharpness), rate: shown(learningRate) }, remedies: newRate(limit / sharpness / 2) }]
  },
}
