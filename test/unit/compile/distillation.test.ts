import { describe, expect, it } from 'vitest'
import { buildPlan, evaluateProgram, trainProgram } from '@shared/compile'
import { distillationLoss } from '@shared/compile/distillation'
import { trainingStep } from '@shared/compile/train'
import { evaluateGraph, Graph, gradients, mul, reduceSum, type Values } from '@shared/graph'
import { need, parseDocument } from '@shared/spec'
import { cases } from '@test/fixtures/distillation/distillation.json'

/** A model whose logits are its features: a dense layer of ones on the diagonal is set in the test. */
function planOf(scores: readonly number[], distillation: object, extra: object = {}) {
  const classes = scores[scores.length - 1]
  const document = need(parseDocument({
    format: 1,
    dataset: { type: 'digits' },
    model: { nodes: [{ type: 'dense', id: 'out', units: classes, activation: 'softmax' }] },
    training: { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd', learningRate: 1 }, distillation, ...extra },
  }))
  return buildPlan(document, { sample: scores, target: { kind: 'class', classes, classNames: Array.from({ length: classes }, String), ...(scores.length === 1 ? {} : { positions: scores[0] }) } })
}

const values = (shape: readonly number[], data: readonly number[]): Values => ({ shape, data: Float64Array.from(data) })
const near = (found: number, expected: number): void => expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(expected)))

/** Of rows, or of rows and positions. */
type Scores = readonly (readonly number[] | readonly (readonly number[])[])[]

interface DistillationCase {
  readonly temperature: number
  readonly alpha: number
  readonly positions?: number
  readonly student: Scores
  readonly teacher: Scores
  readonly labels: readonly (number | readonly number[])[]
  readonly loss: number
  readonly distillation: number
  readonly objective: number
  readonly gradient: Scores
}

describe.each((cases as readonly DistillationCase[]).map((each, index) => ({ ...each, name: `case ${index}: T = ${each.temperature}, α = ${each.alpha}${each.positions === undefined ? '' : ', every position'}` })))('$name', ({ temperature, alpha, positions, student, teacher, labels, loss, distillation, objective, gradient }) => {
  const rows = student.length
  const classes = student.flat(2).length / rows / (positions ?? 1)
  const scores = positions === undefined ? [classes] : [positions, classes]
  const shape = [rows, ...scores]

  it('the divergence is PyTorch’s kl_div times T², and so is its gradient', () => {
    const graph = new Graph()
    const [answers, taught] = ['student', 'teacher'].map((name) => graph.input(name, 'float32', shape))
    const mean = mul(reduceSum(distillationLoss(answers, taught, temperature), { axes: [0], keepDims: false }), 1 / rows)
    const feeds = new Map([['student', values(shape, student.flat(2))], ['teacher', values(shape, teacher.flat(2))]])
    const [found] = evaluateGraph([mean, ...gradients(mean, [answers])], feeds)
    near(found.data[0], distillation)
  })

  it.each([1, 2])('a training step in %d parts has PyTorch’s losses, objective and update', (parts) => {
    const plan = need(planOf(scores, { teacher: { run: 'teacher' }, alpha, temperature }, parts === 1 ? {} : { accumulation: parts }))
    const { program, objective: wanted } = trainingStep(plan, rows)
    expect(program.rows.map(({ table }) => table)).toEqual(['features', 'targets', 'teacher'])
    // Kernel and bias in one entry: the unit matrix, then zeros, so that logits are the features.
    const [entry] = program.state
    const weights = Float64Array.from({ length: classes * classes + classes }, (_, index) => (index < classes * classes && index % (classes + 1) === 0 ? 1 : 0))
    const feeds = new Map<string, Values>([
      ['features', values(shape, student.flat(2))],
      ['targets', values(shape.slice(0, -1), labels.flat())],
      ['teacher', values(shape, teacher.flat(2))],
      [`state/${entry.name}`, { shape: entry.shape, data: weights }],
      ...program.steps.map(({ name, shape }) => [name, values(shape, [1])] as const),
    ])
    const named = program.outputs.map(({ name }) => name)
    // `next` is set: SGD changes the entry.
    const found = evaluateGraph([...program.outputs.map(({ tensor }) => tensor), wanted, entry.next!], feeds)
    near(found[named.indexOf('loss')].data[0], loss)
    near(found[named.indexOf('distillation')].data[0], distillation)
    near(found[named.length].data[0], objective)
    // With a rate of 1 the bias moves by minus the sum of the rows' gradients.
    const bias = [...found[named.length + 1].data.slice(classes * classes)]
    bias.forEach((value, index) => near(-value, gradient.flat(2).reduce((sum, each, at) => (at % classes === index ? sum + each : sum), 0)))
  })
})

it('a student that answers like its teacher has nothing to learn from it', () => {
  const graph = new Graph()
  const scores = graph.input('scores', 'float32', [1, 3])
  const [found] = evaluateGraph([distillationLoss(scores, scores, 3)], new Map([['scores', values([1, 3], [5, -1, 2])]]))
  expect(found.data[0]).toBe(0)
})

it('by hand: two classes at T = 2, teacher 2 against 0, student 0 against 0', () => {
  const graph = new Graph()
  const [student, teacher] = [graph.input('s', 'float32', [1, 2]), graph.input('t', 'float32', [1, 2])]
  const [found] = evaluateGraph([distillationLoss(student, teacher, 2)], new Map([['s', values([1, 2], [0, 0])], ['t', values([1, 2], [2, 0])]]))
  // p = σ(1) = 0.7310585786; KL = p ln 2p + (1 − p) ln 2(1 − p) = 0.1109440717, times T² = 4.
  expect(found.data[0]).toBeCloseTo(0.4437762867, 9)
})

describe('a plan', () => {
  it('without distillation has no teacher; evaluation never has one', () => {
    const plain = need(planOf([3], { teacher: { run: 'a' } }))
    const { distillation: _, ...rest } = plain
    expect(trainProgram({ ...rest, distillation: null }, 2).rows).toHaveLength(2)
    expect(evaluateProgram(plain, 2).rows).toHaveLength(2)
  })

  it('refuses what has no score for each class', () => {
    const document = need(parseDocument({
      format: 1,
      dataset: { type: 'linear' },
      model: { nodes: [{ type: 'dense', units: 1 }] },
      training: { loss: 'meanSquaredError', optimizer: 'sgd', distillation: { teacher: { run: 'a' } } },
    }))
    const plan = buildPlan(document, { sample: [1], target: { kind: 'value', shape: [1], names: ['y'] } })
    expect(plan.ok ? [] : plan.issues.map(({ code }) => code)).toEqual(['training-distillation-classes'])
  })
})
