import { describe, expect, it } from 'vitest'
import { layerRegistry } from '@shared/catalog/layers'
import { optimizerRegistry } from '@shared/catalog/optimizers'
import { formatIssue } from '@shared/locales/issues'
import { experimentSchema, parseDocument, type Issue } from '@shared/spec'
import { knownKeys } from '@shared/spec/known-keys'
import { meantBy } from '@shared/spec/suggest'

const document = {
  format: 1,
  dataset: { type: 'digits', shape: 'flat' },
  model: { nodes: [{ type: 'dense', units: 10, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', optimizer: { type: 'adam' }, epochs: 1 },
}

function issuesOf(value: object): readonly Issue[] {
  const parsed = parseDocument(value)
  return parsed.ok ? [] : parsed.issues
}

describe('a name that is not known', () => {
  it.each([
    ['lr', 'learningRate'],
    ['eps', 'epsilon'],
    ['learning_rate', 'learningRate'],
    ['LearningRate', 'learningRate'],
    ['learnigRate', 'learningRate'],
    ['nesterov', null],
    ['x', null],
  ])('%s means %s among the options of Adam', (found, meant) => {
    expect(meantBy(found, Object.keys(optimizerRegistry.get('adam')?.options.shape ?? {}))).toBe(meant)
  })

  const options = [...layerRegistry.values(), ...optimizerRegistry.values()].flatMap(({ type, options: { shape } }) => Object.keys(shape).map((name) => ({ type, name, names: Object.keys(shape) })))

  it('is recognized as people write it in Python, for every option of every layer and optimizer', () => {
    expect(options.length).toBeGreaterThan(150)
    const written = options.map(({ type, name, names }) => ({ type, name, meant: meantBy(name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), names) }))
    expect(written.filter(({ name, meant }) => meant !== name)).toEqual([])
  })
})

describe('the keys that are known at a place', () => {
  it('are those of the type that stands there', () => {
    const keys = (path: readonly (string | number)[], value: object = document): readonly string[] => knownKeys(experimentSchema, value, path)
    expect(keys([])).toEqual(expect.arrayContaining(['format', 'dataset', 'model', 'training']))
    expect(keys(['training', 'optimizer'])).toEqual(expect.arrayContaining(['beta1', 'beta2', 'epsilon']))
    expect(keys(['training', 'optimizer'])).not.toContain('nesterov')
    expect(keys(['model', 'nodes', 0])).toEqual(expect.arrayContaining(['units', 'activation']))
    expect(keys(['model', 'nodes', 0])).not.toContain('kernelSize')
    expect(keys(['nowhere', 3])).toEqual([])
  })
})

describe('documents', () => {
  it.each([
    [{ ...document, training: { ...document.training, optimizer: { type: 'adam', lr: 0.1 } } }, 'training.optimizer.lr', '"lr" is not known here. Did you mean "learningRate"? `descent schema` lists what is allowed.'],
    [{ ...document, training: { ...document.training, batch_size: 3 } }, 'training.batch_size', '"batch_size" is not known here. Did you mean "batchSize"? `descent schema` lists what is allowed.'],
    [{ ...document, training: { ...document.training, optimizer: 'addam' } }, 'training.optimizer', /^"optimizer" is "addam"\. Did you mean "adam"\? Allowed: sgd, /],
    [{ ...document, training: { ...document.training, optimizer: { type: 'Adam' } } }, 'training.optimizer.type', /^There is no type "Adam"\. Did you mean "adam"\? Known: sgd, /],
    [{ ...document, model: { nodes: [{ type: 'Conv2D', filters: 3 }] } }, 'model.nodes.0.type', /Did you mean "conv2d"\?/],
    [{ ...document, dataset: { type: 'mnist' } }, 'dataset.type', /^There is no type "mnist"\. Known: /],
    [{ ...document, wholly: 1 }, 'wholly', /^"wholly" is not known here\. Check the spelling/],
  ])('say what is meant: %j', (value, path, text) => {
    const found = issuesOf(value).find((each) => each.path.join('.') === path)
    expect(found === undefined ? null : formatIssue(found, 'en')).toMatch(text)
  })
})
