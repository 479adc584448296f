import { describe, expect, it } from 'vitest'
import { buildPlan, evaluateProgram, initialState, type TrainingPlan } from '@shared/compile'
import { metricResult, type TargetInfo } from '@shared/catalog/losses'
import { evaluateGraph, type Values } from '@shared/graph'
import { need, parseDocument } from '@shared/spec'
import { stateFeeds } from '@test/helpers/state-feeds'

const METRICS = ['accuracy', 'f1', 'perplexity', 'meanSquaredError']

function planOf(loss: object, last: object, target: TargetInfo): TrainingPlan {
  const document = need(parseDocument({ format: 1, dataset: { type: 'iris' }, model: { nodes: [{ id: 'out', type: 'dense', ...last }] }, training: { loss, metrics: METRICS, optimizer: 'sgd' } }))
  return need(buildPlan(document, { sample: [1], target }))
}

/** The metrics of rows x whose scores are weights · x, as evaluation records them. */
function measured(plan: TrainingPlan, weights: readonly number[], x: readonly number[], labels: readonly number[]): Record<string, number> {
  const program = evaluateProgram(plan, x.length)
  const state = new Map([...initialState(plan, program.state, 0)].map(([name, values]) => [name, Float64Array.from(values, (_, at) => weights[at] ?? 0)]))
  const feeds = new Map<string, Values>([...stateFeeds(program.state, state), ['features', { shape: [x.length, 1], data: Float64Array.from(x) }], ['targets', { shape: [x.length], data: Float64Array.from(labels) }]])
  const values = evaluateGraph(program.outputs.map(({ tensor }) => tensor), feeds)
  return Object.fromEntries(
    plan.metrics.map(({ definition, options }) => {
      const key = definition.key(options)
      const sums = values[program.outputs.findIndex(({ name }) => name === `metric/${key}`)].data
      return [key, metricResult(definition, Float64Array.from(sums), x.length, plan.data.target, options)[0]]
    }),
  )
}

/** Scores between 0 and 0.5, whose probability is above 0.5, among them. */
const X = [0.3, -0.4, 2, 0.2, -3]

describe('perplexity of outputs that are no probabilities', () => {
  const said = (loss: object, last: object, metric: object = {}): readonly string[] => {
    const document = need(parseDocument({ format: 1, dataset: { type: 'iris' }, model: { nodes: [{ type: 'dense', units: 3, ...last }] }, training: { loss, metrics: ['accuracy', { type: 'perplexity', ...metric }], optimizer: 'sgd' } }))
    const plan = buildPlan(document, { sample: [1], target: { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] } })
    return plan.ok ? [] : plan.issues.map(({ code, path }) => `${path.join('.')}: ${code}`)
  }

  it('is refused where no loss makes probabilities of them', () => {
    expect(said({ type: 'meanSquaredError' }, {})).toEqual(['training.metrics.1: metric-needs-probabilities'])
    expect(said({ type: 'meanSquaredError' }, {}, { fromLogits: true })).toEqual([])
    expect(said({ type: 'meanSquaredError' }, { activation: 'softmax' })).toEqual([])
  })

  it('is left to a loss that makes them, or is itself refused', () => {
    expect(said({ type: 'categoricalCrossentropy', fromLogits: true }, {})).toEqual([])
    expect(said({ type: 'categoricalCrossentropy' }, {})).toEqual(['training.loss: loss-needs-probabilities'])
  })
})

describe('metrics of outputs that the loss takes for logits', () => {
  it('are those of the same model with a final sigmoid', () => {
    const target: TargetInfo = { kind: 'class', classes: 2, classNames: ['no', 'yes'] }
    const labels = [1, 0, 1, 0, 0]
    const bare = measured(planOf({ type: 'binaryCrossentropy', fromLogits: true }, { units: 1 }, target), [1], X, labels)
    expect(bare).toEqual(measured(planOf({ type: 'binaryCrossentropy' }, { units: 1, activation: 'sigmoid' }, target), [1], X, labels))
    expect(bare.accuracy).toBe(4 / 5)
  })

  it('are those of the same model with a final softmax', () => {
    const target: TargetInfo = { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] }
    const labels = [0, 1, 2, 2, 1]
    const bare = measured(planOf({ type: 'categoricalCrossentropy', fromLogits: true }, { units: 3 }, target), [1, -1, 0.5], X, labels)
    expect(bare).toEqual(measured(planOf({ type: 'categoricalCrossentropy' }, { units: 3, activation: 'softmax' }, target), [1, -1, 0.5], X, labels))
    const logProbability = X.map((x, row) => Math.log(Math.exp([1, -1, 0.5][labels[row]] * x) / [1, -1, 0.5].reduce((sum, weight) => sum + Math.exp(weight * x), 0)))
    expect(bare.perplexity).toBeCloseTo(Math.exp(-logProbability.reduce((sum, each) => sum + each, 0) / X.length), 12)
  })
})
