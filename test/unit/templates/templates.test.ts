import { describe, expect, test } from 'vitest'
import { buildPlan } from '@shared/compile'
import type { TargetInfo } from '@shared/catalog/losses'
import type { Shape } from '@shared/graph'
import { need, parseDocument } from '@shared/spec'
import { applyTemplate, imageShapeOf, missingFor, templates } from '@shared/templates'

const classes = (count: number): TargetInfo => ({ kind: 'class', classes: count, classNames: [] })
const values = (...shape: number[]): TargetInfo => ({ kind: 'value', shape, names: [] })

const base = {
  format: 1,
  name: 'mine',
  seed: 7,
  dataset: { type: 'digits', split: { validation: 0.3 } },
  model: { nodes: [{ id: 'old', type: 'input' }], edges: [] },
  training: { loss: 'huber', optimizer: { type: 'adam', learningRate: 0.002 }, epochs: 5 },
  view: { nodes: { old: [1, 2] }, zoom: 2 },
}

/** Data sets by their kind: samples, targets, and whether they can be images. */
const data: readonly { readonly name: string; readonly sample: Shape; readonly target: TargetInfo; readonly dataset: object }[] = [
  { name: 'digits, flat', sample: [64], target: classes(10), dataset: { type: 'digits' } },
  { name: 'digits as images', sample: [1, 8, 8], target: classes(10), dataset: { type: 'digits', shape: 'image' } },
  { name: 'color images of two classes', sample: [3, 32, 32], target: classes(2), dataset: { type: 'image-folder', path: 'x' } },
  { name: 'tiny images', sample: [1, 4, 5], target: classes(3), dataset: { type: 'image-folder', path: 'x' } },
  { name: 'images with values', sample: [1, 28, 28], target: values(2), dataset: { type: 'image-folder', path: 'x' } },
  { name: 'a table of classes', sample: [4], target: classes(3), dataset: { type: 'iris' } },
  { name: 'a table with one value', sample: [1], target: values(1), dataset: { type: 'csv', path: 'x.csv', target: 'y' } },
  { name: 'text, every position', sample: [40], target: { kind: 'class', classes: 50, classNames: [], positions: 40 }, dataset: { type: 'text', targets: 'every' } },
  { name: 'text', sample: [40], target: classes(50), dataset: { type: 'text' } },
  { name: 'values of rank two', sample: [9], target: values(2, 3), dataset: { type: 'csv', path: 'x.csv', target: 'y' } },
]

describe.each(data)('$name', ({ sample, target, dataset }) => {
  const document = { ...base, dataset }

  test.each(templates.filter((template) => missingFor(template, document, { sample, target }) === null))('$id trains on it', (template) => {
    const made = applyTemplate(template, document, { sample, target })
    const parsed = need(parseDocument(made))
    const shape = template.needs.image ? (imageShapeOf(document, sample) ?? sample) : sample
    const plan = buildPlan(parsed, { sample: shape, target: template.reconstructs === true ? values(...shape) : target })
    expect(plan.ok ? [] : plan.issues).toEqual([])
  })
})

describe('a template', () => {
  const [{ sample, target }] = data

  function find(id: string): (typeof templates)[number] {
    const found = templates.find((each) => each.id === id)
    if (found === undefined) throw new Error(id)
    return found
  }

  test('keeps name, seed, data set and optimizer; brings model, loss and metrics; forgets old places', () => {
    const made = applyTemplate(find('mlp'), base, { sample, target })
    expect(made).toMatchObject({ name: 'mine', seed: 7, dataset: base.dataset, training: { loss: 'categoricalCrossentropy', metrics: ['accuracy', 'confusionMatrix'], optimizer: base.training.optimizer, epochs: 5 } })
    expect(made.view).toEqual({ zoom: 2 })
  })

  test('that needs images asks a data set of pixels for them', () => {
    expect(applyTemplate(find('lenet'), base, { sample, target }).dataset).toEqual({ ...base.dataset, shape: 'image' })
    expect(applyTemplate(find('mlp'), base, { sample, target }).dataset).toBe(base.dataset)
  })

  test('says what it lacks', () => {
    const table = { ...base, dataset: { type: 'iris' } }
    expect(missingFor(find('lenet'), table, { sample: [4], target: classes(3) })).toBe('image')
    expect(missingFor(find('linear-regression'), table, { sample: [4], target: classes(3) })).toBe('value')
    expect(missingFor(find('logistic-regression'), table, { sample: [4], target: values(1) })).toBe('class')
  })

  test('pixels become squares, gray or colored', () => {
    expect([imageShapeOf(base, [64]), imageShapeOf(base, [3072]), imageShapeOf(base, [65]), imageShapeOf({ dataset: { type: 'iris' } }, [4])]).toEqual([[1, 8, 8], [3, 32, 32], null, null])
  })
})

test('two classes take one output, more one each; residual blocks add up', () => {
  const ends = (target: TargetInfo) => templates[1].model({ sample: [4], image: null, target }).nodes.at(-1)
  expect(ends(classes(2))).toMatchObject({ units: 1, activation: 'sigmoid' })
  expect(ends(classes(5))).toMatchObject({ units: 5, activation: 'softmax' })
  const residual = templates.find(({ id }) => id === 'residual-cnn')?.model({ sample: [1, 28, 28], image: [1, 28, 28], target: classes(10) })
  expect(residual?.nodes.filter(({ type }) => type === 'add').length).toBe(3)
})
