import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { arraysOf, kerasWeights, type NamedArray } from '@main/core/exports/collected'
import { kerasExporter } from '@main/core/exports/keras'
import { encodeNpy, encodeNpz } from '@main/core/exports/npy'
import { pytorchExporter } from '@main/core/exports/pytorch'
import { targetShape } from '@shared/catalog/losses'
import { rateAt } from '@shared/catalog/schedules'
import { buildPlan, type TrainingPlan } from '@shared/compile'
import { experimentScript, FRAMEWORKS, lowerKeras, lowerPytorch, type Framework } from '@shared/export-code'
import { frozenLayers } from '@shared/export-code/training/groups'
import { sizeOf } from '@shared/graph'
import { randomSource, type RandomSource } from '@shared/lib/random'
import { need, parseDocument, type ExperimentDocument } from '@shared/spec'
import { drawFeatures, trainedModel, type Sketch } from '@test/helpers/trained-model'
import { sharedDirectory } from '@test/helpers/temporary'
import { AUGMENTATION_CASES, augmentByReference } from './augmentation-cases'
import { ALL } from './more-sketches'
import { trainByReference, type ReferenceRows } from './reference-training'
import { OPTIMIZER_CASES, SCHEDULES, TRAINING_CASES, type ScriptCase } from './script-cases'
import { predict } from './sketches'

/**
 * Exports and scripts in their own ecosystem. Needs a Python with torch, keras, tensorflow, safetensors and numpy:
 * DESCENT_PYTHON=/path/to/python.
 */
const python = process.env.DESCENT_PYTHON ?? ''
if (python === '') console.warn('SKIPPED: Python exports are not loaded by Keras and PyTorch. Give DESCENT_PYTHON=<a Python with torch, keras, tensorflow, safetensors, numpy>.')

/** DESCENT_PYTHON_CASES=<regular expression>: cases of these names alone, to look at them. */
const only = new RegExp(process.env.DESCENT_PYTHON_CASES ?? '')
function chosen<T>(cases: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(cases).filter(([name]) => only.test(name))
}

const root = sharedDirectory()

const fixtures = join(import.meta.dirname, '../../fixtures/exports')
const resources = join(import.meta.dirname, '../../../resources')
const ROWS = 11
const SCRIPTS = { ...OPTIMIZER_CASES, ...TRAINING_CASES }
const VALIDATION_ROWS = 5
const EPOCHS = 3

function write(folder: string, files: Readonly<Record<string, Uint8Array | string>>): void {
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
}

function slug(name: string): string {
  return name.replace(/[^a-z0-9]+/gi, '-')
}

function writeModel(name: string, sketch: Sketch): void {
  const folder = join(root, 'models', slug(name))
  const model = trainedModel(sketch)
  const rows = 4
  const features = drawFeatures(model, rows, sketch)
  const expected = Float32Array.from(predict(model, features, rows))
  const shape = [rows, ...model.plan.model.outputShape]
  const undo = model.targetPreprocessing
  write(folder, {
    'features.npy': encodeNpy(features, [rows, ...sketch.sample]),
    // Features are raw values times 1/16.
    'raw.npy': encodeNpy(features.map((value) => value * 16), [rows, ...sketch.sample]),
    'expected.npy': encodeNpy(expected, shape),
    'predicted.npy': encodeNpy(undo === null ? expected : expected.map((value) => value / undo.scale[0] + undo.shift[0]), shape),
  })
  write(join(folder, 'keras'), unzipSync(kerasExporter.write(model)))
  write(join(folder, 'pytorch'), unzipSync(pytorchExporter.write(model)))
}

function documentOf({ nodes, training }: Pick<ScriptCase, 'nodes' | 'training'>): ExperimentDocument {
  return need(parseDocument({ format: 1, name: 'case', dataset: { type: 'digits' }, model: { nodes }, training: { batchSize: 4, epochs: EPOCHS, shuffle: false, ...training } }))
}

/** The experiment by file name. */
function scriptsOf(name: string, document: ExperimentDocument, plan: TrainingPlan, frameworks: readonly Framework[] = FRAMEWORKS): Record<string, string> {
  const scripts = frameworks.map((framework) => {
    const script = experimentScript(framework, document, plan)
    if (!script.ok) throw new Error(`${name}: ${JSON.stringify(script.issues)}`)
    return [`${framework}.py`, script.value] as const
  })
  return Object.fromEntries(scripts)
}

function writeScript(name: string, sketch: ScriptCase): void {
  const document = documentOf(sketch)
  const plan = buildPlan(document, { sample: sketch.sample, target: sketch.target })
  if (!plan.ok) throw new Error(`${name}: ${JSON.stringify(plan.issues)}`)
  const random = randomSource(3, name)
  const training = drawRows(sketch, random, ROWS)
  const validation = drawRows(sketch, random, VALIDATION_ROWS)
  const { start, loss, objective, outputs } = trainByReference(document, plan.value, training, validation)
  const state = [...start].map(([each, data]) => ({ name: each, data, shape: [] }))
  const scripts = scriptsOf(name, document, plan.value, sketch.pytorchOnly === true ? ['pytorch'] : FRAMEWORKS)
  const arrays = [training, validation].flatMap((part, index) => {
    const before = index === 0 ? '' : 'validation_'
    const features: NamedArray & { readonly data: Float32Array } = { name: 'x', shape: [part.rows, ...sketch.sample], data: part.x }
    return [features, targetsOf(scripts['pytorch.py'], sketch, part, plan.value.model.outputShape)].map((array) => ({ ...array, name: `${before}${array.name}` }))
  })
  write(join(root, 'scripts', slug(name)), {
    ...scripts,
    'data.npz': encodeNpz('test', arrays),
    'keras.npz': encodeNpz('test', kerasWeights({ state }, lowerKeras(plan.value, { target: 'keras' }))),
    'pytorch.npz': encodeNpz('test', arraysOf({ state }, lowerPytorch(plan.value, { training: false }).weights)),
    'outputs.npy': encodeNpy(Float32Array.from(outputs), [ROWS, ...plan.value.model.outputShape]),
    // Keras counts no penalties on weights that are frozen.
    'expected.json': JSON.stringify({ loss, objective: frozenLayers(plan.value).size > 0 ? null : objective }),
  })
}

function drawRows({ sample, target, targets }: ScriptCase, random: RandomSource, rows: number): ReferenceRows {
  const x = Float32Array.from({ length: rows * sizeOf(sample) }, () => random.normal())
  const y = target.kind === 'class' ? Float64Array.from({ length: rows * sizeOf(targetShape(target)) }, (_, at) => at % target.classes) : Float64Array.from({ length: rows * sizeOf(target.shape) }, () => Math.fround(targets ?? random.normal()))
  return { x, y, rows }
}

/** Targets as the script's own `load_data` would give them. */
function targetsOf(script: string, { target }: ScriptCase, { y, rows }: ReferenceRows, outputShape: readonly number[]): NamedArray & { readonly data: Float32Array } {
  if (target.kind === 'value') return { name: 'y', shape: [rows, ...outputShape], data: Float32Array.from(y) }
  if (script.includes('y = targets.astype("int64")')) return { name: 'labels', shape: [rows, ...targetShape(target)], data: Float32Array.from(y) }
  if (script.includes('np.eye(')) return { name: 'y', shape: [rows, ...outputShape], data: Float32Array.from({ length: y.length * target.classes }, (_, at) => (at % target.classes === y[Math.floor(at / target.classes)] ? 1 : 0)) }
  return { name: 'y', shape: [rows, ...outputShape], data: Float32Array.from(y) }
}

function writeSchedule(schedule: object, at: number): void {
  const document = documentOf({ nodes: [{ type: 'dense', units: 3, activation: 'softmax' }], training: { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd', learningRate: 0.1 }, schedule, epochs: 5 } })
  const plan = need(buildPlan(document, { sample: [4], target: { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] } }))
  const script = need(experimentScript('pytorch', document, plan))
  const stepsPerEpoch = 7
  const rate = rateAt(document.training.schedule, { base: 0.1, totalSteps: 5 * stepsPerEpoch, stepsPerEpoch })
  const rates = Array.from({ length: 6 * stepsPerEpoch }, (_, step) => rate(step))
  write(join(root, 'schedules', `${String(at).padStart(2, '0')}-${(schedule as { type: string }).type}`), { 'script.py': script, 'expected.json': JSON.stringify({ stepsPerEpoch, rates }) })
}

/** A batch, what is drawn for it, and what Descent makes of it. */
function writeAugmentation(name: string, sketch: ScriptCase): void {
  const document = documentOf(sketch)
  const plan = buildPlan(document, { sample: sketch.sample, target: sketch.target })
  if (!plan.ok) throw new Error(`${name}: ${JSON.stringify(plan.issues)}`)
  const random = randomSource(5, name)
  const rows = drawRows(sketch, random, ROWS)
  const { draws, x, y } = augmentByReference(plan.value, random, rows.x, rows.y)
  const scripts = scriptsOf(name, document, plan.value)
  const targets = targetsOf(scripts['pytorch.py'], sketch, rows, plan.value.model.outputShape)
  const mixed = y.length === targets.data.length && y.some((each) => each % 1 !== 0)
  write(join(root, 'augmentations', slug(name)), {
    ...scripts,
    'data.npz': encodeNpz('test', [
      { name: 'x', shape: [ROWS, ...sketch.sample], data: rows.x },
      targets,
      { name: 'expected_x', shape: [ROWS, ...sketch.sample], data: Float32Array.from(x) },
      ...(mixed ? [{ name: 'expected_y', shape: targets.shape, data: Float32Array.from(y) }] : []),
      ...draws.flatMap(({ shape, uniform, normal }, at) => [{ name: `uniform${String(at)}`, shape, data: Float32Array.from(uniform) }, { name: `normal${String(at)}`, shape, data: Float32Array.from(normal) }]),
    ]),
  })
}

/** Data of scripts that run on their own. */
const EXAMPLES: Readonly<Record<string, { readonly dataset: object; readonly sample: readonly number[]; readonly nodes?: readonly object[]; readonly loss?: string; readonly classNames?: readonly string[]; readonly positions?: number; readonly training?: object }>> = {
  digits: { dataset: { type: 'digits', shape: 'image', split: { validation: 0.2, test: 0.1 } }, sample: [1, 8, 8] },
  tuned: {
    dataset: { type: 'digits', shape: 'image' },
    sample: [1, 8, 8],
    training: {
      augmentation: [{ type: 'shift' }, { type: 'elastic' }, { type: 'randomErasing', fill: 'random' }, { type: 'noise' }, { type: 'mixup' }],
      averaging: { type: 'swa', start: 0.5, every: 9, unit: 'steps' },
      gradientNoise: {},
      gradientClip: 'value',
      stopping: [{ type: 'earlyStopping', monitor: 'val.accuracy' }, { type: 'seconds', seconds: 600 }, { type: 'steps', steps: 60 }],
    },
  },
  noisy: { dataset: { type: 'digits', preprocess: { labelNoise: 0.3 } }, sample: [64] },
  iris: { dataset: { type: 'iris' }, sample: [4], classNames: ['setosa', 'versicolor', 'virginica'] },
  csv: { dataset: { type: 'csv', path: 'mixed.csv', target: 'kind', ignore: ['id'] }, sample: [5], classNames: ['ant', 'bee'] },
  npz: { dataset: { type: 'npy', path: 'arrays.npz', features: 'x', targets: 'y', preprocess: { targets: 'standardize' } }, sample: [2], loss: 'meanSquaredError' },
  moons: { dataset: { type: 'moons', rows: 60 }, sample: [2], classNames: ['0', '1'] },
  circles: { dataset: { type: 'circles', rows: 60 }, sample: [2], classNames: ['0', '1'] },
  spiral: { dataset: { type: 'spiral', rows: 60, classes: 3 }, sample: [2], classNames: ['0', '1', '2'] },
  gaussian: { dataset: { type: 'gaussian', rows: 60, split: { stratified: false, train: 0.5 } }, sample: [2], classNames: ['0', '1'] },
  xor: { dataset: { type: 'xor', rows: 60 }, sample: [2], classNames: ['0', '1'] },
  text: { dataset: { type: 'text', path: 'letters.txt', sequenceLength: 6 }, sample: [6], nodes: [{ type: 'embedding', inputDim: 4, outputDim: 3 }, { type: 'gru', units: 4 }], classNames: ['a', 'b', 'c', 'd'] },
  'text-every': { dataset: { type: 'text', path: 'letters.txt', sequenceLength: 6, targets: 'every', stride: 2 }, sample: [6], nodes: [{ type: 'embedding', inputDim: 4, outputDim: 3 }, { type: 'gru', units: 4, returnSequences: true }], classNames: ['a', 'b', 'c', 'd'], positions: 6 },
  linear: { dataset: { type: 'linear', rows: 60, preprocess: { features: 'minMax' } }, sample: [1], loss: 'meanSquaredError' },
}

/** Whole scripts on their own data, as a person would run them. */
function writeExamples(): void {
  const folder = join(root, 'examples')
  const rows = Array.from({ length: 40 }, (_, row) => `${String(row)};${row % 7 === 3 ? '?' : String(row * 0.5)};${['red', 'green', 'blue'][row % 3]};${String(-row)};${row % 2 === 0 ? 'ant' : 'bee'}`)
  write(folder, {
    'digits.csv': readFileSync(join(resources, 'data/digits.csv'), 'utf8'),
    'letters.txt': 'abacabadabacaba'.repeat(8),
    'iris.csv': readFileSync(join(resources, 'data/iris.csv'), 'utf8'),
    'mixed.csv': ['id;size;color;depth;kind', ...rows].join('\n'),
    'arrays.npz': encodeNpz('test', [{ name: 'x', shape: [30, 2], data: Float32Array.from({ length: 60 }, (_, at) => at) }, { name: 'y', shape: [30], data: Float32Array.from({ length: 30 }, (_, at) => 2 * at) }]),
  })
  for (const [name, { dataset, sample, nodes: first, loss = 'categoricalCrossentropy', classNames, positions, training = {} }] of chosen(EXAMPLES)) {
    const classes = classNames ?? Array.from({ length: 10 }, (_, label) => String(label))
    const regression = loss === 'meanSquaredError'
    const metrics = regression ? ['r2', 'meanAbsoluteError', 'rootMeanSquaredError'] : ['accuracy', 'confusionMatrix', 'f1', { type: 'precision', average: 'micro' }, { type: 'topKAccuracy', k: 2 }, 'perplexity']
    const nodes = [...(first ?? []), ...(sample.length === 3 ? [{ type: 'conv2d', filters: 4, kernelSize: 3, activation: 'relu' }, { type: 'flatten' }] : []), { type: 'dense', units: regression ? 1 : classes.length, activation: regression ? 'linear' : 'softmax' }]
    const parsed = need(parseDocument({ format: 1, name: `"""\nimport os; os.abort() ${name}\\`, dataset, model: { nodes }, training: { loss, metrics, optimizer: { type: 'adam', learningRate: 0.05 }, epochs: 2, evaluateEvery: name === 'iris' ? { steps: 3 } : 'epoch', ...training } }))
    const plan = need(buildPlan(parsed, { sample, target: regression ? { kind: 'value', shape: [1], names: ['y'] } : { kind: 'class', classes: classes.length, classNames: classes, ...(positions === undefined ? {} : { positions }) } }))
    for (const framework of ['keras', 'pytorch'] as const) {
      const script = need(experimentScript(framework, parsed, plan))
      write(folder, { [`${name}_${framework}.py`]: script })
    }
  }
}

interface Line {
  readonly kind: string
  readonly case: string
  readonly error?: string
  readonly [measure: string]: unknown
}

describe.runIf(python !== '')('in Python', { timeout: 1_800_000 }, () => {
  let lines: readonly Line[] = []
  beforeAll(async () => {
    for (const [name, sketch] of chosen(ALL)) writeModel(name, sketch)
    for (const [name, sketch] of chosen(SCRIPTS)) writeScript(name, sketch)
    for (const [name, sketch] of chosen(AUGMENTATION_CASES)) writeAugmentation(name, sketch)
    SCHEDULES.forEach(writeSchedule)
    writeExamples()
    const { stdout } = await promisify(execFile)(python, [join(fixtures, 'check.py'), root], { maxBuffer: 2 ** 28 })
    writeFileSync(join(tmpdir(), 'descent-python.log'), stdout)
    lines = stdout.split('\n').filter((line) => line.startsWith('RESULT ')).map((line) => JSON.parse(line.slice(7)) as Line)
  }, 1_800_000)

  const of = (kind: string): readonly Line[] => lines.filter((line) => line.kind === kind)
  const beyond = (kind: string, tolerance: number): readonly Line[] =>
    of(kind).filter((line) => line.error !== undefined || Object.values(line).some((value) => typeof value === 'number' && !(value <= tolerance)))

  it('exported models predict as Descent does', () => {
    expect(of('models')).toHaveLength(chosen(ALL).length)
    expect(beyond('models', 1e-5)).toEqual([])
  })

  it('scripts train as Descent does: losses of every epoch, and predictions afterwards', () => {
    expect(of('scripts')).toHaveLength(chosen(SCRIPTS).length)
    expect(beyond('scripts', 2e-4)).toEqual([])
  })

  it('batches are augmented as Descent does, given the same draws', () => {
    expect(of('augmentations')).toHaveLength(chosen(AUGMENTATION_CASES).length)
    expect(beyond('augmentations', 2e-5)).toEqual([])
  })

  it('schedules give the same rates', () => {
    expect(of('schedules')).toHaveLength(SCHEDULES.length)
    expect(beyond('schedules', 1e-12)).toEqual([])
  })

  it('scripts run on their own data', () => {
    expect(of('examples')).toHaveLength(2 * chosen(EXAMPLES).length)
    expect(beyond('examples', 0)).toEqual([])
  })
})
