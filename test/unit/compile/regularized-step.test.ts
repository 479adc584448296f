import { describe, expect, test } from 'vitest'
import { buildPlan, evaluateProgram, initialState, predictProgram, stepInputs, trainProgram } from '@shared/compile'
import { evaluateGraph, type Values } from '@shared/graph'
import { need, parseDocument } from '@shared/spec'
import { stateFeeds } from '@test/helpers/state-feeds'

function planOf(dense: object, training: object = {}) {
  const document = need(parseDocument({
    format: 1,
    dataset: { type: 'iris' },
    model: { nodes: [{ id: 'hidden', type: 'dense', units: 5, activation: 'tanh', ...dense }, { id: 'out', type: 'dense', units: 3, activation: 'softmax' }] },
    training: { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd', learningRate: 0.5 }, ...training },
  }))
  return need(buildPlan(document, { sample: [4], target: { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] } }))
}

/** One step on fixed rows: outputs, the state after it, and the hidden layer's outputs before. */
function step(plan: ReturnType<typeof planOf>) {
  const program = trainProgram(plan, 6)
  const features = Float64Array.from({ length: 24 }, (_, at) => Math.sin(at * 7) * 2)
  const state = initialState(plan, program.state, 3)
  const feeds = new Map<string, Values>([
    ['features', { shape: [6, 4], data: features }],
    ['targets', { shape: [6], data: Float64Array.of(0, 1, 2, 0, 1, 2) }],
    ...stateFeeds(program.state, state),
  ])
  for (const [name, values] of Object.entries(stepInputs(program, 0, 1, { seed: 3, optimizer: plan.optimizer, rate: () => 0.5 }))) {
    feeds.set(name, { shape: program.steps.find((each) => each.name === name)?.shape ?? [], data: Float64Array.from(values) })
  }
  const changed = program.state.flatMap(({ name, next }) => (next === null ? [] : [{ name, next }]))
  const values = evaluateGraph([...program.outputs.map(({ tensor }) => tensor), ...changed.map(({ next }) => next)], feeds)
  return {
    outputs: new Map(program.outputs.map(({ name }, at) => [name, values[at].data[0]])),
    after: new Map(changed.map(({ name }, at) => [name, values[program.outputs.length + at]])),
    before: state,
    features,
  }
}

function columnNorms({ shape: [rows, columns], data }: Values): number[] {
  return Array.from({ length: columns }, (_, column) => Math.hypot(...Array.from({ length: rows }, (_each, row) => data[row * columns + column])))
}

describe('constraints', () => {
  test('hold after every update, of the constrained weight alone', () => {
    const free = step(planOf({}))
    const held = step(planOf({ kernelConstraint: { type: 'maxNorm', maximum: 0.7 } }))
    const found = columnNorms(held.after.get('hidden.kernel') ?? { shape: [0, 0], data: new Float64Array() })
    expect(Math.max(...found)).toBeLessThanOrEqual(0.7)
    expect(Math.max(...found)).toBeGreaterThan(0.699)
    expect(held.outputs.get('loss')).toBe(free.outputs.get('loss'))
  })

  test('none: the kernel shares its entry with the others', () => {
    expect(planOf({}).layout.entries.map(({ name }) => name)).toEqual(['packed'])
    expect(planOf({ biasConstraint: 'unitNorm' }).layout.entries.map(({ name }) => name)).toEqual(['packed', 'hidden.bias'])
  })
})

describe('augmentation', () => {
  const types = (program: ReturnType<typeof trainProgram>): string => program.graph.tensors.map(({ op, shape }) => `${op}[${shape.join()}]`).join(' ')

  test('changes training alone: evaluation and prediction are the programs without it', () => {
    const [plain, noisy] = [planOf({}), planOf({}, { augmentation: ['noise', { type: 'mixup', alpha: 1 }] })]
    expect(types(trainProgram(noisy, 6))).not.toBe(types(trainProgram(plain, 6)))
    expect(types(evaluateProgram(noisy, 6))).toBe(types(evaluateProgram(plain, 6)))
    expect(types(predictProgram(noisy, 6))).toBe(types(predictProgram(plain, 6)))
  })

  test('an empty list compiles to the program without one', () => {
    expect(types(trainProgram(planOf({}, { augmentation: [] }), 6))).toBe(types(trainProgram(planOf({}), 6)))
  })

  test('batches of every size draw from the same streams', () => {
    const plan = planOf({}, { augmentation: ['noise', 'mixup'] })
    const names = (size: number): unknown => trainProgram(plan, size).steps.map(({ name, shape }) => [name, shape])
    expect(names(1)).toEqual(names(6))
  })

  test('of pictures is refused where samples are none', () => {
    const document = need(parseDocument({ format: 1, dataset: { type: 'iris' }, model: { nodes: [{ type: 'dense', units: 3, activation: 'softmax' }] }, training: { loss: 'categoricalCrossentropy', optimizer: 'sgd', augmentation: ['noise', 'rotate'] } }))
    const plan = buildPlan(document, { sample: [4], target: { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] } })
    expect(plan).toEqual({ ok: false, issues: [{ code: 'augmentation-needs-picture', path: ['training', 'augmentation', 1], args: { augmentation: 'rotate', shape: '[4]' } }] })
  })

  test('with mixed targets metrics still count rows by their own labels', () => {
    const { outputs } = step(planOf({}, { augmentation: [{ type: 'mixup', alpha: 0.5 }], metrics: ['accuracy'] }))
    expect(outputs.get('loss')).toBeGreaterThan(0)
    expect(outputs.get('metric/accuracy')).toBe(Math.round(outputs.get('metric/accuracy') ?? Number.NaN))
  })
})

test('the penalty on activities is that of the outputs, summed and divided by the batch, and changes the gradient', () => {
  const plan = planOf({ activityRegularizer: { type: 'l1l2', l1: 0.3, l2: 0.2 } })
  const { outputs, before, after, features } = step(plan)
  const weights = before.get('packed') ?? new Float32Array()
  const offset = (name: string): number => plan.layout.entries[0].views.find((view) => view.name === name)?.offset ?? -1
  let expected = 0
  for (let row = 0; row < 6; row++) {
    for (let unit = 0; unit < 5; unit++) {
      let sum = weights[offset('hidden.bias') + unit]
      for (let feature = 0; feature < 4; feature++) sum += features[row * 4 + feature] * weights[offset('hidden.kernel') + feature * 5 + unit]
      expected += 0.3 * Math.abs(Math.tanh(sum)) + 0.2 * Math.tanh(sum) ** 2
    }
  }
  expect(outputs.get('penalty')).toBeCloseTo(expected / 6, 9)
  const plain = step(planOf({}))
  expect(outputs.get('loss')).toBe(plain.outputs.get('loss'))
  expect(after.get('packed')?.data).not.toEqual(plain.after.get('packed')?.data)
})
