import type { Evidence, FindingDefinition, Remedy } from './finding'
import { median, shown } from './parts/numbers'

const MEASUREMENTS = 3
const ABOVE = 20
/** A larger batch at one click: larger steps would want another learning rate too. */
const GROWTH = 4

export const batchNoise: FindingDefinition = {
  type: 'batchNoise',
  severity: 'hint',
  title: { en: 'Noisy gradients', 'zh-CN': '梯度噪声大' },
  message: {
    en: 'The gradient noise scale is {scale} rows, the batch has {batch}: most of each step is noise',
    'zh-CN': '梯度噪声尺度为 {scale} 行，批大小为 {batch}：每一步大部分是噪声',
  },
  help: {
    en: 'Below the noise scale a batch of twice the size makes nearly twice the progress a step, so that larger batches cost little. Averaging over time helps too: momentum, or a rate that falls.',
    'zh-CN': '小于噪声尺度时，批大小加倍可使每步进展接近加倍，增大批次几乎没有代价。动量或逐渐下降的学习率也能平均噪声。',
  },
  threshold: {
    en: 'The median gradient noise scale of the newest three measurements (all three needed) is 20 times the batch size or more.',
    'zh-CN': '最近三次测量的梯度噪声尺度中位数达到批大小的 20 倍。',
  },
  source: 'McCandlish et al., An Empirical Model of Large-Batch Training, 2018, https://arxiv.org/abs/1812.06162',
  detect: (evidence) => {
    const { facts, measured } = evidence
    const found = measured.flatMap(({ record: { noiseScale } }) => (noiseScale === undefined ? [] : [noiseScale ?? Infinity])).slice(-3)
    if (facts === null || found.length < MEASUREMENTS) return []
    // Where no gradient stands out of the noise there is nothing left to say how large a batch would have to be.
    const scale = median(found.map((each) => Math.min(each, Number.MAX_VALUE)))
    if (scale === Number.MAX_VALUE || scale < ABOVE * facts.batchSize) return []
    return [{ args: { scale: shown(scale), batch: facts.batchSize }, remedies: remedies(evidence, facts) }]
  },
}

function remedies({ document }: Evidence, { batchSize, trainingRows }: NonNullable<Evidence['facts']>): Remedy[] {
  const found: Remedy[] = []
  const larger = GROWTH * batchSize
  if (larger <= trainingRows / 2) found.push({ text: { en: 'Batches of {size}', 'zh-CN': '批大小改为 {size}' }, args: { size: larger }, edits: [{ path: ['training', 'batchSize'], value: larger }] })
  if (document.training.schedule === undefined) found.push({ text: { en: 'Cosine schedule', 'zh-CN': '余弦学习率' }, args: {}, edits: [{ path: ['training', 'schedule'], value: { type: 'cosine' } }] })
  return found
}
