import { describe, expect, it } from 'vitest'
import { findings, findingsOf, findingText, remedyText, type Curve, type Evidence } from '@shared/catalog/findings'
import { encodeBase64 } from '@shared/lib/base64'
import { layerHistories, type Measured } from '@shared/diagnostics/measured'
import type { LayerRecord } from '@shared/diagnostics/record'
import { need, parseDocument } from '@shared/spec'
import { findingsDocument } from './document'

it('docs/findings.md is what the definitions say', async () => {
  await expect(findingsDocument()).toMatchFileSnapshot('../../../../docs/findings.md')
})

it('every text stands in both languages and names the same arguments', () => {
  for (const { message, title, help, threshold } of findings) {
    const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
    expect(names(message['zh-CN'])).toEqual(names(message.en))
    for (const text of [title, help, threshold, message]) expect(text['zh-CN']).toMatch(/[\u4e00-\u9fff]/)
  }
})

const layer = (changes: Partial<LayerRecord>): LayerRecord => ({
  id: 'hidden',
  type: 'dense',
  last: false,
  weights: { gradient: 1, norm: 1, update: 1e-3 },
  mean: 0,
  deviation: 1,
  saturation: null,
  active: null,
  histograms: {},
  ...changes,
})

/** Measurements every ten steps. */
function measurements(count: number, layersAt: (index: number) => readonly LayerRecord[]): Measured[] {
  return Array.from({ length: count }, (_, index) => ({ step: 10 * index, record: { learningRate: 0.1, layers: [...layersAt(index)] } }))
}

function curve(values: readonly number[]): Curve {
  return { steps: values.map((_, index) => index + 1), values }
}

function evidence(options: { readonly measured?: readonly Measured[]; readonly curves?: Readonly<Record<string, Curve>>; readonly errors?: Evidence['errors']; readonly training?: object; readonly nodes?: readonly object[] }): Evidence {
  const { measured = [], curves = {}, errors = [], training = {}, nodes } = options
  const document = need(parseDocument({
    format: 1,
    dataset: { type: 'digits', shape: 'flat' },
    model: { nodes: nodes ?? [{ id: 'hidden', type: 'dense', units: 8, activation: 'relu' }, { id: 'out', type: 'dense', units: 10, activation: 'softmax' }] },
    training: { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd', learningRate: 0.3 }, epochs: 20, ...training },
  }))
  return { document, facts: { stepsPerEpoch: 1, batchSize: 32, trainingRows: 1000 }, errors, measured, layers: layerHistories(measured), curve: (key) => curves[key] ?? null }
}

const found = (options: Parameters<typeof evidence>[0]): string[] => findingsOf(evidence(options)).map((finding) => `${finding.definition.type}: ${findingText(finding, 'en')}`)
const types = (options: Parameters<typeof evidence>[0]): string[] => findingsOf(evidence(options)).map(({ definition }) => definition.type)

describe('dead units', () => {
  const bits = (...flags: readonly number[]): LayerRecord['active'] => ({ units: 8, bits: encodeBase64(Uint8Array.of(flags.reduce((byte, flag, unit) => byte | (flag === 0 ? 0 : 128 >> unit), 0))) })
  it('are told with their share and since when', () => {
    const measured = measurements(20, (index) => [layer({ active: index <= 5 ? bits(1, 1, 1, 1, 1, 1, 1, 1) : index % 2 === 0 ? bits(1, 0, 1, 0, 0, 0, 0, 0) : bits(0, 1, 0, 0, 0, 0, 0, 0) })])
    expect(found({ measured })).toEqual(['deadRelu: hidden: 63% of units never active since step 60 (14 measured batches)'])
    const [{ remedies }] = findingsOf(evidence({ measured }))
    expect(remedies.map(({ edits }) => edits)).toEqual([
      [{ path: ['training', 'optimizer', 'learningRate'], value: 0.03 }],
      [{ path: ['model', 'nodes', 1, 'activation'], value: 'leakyRelu' }],
    ])
  })

  it('need ten measurements, and a unit that wakes up once counts as alive', () => {
    expect(types({ measured: measurements(9, () => [layer({ active: bits(1, 0, 0, 0, 0, 0, 0, 0) })]) })).toEqual([])
    expect(types({ measured: measurements(10, () => [layer({ active: bits(1, 0, 0, 0, 0, 0, 0, 0) })]) })).toEqual(['deadRelu'])
    expect(types({ measured: measurements(10, (index) => [layer({ active: index === 3 ? bits(1, 1, 1, 1, 1, 0, 0, 0) : bits(1, 0, 0, 0, 0, 0, 0, 0) })]) })).toEqual([])
  })
})

describe('gradients', () => {
  const depth = (gradients: readonly number[]): LayerRecord[] => gradients.map((gradient, at) => layer({ id: `l${at}`, weights: { gradient, norm: 1, update: 1e-3 } }))
  it('vanish below a hundredth from last to first layer', () => {
    expect(types({ measured: measurements(3, () => depth([0.0099, 0.1, 1])) })).toEqual(['vanishingGradients'])
    expect(types({ measured: measurements(3, () => depth([0.0101, 0.1, 1])) })).toEqual([])
    expect(types({ measured: measurements(2, () => depth([1e-5, 0.1, 1])) })).toEqual([])
  })

  it('explode at a hundred times their median', () => {
    expect(found({ measured: measurements(12, (index) => depth([1, index === 10 ? 150 : 0])) })).toEqual(['explodingGradients: The gradient’s norm rose to 150 at step 100, 150 times its usual size: NaN may follow'])
    expect(types({ measured: measurements(12, (index) => depth([1, index === 10 ? 99 : 0])) })).toEqual([])
    expect(types({ measured: measurements(12, (index) => depth([1, index === 2 ? 150 : 0])) })).toEqual([])
  })
})

describe('updates', () => {
  const ratio = (update: number) => ({ measured: measurements(5, () => [layer({ weights: { gradient: 1, norm: 2, update: 2 * update } })]) })
  it('are too large above 0.05 and too small below 2e-5 of the weights', () => {
    expect(types(ratio(0.051))).toEqual(['updateTooLarge'])
    expect(types(ratio(0.049))).toEqual([])
    expect(types(ratio(2.1e-5))).toEqual([])
    expect(types(ratio(1.9e-5))).toEqual(['updateTooSmall'])
    expect(findingsOf(evidence(ratio(1e-5)))[0].remedies[0].edits).toEqual([{ path: ['training', 'optimizer', 'learningRate'], value: 30 }])
  })

  it('are answered with rates that somebody would try, written as numbers are everywhere', () => {
    const remedies = (learningRate: number, update: number) =>
      findingsOf(evidence({ ...ratio(update), training: { optimizer: { type: 'sgd', learningRate } } }))[0].remedies.map((remedy) => remedyText(remedy, 'en'))
    expect(remedies(0.1, 1)).toEqual(['Learning rate 0.001'])
    expect(remedies(0.001, 1)).toEqual(['Learning rate 1e−5'])
    expect(remedies(1e30, 1)).toEqual([])
    expect(remedies(2, 1e-5)).toEqual([])
    expect(remedies(1e-7, 1)).toEqual([])
  })
})

describe('saturation', () => {
  const tanh = { nodes: [{ id: 'hidden', type: 'dense', units: 8, activation: 'tanh' }, { id: 'out', type: 'dense', units: 10, activation: 'softmax' }] }
  it('is told of hidden layers from one half on', () => {
    expect(types({ ...tanh, measured: measurements(3, () => [layer({ saturation: 0.5 })]) })).toEqual(['saturation'])
    expect(types({ ...tanh, measured: measurements(3, () => [layer({ saturation: 0.49 })]) })).toEqual([])
    expect(types({ ...tanh, measured: measurements(3, () => [layer({ saturation: 0.9, last: true })]) })).toEqual([])
  })
})

describe('curvature and noise', () => {
  const measured = (records: readonly Partial<Measured['record']>[]): Measured[] => records.map((record, index) => ({ step: 10 * index, record: { learningRate: 0.1, layers: [], ...record } }))
  it('blame a rate 1.2 times above what the sharpness allows', () => {
    expect(found({ measured: measured([{ sharpness: 25 }, { sharpness: 30 }]) })).toEqual(['rateAboveSharpness: The loss curves by 30 along its steepest direction: steps are stable up to a rate of 0.06667, this one is 0.1'])
    expect(types({ measured: measured([{ sharpness: 23 }, { sharpness: 23.9 }]) })).toEqual([])
    expect(types({ measured: measured([{ sharpness: 100 }]) })).toEqual([])
    // 2 + 2μ = 3.8 allows 38, and Nesterov's 3.8 / 2.8 allows 13.6.
    const optimizer = (type: string) => ({ training: { optimizer: { type, learningRate: 0.1, momentum: 0.9 } }, measured: measured([{ sharpness: 44 }, { sharpness: 44 }]) })
    expect([types(optimizer('momentum')), types(optimizer('nesterov')), types({ ...optimizer('momentum'), training: { optimizer: { type: 'adam' } } })]).toEqual([[], ['rateAboveSharpness'], []])
  })

  it('ask for larger batches from twenty times the batch on', () => {
    expect(types({ measured: measured([{ noiseScale: 640 }, { noiseScale: 640 }, { noiseScale: 640 }]) })).toEqual(['batchNoise'])
    expect(types({ measured: measured([{ noiseScale: 639 }, { noiseScale: 639 }, { noiseScale: null }]) })).toEqual([])
    expect(types({ measured: measured([{ noiseScale: null }, { noiseScale: null }, { noiseScale: null }]) })).toEqual([])
    expect(findingsOf(evidence({ measured: measured([{ noiseScale: 1000 }, { noiseScale: 1000 }, { noiseScale: null }]) }))[0].remedies[0].edits).toEqual([{ path: ['training', 'batchSize'], value: 128 }])
  })
})

describe('curves', () => {
  it('show overfitting once validation stays 5% above its best while training falls', () => {
    const training = curve([3, 2, 1.5, 1, 0.5])
    expect(found({ curves: { 'epoch.loss': training, 'val.loss': curve([2, 1, 1.06, 1.06, 1.2]) } })).toEqual(['overfitting: The validation loss has risen by 20% since step 2 while the training loss fell from 2 to 0.5'])
    expect(types({ curves: { 'epoch.loss': training, 'val.loss': curve([2, 1, 1.06, 1.04, 1.2]) } })).toEqual([])
    expect(types({ curves: { 'epoch.loss': curve([1, 1, 2, 3, 4]), 'val.loss': curve([2, 1, 1.06, 1.06, 1.2]) } })).toEqual([])
  })

  it('show a loss that diverges, one that stands still, and leave one that falls alone', () => {
    expect(types({ curves: { 'train.loss': curve(Array.from({ length: 100 }, (_, at) => (at < 50 ? 2 - at / 50 : 1 + (at - 50) / 25))) } })).toEqual(['diverging'])
    expect(types({ curves: { 'train.loss': curve(Array.from({ length: 100 }, (_, at) => 2.3 + 0.2 * Math.exp(-at / 5) + 0.01 * (at % 2))) } })).toEqual(['plateau'])
    expect(types({ curves: { 'train.loss': curve(Array.from({ length: 100 }, (_, at) => 2 * Math.exp(-at / 30))) } })).toEqual([])
    expect(types({ curves: { 'train.loss': curve(Array.from({ length: 19 }, () => 2)) } })).toEqual([])
  })

  it('of a failed run blame the step', () => {
    const errors = [{ code: 'training-not-finite', path: ['training'], args: { step: 15 } }]
    expect(found({ errors })).toEqual(['notFinite: NaN or Infinity at step 15: the run blew up'])
  })
})
