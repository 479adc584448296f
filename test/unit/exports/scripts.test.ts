import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { datasetDefinitions } from '@shared/catalog/datasets'
import { layers } from '@shared/catalog/layers'
import { losses } from '@shared/catalog/losses'
import { metrics } from '@shared/catalog/metrics'
import { optimizers } from '@shared/catalog/optimizers'
import { schedules } from '@shared/catalog/schedules'
import type { TargetInfo } from '@shared/catalog/losses/loss'
import { buildPlan } from '@shared/compile'
import { experimentScript, FRAMEWORKS, type Framework } from '@shared/export-code'
import { KERAS_FORMS } from '@shared/export-code/keras/layers'
import { GENERATORS } from '@shared/export-code/data/generators'
import { ARRAYS } from '@shared/export-code/data/arrays'
import { TORCH_FORMS } from '@shared/export-code/pytorch/layers'
import { ruleForm } from '@shared/export-code/optimizer/form'
import { identifiers } from '@shared/export-code/python/names'
import { python, remark } from '@shared/export-code/python/literal'
import { resolveOptimizer } from '@shared/catalog/optimizers'
import { parseDocument } from '@shared/spec'
import type { Shape } from '@shared/graph'

const golden = join(import.meta.dirname, '../../fixtures/exports/golden')

interface Case {
  readonly document: object
  readonly sample: Shape
  readonly target: TargetInfo
}

const classes = (count: number): TargetInfo => ({ kind: 'class', classes: count, classNames: Array.from({ length: count }, (_, at) => String(at)) })

const CASES: Readonly<Record<string, Case>> = {
  'digits-cnn': {
    sample: [1, 8, 8],
    target: classes(10),
    document: {
      name: 'digits-cnn',
      dataset: { type: 'digits', shape: 'image', split: { validation: 0.2 } },
      model: {
        nodes: [
          { id: 'conv', type: 'conv2d', filters: 16, kernelSize: 3, padding: 'same', kernelInitializer: 'heNormal' },
          { type: 'batchNormalization' },
          { type: 'activation', activation: 'relu' },
          { type: 'maxPooling2d' },
          { type: 'flatten' },
          { type: 'dropout', rate: 0.25 },
          { type: 'dense', units: 10, activation: 'softmax' },
        ],
      },
      training: { loss: 'categoricalCrossentropy', metrics: ['accuracy', 'confusionMatrix'], optimizer: { type: 'adam', learningRate: 0.002 }, schedule: { type: 'cosine', warmup: { epochs: 1 } }, epochs: 20 },
    },
  },
  'residual-adamw': {
    sample: [3, 32, 32],
    target: classes(4),
    document: {
      name: 'residual',
      dataset: { type: 'image-folder', path: 'pictures', preprocess: { features: 'standardize' } },
      model: {
        nodes: [
          { id: 'in', type: 'input' },
          { id: 'a', type: 'conv2d', filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' },
          { id: 'b', type: 'conv2d', filters: 8, kernelSize: 3, padding: 'same', kernelRegularizer: { type: 'l1', factor: 0.001 } },
          { id: 'sum', type: 'add' },
          { id: 'pool', type: 'globalAveragePooling2d' },
          { id: 'out', type: 'dense', units: 4, activation: 'softmax' },
        ],
        edges: [['in', 'a'], ['a', 'b'], ['a', 'sum'], ['b', 'sum'], ['sum', 'pool'], ['pool', 'out']],
      },
      training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: { type: 'adamw', dialect: 'pytorch' }, regularization: { type: 'l2', factor: 1e-4, convention: 'half' }, epochs: 5, batchSize: 64 },
    },
  },
  'regression-textbook': {
    sample: [3],
    target: { kind: 'value', shape: [1], names: ['price'] },
    document: {
      name: 'houses',
      dataset: { type: 'csv', path: 'houses.csv', target: 'price', ignore: ['id'], preprocess: { targets: 'standardize', missing: 'median', unseen: 'zeros' }, split: { validation: 0.2, test: 0.1, shuffle: false } },
      model: { nodes: [{ type: 'dense', units: 16, activation: { type: 'leakyRelu', negativeSlope: 0.1 } }, { type: 'dense', units: 1 }] },
      training: { loss: { type: 'huber', delta: 0.5 }, metrics: ['r2', 'meanAbsoluteError'], optimizer: { type: 'momentum', dialect: 'textbook', weightDecay: 0.001 }, schedule: { type: 'step', stepSize: 5 }, batchSize: 'full', epochs: 100, shuffle: false, evaluateEvery: { steps: 10 } },
    },
  },
  'spiral-lion': {
    sample: [2],
    target: classes(2),
    document: {
      name: 'spiral',
      dataset: { type: 'spiral' },
      model: { nodes: [{ type: 'dense', units: 32, activation: 'tanh' }, { type: 'dense', units: 1, activation: 'sigmoid' }] },
      training: { loss: 'binaryCrossentropy', metrics: ['accuracy', 'f1'], optimizer: { type: 'lion', weightDecay: 0.1 }, epochs: 50 },
    },
  },
}

function script(framework: Framework, { document, sample, target }: Case): string {
  const parsed = parseDocument({ format: 1, ...document })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  const plan = buildPlan(parsed.value, { sample, target })
  if (!plan.ok) throw new Error(JSON.stringify(plan.issues))
  const made = experimentScript(framework, parsed.value, plan.value)
  if (!made.ok) throw new Error(JSON.stringify(made.issues))
  return made.value
}

describe.each(FRAMEWORKS)('an experiment as a %s script', (framework) => {
  it.each(Object.entries(CASES))('%s', async (name, each) => {
    await expect(script(framework, each)).toMatchFileSnapshot(join(golden, `${name}.${framework}.py`))
  })

  it('keeps hostile names within their strings and comments', () => {
    const name = `"""\nimport os\nos.system("rm -rf /")\n\\u0022\u2028import os # ' \\`
    const hostile = { ...CASES['digits-cnn'], document: { ...CASES['digits-cnn'].document, name, dataset: { type: 'csv', path: `"); os.abort() #\n`, target: `'''\n"`, delimiter: '"' } }, sample: [64] }
    const text = script(framework, { ...hostile, document: { ...hostile.document, model: { nodes: [{ type: 'dense', units: 10, activation: 'softmax' }] } }, target: { kind: 'class', classes: 10, classNames: Array.from({ length: 10 }, (_, at) => `"\n\\${String(at)}`) } })
    // Whatever stands outside of strings is ours: no line begins with what the names bring.
    expect(text.split(/\r\n|[\n\r\u2028\u2029\f\v\u0085]/).filter((line) => /^\s*(import os\b|os\.)/.test(line))).toEqual([])
    expect(text.match(/"""/g)?.length).toBeGreaterThan(0)
    expect((text.match(/"""/g) ?? []).length % 2).toBe(0)
  })
})

const compact = (training: object, target: TargetInfo, last: object): Case => ({ sample: [4], target, document: { dataset: { type: 'iris' }, model: { nodes: [last] }, training: { optimizer: 'sgd', ...training } } })

describe('everything of the catalog has a form, or is known not to', () => {
  const typesOf = (definitions: readonly { readonly type: string }[]): string[] => definitions.map(({ type }) => type)

  it('layers', () => {
    for (const forms of [KERAS_FORMS, TORCH_FORMS]) expect(typesOf(layers).filter((type) => type !== 'input' && !forms.has(type))).toEqual([])
  })

  it('data sets', () => {
    expect(typesOf(datasetDefinitions).filter((type) => type !== 'csv' && !(type in GENERATORS) && !(type in ARRAYS))).toEqual([])
  })

  it('optimizers, in every dialect', () => {
    for (const { type, dialects } of optimizers) {
      for (const dialect of Object.keys(dialects)) {
        const resolved = resolveOptimizer({ type, dialect })
        // Its weights are not where the gradient is taken: scripts refuse it.
        if (type === 'nesterov' && dialect === 'textbook') continue
        expect([type, dialect, resolved.ok && ruleForm(resolved.value)?.family]).toEqual([type, dialect, expect.any(String)])
      }
    }
  })

  it.each(FRAMEWORKS)('schedules, losses and metrics in %s', (framework) => {
    const softmax = { type: 'dense', units: 3, activation: 'softmax' }
    for (const { type } of schedules.filter((each) => each.type !== 'plateau' || framework === 'keras')) expect(script(framework, compact({ loss: 'categoricalCrossentropy', schedule: type }, classes(3), softmax))).toContain('LEARNING_RATE')
    for (const { type } of losses) expect(script(framework, compact({ loss: type }, classes(3), type === 'binaryCrossentropy' ? { ...softmax, activation: 'sigmoid' } : softmax))).toContain('def train(')
    for (const { type } of metrics) {
      const values = type === 'r2'
      const made = script(framework, compact({ loss: values ? 'meanSquaredError' : 'categoricalCrossentropy', metrics: [type] }, values ? { kind: 'value', shape: [1], names: ['y'] } : classes(3), values ? { type: 'dense', units: 1 } : softmax))
      expect(made).toContain('def scores(outputs, y):')
    }
  })
})

describe('what has no exact form is an issue that names the place', () => {
  const refusals: readonly (readonly [Framework, object, string])[] = [
    ['keras', { gradientClip: 'adaptive' }, 'gradientClip adaptive'],
    ['keras', { gradientClip: { type: 'norm', epsilon: 1e-6 } }, 'gradientClip norm with epsilon'],
    ['keras', { gradientClip: 'norm', optimizer: { type: 'sgd', dialect: 'pytorch', weightDecay: 0.1 } }, 'gradientClip beside coupled weightDecay'],
    ['keras', { gradientNoise: {} }, 'gradientNoise'],
    ['keras', { stopping: [{ type: 'seconds', seconds: 3 }] }, 'stopping seconds'],
    ['keras', { stopping: ['earlyStopping'], regularization: 'l2' }, 'stopping earlyStopping'],
    ['pytorch', { stopping: ['earlyStopping'] }, 'stopping earlyStopping'],
    ['keras', { averaging: 'swa' }, 'averaging swa'],
    ['pytorch', { averaging: { type: 'ema', statistics: 'average' } }, 'averaging ema'],
    ['pytorch', { schedule: { type: 'oneCycle', momentum: {} }, optimizer: 'momentum' }, 'schedule.momentum'],
    ['keras', { schedule: { type: 'oneCycle', momentum: {} }, optimizer: 'momentum' }, 'schedule.momentum'],
  ]
  it.each(refusals)('%s: %j', (framework, training, setting) => {
    const each = compact({ loss: 'categoricalCrossentropy', ...training }, classes(3), { type: 'dense', units: 3, activation: 'softmax' })
    expect(() => script(framework, each)).toThrow(JSON.stringify(setting).slice(1, -1))
  })

  it('what has one is written', () => {
    const softmax = { type: 'dense', units: 3, activation: 'softmax' }
    const of = (framework: Framework, training: object) => script(framework, compact({ loss: 'categoricalCrossentropy', ...training }, classes(3), softmax))
    expect(of('keras', { gradientClip: { type: 'globalNorm', maximum: 2 } })).toContain('global_clipnorm=2')
    expect(of('keras', { stopping: ['earlyStopping'] })).toContain('keras.callbacks.EarlyStopping(monitor="val_loss", mode="min", patience=10, min_delta=0, restore_best_weights=True)')
    expect(of('keras', { schedule: 'plateau' })).toContain('keras.callbacks.ReduceLROnPlateau(')
    expect(of('keras', { averaging: 'ema' })).toContain('use_ema=True, ema_momentum=0.999')
    expect(of('keras', { accumulation: 4 })).toContain('in 4 parts')
    expect(of('pytorch', { gradientNoise: {}, gradientClip: 'adaptive' })).toContain('torch.randn_like')
    expect(of('pytorch', { averaging: 'swa' })).toContain('AveragedModel(model)')
  })

  it('an orthogonal bias in Keras', () => {
    const parsed = parseDocument({ format: 1, dataset: { type: 'iris' }, model: { nodes: [{ id: 'out', type: 'dense', units: 3, activation: 'softmax', biasInitializer: 'orthogonal' }] }, training: { loss: 'categoricalCrossentropy', optimizer: 'sgd' } })
    const plan = parsed.ok ? buildPlan(parsed.value, { sample: [4], target: classes(3) }) : parsed
    if (!parsed.ok || !plan.ok) throw new Error('no plan')
    expect(experimentScript('keras', parsed.value, plan.value)).toEqual({ ok: false, issues: [{ code: 'export-initializer-unsupported', path: [], args: { initializer: 'orthogonal', weight: 'bias', node: 'out' } }] })
    expect(experimentScript('pytorch', parsed.value, plan.value)).toMatchObject({ ok: true })
  })
})

describe('Python text', () => {
  it('writes values as Python reads them', () => {
    expect([python('a"b\\c\n\u202e'), python(1e-7), python(Infinity), python(-Infinity), python(Number.NaN), python([1]), python([]), python(null), python(true)]).toEqual([
      String.raw`"a\"b\\c\n\u202e"`,
      '1e-7',
      'float("inf")',
      'float("-inf")',
      'float("nan")',
      '(1,)',
      '()',
      'None',
      'True',
    ])
  })

  it('keeps remarks on one line that ends nothing', () => {
    expect(remark('a\n"""\r\u2028b\\')).toBe('a ””” b/')
  })

  it('names every node differently, and none like Python’s words', () => {
    const names = identifiers(['a-b', 'a_b', 'lambda', 'train', 'a_b_2', 'forward'])
    expect(new Set(names.values()).size).toBe(6)
    for (const name of names.values()) expect(name).toMatch(/^[A-Za-z_]\w*$/)
    for (const word of ['lambda', 'train', 'forward']) expect([...names.values()]).not.toContain(word)
  })
})
