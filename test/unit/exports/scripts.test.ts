import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TargetInfo } from '@shared/catalog/losses/loss'
import { buildPlan } from '@shared/compile'
import { experimentScript, FRAMEWORKS, type Framework } from '@shared/export-code'
import { identifiers } from '@shared/export-code/python/names'
import { python, remark } from '@shared/export-code/python/literal'
import { need, parseDocument } from '@shared/spec'
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
  'digits-tuned': {
    sample: [1, 8, 8],
    target: classes(10),
    document: {
      name: 'digits, tuned',
      dataset: { type: 'digits', shape: 'image', split: { validation: 0.2 } },
      model: {
        nodes: [
          { id: 'conv', type: 'conv2d', filters: 16, kernelSize: 3, padding: 'same' },
          { id: 'norm', type: 'batchNormalization', freezeAfter: 500 },
          { type: 'activation', activation: 'relu' },
          { type: 'flatten' },
          { id: 'out', type: 'dense', units: 10, activation: 'softmax' },
        ],
      },
      training: {
        loss: 'categoricalCrossentropy',
        metrics: ['accuracy'],
        optimizer: { type: 'adamw', dialect: 'pytorch', learningRate: 0.003, weightDecay: 0.05 },
        schedule: { type: 'oneCycle', momentum: {} },
        augmentation: [{ type: 'rotate', degrees: 15 }, { type: 'shift' }, { type: 'cutout', size: 2 }, 'mixup'],
        parameterGroups: [{ layers: ['conv'], rateFactor: 0.5 }],
        averaging: { type: 'ema', decay: 0.99, warmup: true },
        stopping: [{ type: 'earlyStopping', monitor: 'val.accuracy', patience: 5 }, { type: 'steps', steps: 2000 }],
        gradientClip: { type: 'globalNorm', maximum: 1, epsilon: 1e-6 },
        epochs: 40,
      },
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
  const parsed = need(parseDocument({ format: 1, ...document }))
  const plan = need(buildPlan(parsed, { sample, target }))
  return need(experimentScript(framework, parsed, plan))
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

describe('what a script says for a setting', () => {
  const softmax = { type: 'dense', units: 3, activation: 'softmax' }
  const of = (framework: Framework, training: object, nodes: readonly object[] = [softmax], sample: Shape = [4]): string =>
    script(framework, { sample, target: classes(3), document: { dataset: { type: 'digits', ...(sample.length === 3 ? { shape: 'image' } : {}) }, model: { nodes }, training: { loss: 'categoricalCrossentropy', optimizer: 'sgd', ...training } } })

  it('Keras has a form of its own', () => {
    expect(of('keras', { gradientClip: { type: 'globalNorm', maximum: 2 } })).toContain('global_clipnorm=2')
    expect(of('keras', { stopping: ['earlyStopping'] })).toContain('keras.callbacks.EarlyStopping(monitor="val_loss", mode="min", patience=10, min_delta=0, restore_best_weights=True)')
    expect(of('keras', { schedule: 'plateau' })).toContain('keras.callbacks.ReduceLROnPlateau(')
    expect(of('keras', { averaging: 'ema' })).toContain('use_ema=True, ema_momentum=0.999')
    expect(of('keras', { accumulation: 4 })).toContain('in 4 parts')
    expect(of('keras', { parameterGroups: [{ layers: ['base'], frozen: true }] }, [{ id: 'base', type: 'dense', units: 4 }, softmax])).toContain('trainable=False, name="base")')
  })

  it('Keras’s own would look at something else', () => {
    for (const training of [{ regularization: 'l2' }, { evaluateEvery: { steps: 3 } }, { averaging: 'ema' }]) {
      const text = of('keras', { stopping: ['earlyStopping'], ...training })
      expect(text).not.toContain('keras.callbacks.EarlyStopping')
      expect(text).toContain('rules = [("val.loss", EarlyStopping(patience=10, restore_best_weights=True))]')
    }
    expect(of('keras', { schedule: { type: 'plateau', relative: true } })).toContain('class Plateau:')
    expect(of('keras', { gradientClip: 'adaptive' })).toContain('def change_gradients(gradients, variables, step):')
  })

  it('PyTorch has a form of its own', () => {
    expect(of('pytorch', { gradientNoise: {}, gradientClip: 'adaptive' })).toContain('torch.randn_like')
    expect(of('pytorch', { averaging: 'swa' })).toContain('AveragedModel(model)')
    expect(of('pytorch', { stopping: [{ type: 'seconds', seconds: 9 }] })).toContain('time.monotonic() - begun >= SECONDS')
    expect(of('pytorch', { optimizer: { type: 'adamw', weightDecay: 0.1 }, parameterGroups: [{ layers: ['base'], rateFactor: 0.1, decay: 'none' }] }, [{ id: 'base', type: 'dense', units: 4 }, softmax])).toContain('{"params": [model.base.weight, model.base.bias], "lr": LEARNING_RATE * 0.1, "rate_factor": 0.1, "decay": 0},')
    expect(of('pytorch', {}, [{ id: 'norm', type: 'batchNormalization', freezeAfter: 7 }, softmax])).toMatch(/if step >= 7:\n +model\.norm\.eval\(\)/)
  })

  it('noise of gradients, which is drawn anew in every framework', () => {
    expect(of('keras', { gradientNoise: { variance: 0.3, decay: 0.55 } })).toMatch(/deviation = ops\.sqrt\(0\.3 \/ \(1 \+ ops\.cast\(step, "float32"\)\) \*\* 0\.55\)/)
    expect(of('pytorch', { gradientNoise: { variance: 0.3, decay: 0.55 } })).toContain('torch.randn_like(each) * (0.3 / (1 + step) ** 0.55) ** 0.5')
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
