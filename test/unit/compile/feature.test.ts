import { describe, expect, it } from 'vitest'
import { buildPlan, estimateMemory, evaluateProgram, initialState, memoryIssue, predictProgram, type DataShape, type Program, type TrainingPlan } from '@shared/compile'
import { featureLoss } from '@shared/compile/feature'
import { trainingStep } from '@shared/compile/train'
import { evaluateGraph, Graph, gradients, mul, reduceSum, sizeOf, type Values } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import { need } from '@shared/spec'
import { document } from '@test/helpers/core'
import { cases, steps } from '@test/fixtures/feature-matching/feature-matching.json'

const out = { type: 'dense', id: 'out', units: 2, activation: 'softmax' }
const classes = { kind: 'class', classes: 2, classNames: ['a', 'b'] } as const

interface Asked {
  readonly nodes?: readonly object[]
  readonly distillation?: object
  readonly training?: object
  readonly data?: Partial<DataShape>
}

function plan({ nodes = [{ type: 'dense', id: 'hidden', units: 3, activation: 'tanh' }, out], distillation = {}, training = {}, data = {} }: Asked) {
  const feature = { teacher: 'inner', student: 'hidden' }
  const taught = { teacher: { run: 'r' }, ...distillation, feature: { ...feature, ...('feature' in distillation ? (distillation.feature as object) : {}) } }
  const parsed = document({ format: 1, seed: 3, dataset: { type: 'digits' }, model: { nodes }, training: { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd', learningRate: 1 }, distillation: taught, ...training } })
  return buildPlan(parsed, { sample: [6], target: classes, feature: [5], ...data })
}

function planned(asked: Asked): TrainingPlan {
  return need(plan(asked))
}

const values = ({ shape, data }: { readonly shape: readonly number[]; readonly data: readonly number[] }): Values => ({ shape, data: Float64Array.from(data) })
const near = (found: number, expected: number): void => expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(expected)))
const nearAll = (found: Values, expected: { readonly data: readonly number[] }): void => {
  expect(found.data.length).toBe(expected.data.length)
  expected.data.forEach((value, index) => near(found.data[index], value))
}

describe.each(cases.map((each) => ({ ...each, name: `${each.matching} of ${JSON.stringify(each.student.shape)} and ${JSON.stringify(each.teacher.shape)}` })))('$name', ({ matching, student, teacher, weights, loss, gradients: expected }) => {
  it('is PyTorch’s, and so are its gradients', () => {
    const graph = new Graph()
    const own = graph.input('student', 'float32', student.shape)
    const taught = graph.input('teacher', 'float32', teacher.shape)
    const regressor = weights.map(({ shape }, index) => graph.input(`weight${index}`, 'float32', shape))
    const mean = mul(reduceSum(featureLoss(matching as 'hint' | 'attention', own, taught, regressor), { axes: [0], keepDims: false }), 1 / student.shape[0])
    const feeds = new Map([['student', values(student)], ['teacher', values(teacher)], ...weights.map((weight, index) => [`weight${index}`, values(weight)] as const)])
    const [found, ...slopes] = evaluateGraph([mean, ...gradients(mean, [own, ...regressor])], feeds)
    near(found.data[0], loss)
    slopes.forEach((slope, index) => nearAll(slope, expected[index]))
  })
})

it('a layer that gives nothing but zeros has no attention, and finite gradients', () => {
  const graph = new Graph()
  const [own, taught] = ['own', 'taught'].map((name) => graph.input(name, 'float32', [1, 2, 2, 2]))
  const loss = reduceSum(featureLoss('attention', own, taught, []), { axes: [0], keepDims: false })
  const zeros = { shape: [1, 2, 2, 2], data: new Float64Array(8) }
  const [found, slope] = evaluateGraph([loss, ...gradients(loss, [own])], new Map([['own', zeros], ['taught', { ...zeros, data: new Float64Array(8).fill(1) }]]))
  // The teacher's map has length 1 over 4 positions.
  expect(found.data[0]).toBeCloseTo(0.25, 12)
  expect(slope.data.every((value) => value === 0)).toBe(true)
})

/** Feeds of a program whose state has these values by view. */
function feedsOf(program: Program, views: Readonly<Record<string, readonly number[]>>, others: Iterable<readonly [string, Values]>): Map<string, Values> {
  const state = program.state.map(({ name, shape, views: parts }) => {
    const data = new Float64Array(sizeOf(shape))
    for (const part of parts) data.set(views[part.name], part.offset)
    return [`state/${name}`, { shape, data }] as const
  })
  return new Map([...state, ...others, ...program.steps.map(({ name, shape }) => [name, { shape, data: Float64Array.of(1) }] as const)])
}

describe.each(steps.map((each, index) => ({ ...each, name: `step ${index}: α = ${each.alpha}, β = ${each.beta}` })))('$name', ({ alpha, beta, temperature, features, labels, teacher, teacherFeature, state, feature, objective, gradients: expected }) => {
  it.each([1, 2, 3])('in %d parts has PyTorch’s objective and moves every weight by its gradient', (parts) => {
    const made = planned({ distillation: { alpha, temperature, feature: { beta } }, training: parts === 1 ? {} : { accumulation: parts } })
    const { program, objective: wanted } = trainingStep(made, 4)
    expect(program.rows.map(({ table }) => table)).toEqual(['features', 'targets', 'teacher', 'teacherFeature'])
    const views = Object.fromEntries(Object.entries(state).map(([name, { data }]) => [name, data]))
    const feeds = feedsOf(program, views, [['features', values(features)], ['targets', values({ shape: [4], data: labels })], ['teacher', values(teacher)], ['teacherFeature', values(teacherFeature)]])
    const reported = program.outputs.find(({ name }) => name === 'feature')
    if (reported === undefined) throw new Error('nothing is reported')
    // `next` is set: SGD changes every entry.
    const [found, distance, ...after] = evaluateGraph([wanted, reported.tensor, ...program.state.map(({ next }) => next!)], feeds)
    near(found.data[0], objective)
    near(distance.data[0], feature)
    program.state.forEach(({ views: parts }, at) => {
      for (const { name, offset } of parts) {
        const gradient = expected[name as keyof typeof expected].data
        gradient.forEach((value, index) => near(views[name][index] - after[at].data[offset + index], value))
      }
    })
  })
})

describe.each(['hint', 'attention'] as const)('%s inside a convolutional model', (matching) => {
  const nodes = [{ type: 'conv2d', id: 'hidden', filters: 2, kernelSize: 3, activation: 'tanh' }, { type: 'maxPooling2d' }, { type: 'flatten' }, out]
  const made = planned({ nodes, distillation: { alpha: 0.4, temperature: 2, feature: { matching, beta: 3 } }, data: { sample: [1, 6, 6], feature: [3, 4, 4] } })

  it('has the gradients of finite differences', () => {
    const { program, objective } = trainingStep(made, 3)
    const random = randomSource(7)
    const draw = (shape: readonly number[]): Values => ({ shape, data: Float64Array.from({ length: sizeOf(shape) }, () => random.normal()) })
    const others: [string, Values][] = [['features', draw([3, 1, 6, 6])], ['targets', values({ shape: [3], data: [0, 1, 1] })], ['teacher', draw([3, 2])], ['teacherFeature', draw([3, 3, 4, 4])]]
    const views = Object.fromEntries(program.state.flatMap((entry) => entry.views.map(({ name, shape }) => [name, [...draw(shape).data]])))
    const at = (changed: typeof views): number => evaluateGraph([objective], feedsOf(program, changed, others))[0].data[0]
    // `next` is set: SGD changes every entry.
    const after = evaluateGraph(program.state.map(({ next }) => next!), feedsOf(program, views, others))
    program.state.forEach((entry, index) => {
      for (const { name, offset } of entry.views) {
        views[name].forEach((value, element) => {
          const moved = (by: number) => ({ ...views, [name]: views[name].map((each, other) => (other === element ? each + by : each)) })
          const slope = (at(moved(1e-5)) - at(moved(-1e-5))) / 2e-5
          expect(Math.abs(value - after[index].data[offset + element] - slope)).toBeLessThan(1e-8 * Math.max(1, Math.abs(slope)) + 1e-8)
        })
      }
    })
  })

  it(matching === 'hint' ? 'learns a 1×1 convolution beside' : 'has nothing to learn beside', () => {
    const beside = trainingStep(made, 3).program.state.flatMap(({ views }) => views.filter(({ name }) => name.startsWith('distillation/')).map(({ name, shape }) => [name, shape]))
    expect(beside).toEqual(matching === 'hint' ? [['distillation/regressor.kernel', [3, 2, 1, 1]], ['distillation/regressor.bias', [3]]] : [])
  })
})

describe('the regressor', () => {
  it('is no part of the model: neither evaluation nor prediction nor its weights and names know it', () => {
    const made = planned({})
    const named = [evaluateProgram(made, 2), predictProgram(made, 2)].flatMap(({ state }) => state.flatMap(({ views }) => views.map(({ name }) => name)))
    expect(named.filter((name) => name.startsWith('distillation'))).toEqual([])
    expect(made.layout.weights.map(({ fullName }) => fullName)).toEqual(['hidden.kernel', 'hidden.bias', 'out.kernel', 'out.bias'])
  })

  it('has slots and averages, decays as kernels do, and leaves how the others start as it is', () => {
    const training = { optimizer: { type: 'adamw', weightDecay: 0.1 }, averaging: 'ema' }
    const [made, alone] = [planned({ training }), planned({ training, data: { feature: [3] } })]
    const [{ program }, { program: without }] = [trainingStep(made, 2), trainingStep(alone, 2)]
    const names = program.state.map(({ name }) => name).filter((name) => name.includes('distillation'))
    expect(names.filter((name) => name.endsWith('.kernel'))).toEqual(['distillation/regressor.kernel', 'm/distillation/regressor.kernel', 'v/distillation/regressor.kernel', 'average/distillation/regressor.kernel'])
    expect(made.distillation?.feature?.regressor.map(({ decays }) => decays)).toEqual([true, false])
    const [full, plain] = [initialState(made, program.state, 3), initialState(alone, without.state, 3)]
    for (const [name, value] of plain) expect(full.get(name)).toEqual(value)
    expect(full.get('distillation/regressor.kernel')?.some((value) => value !== 0)).toBe(true)
    expect([...(full.get('distillation/regressor.bias') ?? [])]).toEqual([0, 0, 0, 0, 0])
  })

  it('is not needed where both are equally wide', () => {
    expect(planned({ data: { feature: [3] } }).distillation?.feature?.regressor).toEqual([])
  })
})

describe('memory', () => {
  const nodes = [{ type: 'conv2d', id: 'hidden', filters: 2, kernelSize: 3, padding: 'same' }, { type: 'flatten' }, out]
  const rows = { train: 50_000, validation: 10_000, test: 0 }
  const of = (feature?: number[]) => estimateMemory(planned({ nodes, data: { sample: [1, 28, 28], feature } }), 32, rows)

  it('counts the table of the training rows', () => {
    expect(of([32, 28, 28]).data - of().data).toBe(4 * 50_000 * 32 * 28 * 28)
  })

  it('that is too small for it is told by the layer, not by the batch', () => {
    const plan = planned({ nodes, data: { sample: [1, 28, 28], feature: [32, 28, 28] } })
    expect(memoryIssue({ plan, batchSize: 32, rows }, 3e9)).toMatchObject({ code: 'training-feature-too-large', path: ['training', 'distillation', 'feature', 'teacher'], args: { features: '5.02 GB' } })
    expect(memoryIssue({ plan, batchSize: 32, rows }, 8e9)).toBeNull()
  })
})

describe('what cannot be matched is refused', () => {
  const issues = (asked: Asked) => {
    const found = plan(asked)
    return found.ok ? [] : found.issues
  }

  it('a layer that is not there, with those that are', () => {
    expect(issues({ distillation: { feature: { student: 'gone' } } })).toEqual([{ code: 'training-feature-layer', path: ['training', 'distillation', 'feature', 'student'], args: { layer: 'gone', known: 'hidden, out' } }])
    // Nothing is learned in front of the first layer.
    expect(issues({ distillation: { feature: { student: 'input' } } }).map(({ code }) => code)).toEqual(['training-feature-layer'])
  })

  it('other places, and attention without places', () => {
    expect(issues({ data: { feature: [3, 4, 4] } })).toEqual([{ code: 'training-feature-shapes', path: ['training', 'distillation', 'feature', 'student'], args: { student: 'hidden [3]', teacher: 'inner [3, 4, 4]' } }])
    expect(issues({ distillation: { feature: { matching: 'attention' } }, data: { feature: [3] } }).map(({ code }) => code)).toEqual(['training-feature-flat'])
    const nodes = [{ type: 'conv2d', id: 'hidden', filters: 2, kernelSize: 3 }, { type: 'flatten' }, out]
    expect(issues({ nodes, data: { sample: [1, 6, 6], feature: [2, 4, 5] } }).map(({ code }) => code)).toEqual(['training-feature-shapes'])
    expect(issues({ nodes, data: { sample: [1, 6, 6], feature: [9, 4, 4] } })).toEqual([])
  })

  it('nothing, while the teacher is not known: the model can be exported without it', () => {
    expect(planned({ data: { feature: undefined } }).distillation?.feature).toBeNull()
  })
})
