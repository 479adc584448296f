import { beforeAll, describe, expect, it } from 'vitest'
import { exportRun } from '@main/core/exports'
import { lineChart } from '@main/core/exports/report/chart'
import { html } from '@main/core/exports/report/html'
import { WORDS } from '@main/core/exports/report/words'
import type { HistoryApi } from '@main/core/history'
import type { Language } from '@shared/locales/issues'
import { need } from '@shared/spec'
import { NEW_RUN, opened } from '@test/helpers/history'
import { temporaryDirectory } from '@test/helpers/temporary'
import { recordRun } from './recorded-run'

async function reportOf(history: HistoryApi, id: string, language?: Language): Promise<string> {
  const file = need(await exportRun(history, id, 'report', { language }))
  return new TextDecoder().decode(file.content)
}

describe('the report of a run', () => {
  let english = ''
  let chinese = ''
  beforeAll(async () => {
    const history = await opened(temporaryDirectory())
    const id = await recordRun(history)
    english = await reportOf(history, id)
    chinese = await reportOf(history, id, 'zh-CN')
  })

  it('shows results, curves, the last confusion matrix, what happened, and the configuration', () => {
    for (const words of ['Results', 'val.accuracy', '0.98', 'Confusion matrix', 'val.confusionMatrix', 'learning rate set to 0.01', 'Adam (keras): learningRate 0.001', 'Cosine', '120 training, 30 validation, 0 test rows', 'onnx-cpu', 'seeds']) expect(english).toContain(words)
    // Learning rate, loss and accuracy; training and validation in one chart.
    expect(english.match(/<figure>/g)).toHaveLength(3)
    expect(english.match(/stroke-dasharray/g)?.length).toBeGreaterThanOrEqual(4)
    expect(english).toContain('>5</td>')
  })

  it('speaks Chinese', () => {
    expect(chinese).toContain('<html lang="zh-CN">')
    for (const title of ['学习率', '损失', '准确率']) expect(chinese).toContain(`<figcaption>${title}`)
    for (const word of ['results', 'curves', 'confusion', 'configuration', 'environment'] as const) {
      expect(chinese).toContain(`<h2>${WORDS[word]['zh-CN']}</h2>`)
      expect(chinese).not.toContain(`<h2>${WORDS[word].en}</h2>`)
    }
  })

  it('loads nothing, runs nothing, and forbids both', () => {
    expect(english).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(english).not.toMatch(/<script|<link|<img|<iframe|<object|<embed|<form|<base|srcset|url\(|@import/i)
    expect(english.match(/<[^>]*\s(?:src|href|xlink:href)\s*=/)).toBeNull()
  })

  it('shows hostile names, notes and classes as text', () => {
    expect(english).toContain('&lt;img src&#61;x'.replace('&#61;', '='))
    expect(english).toContain('&lt;/script&gt;&lt;script&gt;alert(2)&lt;/script&gt;')
    expect(english).toContain('&lt;b&gt;ant&lt;/b&gt;')
    // Every tag is one of ours, and none has a handler.
    const tags = new Set([...english.matchAll(/<([a-z0-9!]+)/gi)].map(([, name]) => name.toLowerCase()))
    expect([...tags].filter((name) => !KNOWN.has(name))).toEqual([])
    expect(english.match(/<[^>]*\son\w+\s*=/i)).toBeNull()
  })

  it('tells why training ended, and every setting that is not usual', async () => {
    const history = await opened(temporaryDirectory())
    const training = {
      loss: 'categoricalCrossentropy',
      optimizer: 'sgd',
      stopping: [{ type: 'earlyStopping', patience: 3 }],
      averaging: { type: 'ema', decay: 0.9 },
      gradientClip: { type: 'globalNorm', maximum: 5 },
      gradientNoise: { variance: 0.3 },
      parameterGroups: [{ layers: ['base'], frozen: true }],
      augmentation: [{ type: 'noise', deviation: 0.2 }],
      accumulation: 2,
      epochs: 17,
    }
    const document = { format: 1, dataset: { type: 'iris' }, model: { nodes: [{ id: 'base', type: 'dense', units: 4 }, { type: 'dense', units: 3, activation: 'softmax' }] }, training }
    const id = history.createRun({ ...NEW_RUN, document: JSON.stringify(document) })
    history.updateRun(id, { status: 'done' })
    history.appendEvents(id, [{ kind: 'finished', step: 40, time: 1, data: { final: {}, reason: { code: 'stopped-early-stopping', path: [], args: { metric: 'val.loss', patience: 3, value: 0.5 } }, restored: 30 } }])
    const page = await reportOf(history, id)
    for (const words of ['val.loss has not improved for 3 evaluations', 'The weights of step 30, the best, were put back.', 'Early stopping: monitor val.loss, patience 3', 'decay 0.9', 'By global norm: maximum 5', 'variance 0.3', 'base: rateFactor 1, decay kernels, frozen true', 'Noise: deviation 0.2', '<td>17</td>', 'parts of a batch']) expect(page).toContain(words)
    expect(await reportOf(history, id, 'zh-CN')).toContain('已恢复第 30 步的最佳权重。')
  })

  it('of a run that failed before anything says why', async () => {
    const history = await opened(temporaryDirectory())
    const bare = history.createRun({ ...NEW_RUN, name: 'failed early' })
    history.updateRun(bare, { status: 'failed', errors: [{ code: 'run-crashed', path: [], args: { reason: '<i>out of memory</i>' } }] })
    const page = await reportOf(history, bare)
    expect(page).toContain('&lt;i&gt;out of memory&lt;/i&gt;')
    expect(page).not.toContain('<h2>Curves</h2>')
  })
})

const KNOWN = new Set(
  ['!doctype', 'html', 'head', 'meta', 'title', 'style', 'body', 'header', 'h1', 'h2', 'p', 'section', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'div', 'span', 'ul', 'li', 'details', 'summary', 'pre'].concat(
    ['figure', 'figcaption', 'svg', 'path', 'line', 'text', 'circle'],
  ),
)

describe('a chart', () => {
  const words = { step: 'step', logarithmic: 'logarithmic' }
  const curve = (values: number[]) => ({ name: 'loss', steps: Float64Array.from(values, (_, at) => at), values: Float64Array.from(values), dashed: false, faint: true })

  it('is logarithmic where positive values differ much, and says so', () => {
    expect(lineChart('loss', [curve([1000, 10, 1])], words)?.text).toContain('loss (logarithmic)')
    expect(lineChart('loss', [curve([1, 0.5, -1])], words)?.text).not.toContain('logarithmic')
  })

  it('leaves gaps where numbers went bad, and draws no such coordinates', () => {
    const { text } = lineChart('loss', [curve([1, Number.NaN, 3, Infinity, 2])], words) ?? html``
    expect(text.match(/d="([^"]*)"/)?.[1].match(/M/g)).toHaveLength(3)
    expect(text).not.toMatch(/NaN|Infinity/)
  })

  it('puts single updates behind what is drawn over them', () => {
    expect(lineChart('loss', [curve([2, 1]), { ...curve([2, 1]), faint: false }], words)?.text.match(/stroke-opacity/g)).toHaveLength(1)
    expect(lineChart('loss', [curve([2, 1])], words)?.text).not.toContain('stroke-opacity')
  })

  it('is left out without a finite value; a single one is a point, a constant a line', () => {
    expect(lineChart('loss', [curve([Number.NaN])], words)).toBeNull()
    expect(lineChart('loss', [curve([0.5])], words)?.text).toContain('<circle')
    expect(lineChart('loss', [curve([2, 2, 2])], words)?.text).not.toMatch(/NaN|Infinity/)
  })
})
