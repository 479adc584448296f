import { expect, it } from 'vitest'
import { resolveOptimizer } from '@shared/catalog/optimizers'
import { evaluateGraph, Graph } from '@shared/graph'
import { need } from '@shared/spec'
import { planOf, stepOf } from './reference-step'

const momentum = 0.5
const document = { optimizer: { type: 'nesterov', dialect: 'textbook', learningRate: 0.1, momentum } }

it('three steps on w²/2 from 1, by hand', () => {
  const { rule, options } = need(resolveOptimizer(document.optimizer))
  let [w, v] = [1, 0]
  const path: number[] = []
  for (let step = 1; step <= 3; step++) {
    const graph = new Graph()
    const [weight, slot, rate] = ['w', 'v', 'rate'].map((name) => graph.input(name, 'float32', []))
    const scalars = { rate }
    const point = rule.point?.({ weight, slots: { momentum: slot }, scalars }, options)
    if (point === undefined) throw new Error('no look-ahead point')
    // The gradient of w²/2 is the point itself.
    const next = rule.update({ weight, gradient: point, slots: { momentum: slot }, scalars }, options)
    const feed = (value: number) => ({ shape: [], data: Float64Array.of(value) })
    const [after, moved] = evaluateGraph([next.weight, next.slots.momentum], new Map([['w', feed(w)], ['v', feed(v)], ['rate', feed(0.1)]]))
    ;[w, v] = [after.data[0], moved.data[0]]
    path.push(w)
  }
  // v: −0.1, then 0.5·−0.1 − 0.1·0.85, then 0.5·−0.135 − 0.1·0.6975.
  for (const [at, expected] of [0.9, 0.765, 0.62775].entries()) expect(path[at]).toBeCloseTo(expected, 12)
})

it('a training step sees the model at the look-ahead point, and moves the weights', () => {
  const first = stepOf(planOf(document), 6)
  const second = stepOf(planOf(document), 6, { step: 1, state: first.after })
  const [[name, weights]] = [...first.after].filter(([each]) => !each.startsWith('momentum/'))
  const velocity = first.after.get(`momentum/${name}`) ?? new Float64Array()
  const ahead = new Map([[name, weights.map((value, at) => value + momentum * velocity[at])]])
  const there = stepOf(planOf({ optimizer: { type: 'sgd', learningRate: 0.1 } }), 6, { step: 1, state: ahead })
  expect(second.outputs.loss[0]).toBeCloseTo(there.outputs.loss[0], 12)
  const gradient = (there.after.get(name) ?? new Float64Array()).map((value, at) => ((ahead.get(name)?.[at] ?? Number.NaN) - value) / 0.1)
  for (const [at, value] of (second.after.get(name) ?? []).entries()) expect(value).toBeCloseTo(weights[at] + momentum * velocity[at] - 0.1 * gradient[at], 12)
})
