import { describe, expect, it } from 'vitest'
import { activations } from '@shared/catalog/activations'
import { augmentations } from '@shared/catalog/augmentations'
import { averagings } from '@shared/catalog/averaging'
import { clippings } from '@shared/catalog/clipping'
import { constraints } from '@shared/catalog/constraints'
import { datasetDefinitions } from '@shared/catalog/datasets'
import { initializers } from '@shared/catalog/initializers'
import { layers } from '@shared/catalog/layers'
import { losses } from '@shared/catalog/losses'
import { metrics } from '@shared/catalog/metrics'
import { optimizers } from '@shared/catalog/optimizers'
import { regularizers } from '@shared/catalog/regularizers'
import { schedules } from '@shared/catalog/schedules'
import { stoppings } from '@shared/catalog/stopping'
import type { TargetInfo } from '@shared/catalog/losses/loss'
import { buildPlan } from '@shared/compile'
import { experimentScript, FRAMEWORKS, lowerKeras, lowerPytorch } from '@shared/export-code'
import { penaltiesOf } from '@shared/export-code/training/penalties'
import type { Shape } from '@shared/graph'
import { IssueError, need } from '@shared/spec/issue'
import { parseDocument } from '@shared/spec'
import { trainedModel, type Sketch } from '@test/helpers/trained-model'
import { ALL } from './more-sketches'

/** Single options that are refused, with the issue that says so. */
const REFUSED_OPTIONS: readonly (readonly [string, object, Readonly<Partial<Record<'keras' | 'pytorch', string>>>])[] = [
  ['an orthogonal bias', { model: { nodes: [dense({ biasInitializer: 'orthogonal' })] } }, { keras: 'export-initializer-unsupported' }],
  ['a rule that looks at metrics of training rows', { training: { metrics: ['accuracy'], stopping: [{ type: 'target', monitor: 'epoch.accuracy', value: 0.9 }] } }, { keras: 'export-training-unsupported' }],
  ['a rule that looks at the training loss, beside penalties', { training: { regularization: 'l2', stopping: [{ type: 'target', monitor: 'epoch.loss', value: 0.9 }] } }, { keras: 'export-training-unsupported' }],
  ['two rules that restore', { training: { stopping: ['earlyStopping', { type: 'earlyStopping', monitor: 'epoch.loss' }] } }, { keras: 'export-training-unsupported', pytorch: 'export-training-unsupported' }],
  ['distillation', { training: { distillation: { teacher: { run: '20261122-0631-abc4' } } } }, { keras: 'export-training-unsupported', pytorch: 'export-training-unsupported' }],
  ['distillation with a layer that is matched', { training: { distillation: { teacher: { kind: 'onnx', file: 'teacher.onnx' }, feature: { teacher: 'a', student: 'dense1' } } } }, { keras: 'export-training-unsupported', pytorch: 'export-training-unsupported' }],
  ['a penalty on the answers of the last activation', { model: { nodes: [dense({ activityRegularizer: 'l2' })] } }, { keras: 'export-activity-of-logits', pytorch: 'export-activity-of-logits' }],
]

const FORMATS = ['keras', 'pytorch', 'tfjs'] as const
const CLASSES: TargetInfo = { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] }
const VALUE: TargetInfo = { kind: 'value', shape: [1], names: ['y'] }
const PICTURE: Shape = [1, 8, 8]

interface Case {
  readonly sample?: Shape
  readonly target?: TargetInfo
  readonly document: object
}

function dense(options: object = {}): object {
  return { type: 'dense', units: 3, activation: 'softmax', ...options }
}

/** What every format says of an experiment: the codes of its issues, none where it is written. */
function said(framework: 'keras' | 'pytorch', { sample = [4], target = CLASSES, document }: Case): readonly string[] {
  const { training, ...others } = document as { readonly training?: object }
  const parsed = need(parseDocument({ format: 1, dataset: { type: 'digits' }, model: { nodes: [dense()] }, ...others, training: { loss: 'categoricalCrossentropy', optimizer: 'sgd', ...training } }))
  const plan = need(buildPlan(parsed, { sample, target }))
  const made = experimentScript(framework, parsed, plan)
  return made.ok ? [] : made.issues.map(({ code }) => code)
}

const training = (options: object): Case => ({ document: { training: options } })
const node = (options: object): Case => ({ document: { model: { nodes: [dense(options)] } } })
const typesOf = (definitions: readonly { readonly type: string }[]): string[] => definitions.map(({ type }) => type)
const each = (definitions: readonly { readonly type: string }[], make: (type: string) => Case): Record<string, Case> => Object.fromEntries(typesOf(definitions).map((type) => [type, make(type)]))

/** What a definition needs beside its type. */
const FILES: Readonly<Record<string, object>> = {
  csv: { path: 'table.csv', target: 'kind' },
  idx: { images: 'images.idx', labels: 'labels.idx' },
  npy: { path: 'arrays.npz', features: 'x', targets: 'y' },
  'image-folder': { path: 'pictures' },
  'sequence-csv': { path: 'table.csv', target: 'kind' },
}
const STOPPING_OPTIONS: Readonly<Record<string, object>> = { target: { value: 0.3 }, steps: { steps: 5 }, seconds: { seconds: 5 } }
const SCHEDULE_OPTIONS: Readonly<Record<string, object>> = { piecewise: { pieces: [{ from: 1, factor: 0.1 }] } }

const SCRIPTED: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  activations: each(activations, (activation) => ({ document: { model: { nodes: [{ type: 'dense', units: 4, activation }, dense()] } } })),
  initializers: each(initializers, (kernelInitializer) => node({ kernelInitializer })),
  regularizers: each(regularizers, (type) => ({ document: { model: { nodes: [{ type: 'dense', units: 4, kernelRegularizer: type, activityRegularizer: type }, dense()] }, training: { regularization: type } } })),
  constraints: each(constraints, (type) => node({ kernelConstraint: type, biasConstraint: type })),
  losses: each(losses, (loss) => ({ document: { model: { nodes: [dense(loss === 'binaryCrossentropy' ? { activation: 'sigmoid' } : {})] }, training: { loss } } })),
  metrics: each(metrics, (type) =>
    type === 'r2' ? { target: VALUE, document: { model: { nodes: [{ type: 'dense', units: 1 }] }, training: { loss: 'meanSquaredError', metrics: [type] } } } : training({ metrics: [type] }),
  ),
  schedules: each(schedules, (type) => training({ schedule: { type, ...SCHEDULE_OPTIONS[type] } })),
  'schedules that cycle momentum': each(schedules, (type) => training({ schedule: { type, momentum: {}, ...SCHEDULE_OPTIONS[type] }, optimizer: 'momentum' })),
  'clipping': each(clippings, (gradientClip) => training({ gradientClip, gradientNoise: {} })),
  averaging: each(averagings, (type) => training({ averaging: { type, statistics: 'average' } })),
  'stopping rules': each(stoppings, (type) => training({ stopping: [{ type, ...STOPPING_OPTIONS[type] }] })),
  augmentations: each(augmentations, (type) => ({ sample: PICTURE, document: { dataset: { type: 'digits', shape: 'image' }, model: { nodes: [{ type: 'flatten' }, dense()] }, training: { augmentation: [type] } } })),
  'data sets': each(datasetDefinitions, (type) => ({ document: { dataset: { type, ...FILES[type] } } })),
  preprocessing: { labelNoise: { document: { dataset: { type: 'digits', preprocess: { labelNoise: 0.1 } } } } },
  'optimizers and their dialects': Object.fromEntries(optimizers.flatMap(({ type, dialects }) => Object.keys(dialects).map((dialect) => [`${type} ${dialect}`, training({ optimizer: { type, dialect, weightDecay: 0.01 } })]))),
}

function refusedOf(cases: Readonly<Record<string, Case>>): Record<string, readonly string[]> {
  const found = Object.entries(cases).map(([name, one]) => [name, FRAMEWORKS.filter((framework) => said(framework, one).length > 0)] as const)
  return Object.fromEntries(found.filter(([, formats]) => formats.length > 0))
}

function isRefused(lower: () => unknown): boolean {
  try {
    lower()
    return false
  } catch (error) {
    if (error instanceof IssueError) return true
    throw error
  }
}

/** Formats that write no sketch with this layer. */
function refusingLayer(type: string, sketches: readonly Sketch[]): readonly string[] {
  const models = sketches.filter(({ nodes }) => nodes.some((one) => (one as { readonly type: string }).type === type)).map((sketch) => trainedModel(sketch))
  expect([type, models.length]).toEqual([type, expect.any(Number)])
  const lower = { keras: lowerKeras, pytorch: lowerPytorch, tfjs: lowerKeras }
  return FORMATS.filter((format) =>
    models.every(({ plan }) => isRefused(() => (format === 'pytorch' ? lower.pytorch(plan, { training: true }) : lower[format](plan, { target: format, training: format === 'keras', penalties: penaltiesOf(plan) })))),
  )
}

describe('every definition of the catalog is exported; single options are refused for a reason', () => {
  it.each(Object.entries(SCRIPTED))('%s as Keras and PyTorch scripts', (_kind, cases) => {
    expect(Object.keys(cases).length).toBeGreaterThan(0)
    expect(refusedOf(cases)).toEqual({})
  })

  it('layers as Keras, PyTorch and TensorFlow.js models', () => {
    const sketches: Sketch[] = [...Object.values(ALL), ...['dropout', 'spatialDropout2d', 'gaussianNoise', 'zeroPadding2d', 'upsampling2d'].map((type): Sketch => ({ sample: [2, 6, 6], nodes: [{ type: 'input' }, { type }, { type: 'flatten' }, dense()] }))]
    const found = typesOf(layers).filter((type) => type !== 'input').map((type) => [type, refusingLayer(type, sketches)] as const)
    expect(Object.fromEntries(found.filter(([, formats]) => formats.length > 0))).toEqual({})
  })

  it.each(REFUSED_OPTIONS)('%s is refused in words', (_name, document, codes) => {
    for (const framework of FRAMEWORKS) expect(said(framework, { document })).toEqual(codes[framework] === undefined ? [] : [codes[framework]])
  })
})

