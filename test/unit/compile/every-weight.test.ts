import { describe, expect, test } from 'vitest'
import { targetShape } from '@shared/catalog/losses'
import { stepInputs, trainProgram } from '@shared/compile'
import { evaluateGraph, sizeOf, type Values } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import { stateFeeds } from '@test/helpers/state-feeds'
import { drawFeatures, trainedModel, type Sketch } from '@test/helpers/trained-model'
import { ALL } from '../exports/more-sketches'

const ROWS = 3
const NUDGE = 1e-6

/** The loss of a training step, and the state after it, as functions of the state before, entry by entry. */
function stepOf(sketch: Sketch) {
  const model = trainedModel(sketch)
  const { plan } = model
  const program = trainProgram(plan, ROWS)
  const random = randomSource(19)
  const { target } = plan.data
  const fed: (readonly [string, Values])[] = [
    ['features', { shape: [ROWS, ...sketch.sample], data: Float64Array.from(drawFeatures(model, ROWS, sketch)) }],
    ['targets', { shape: [ROWS, ...targetShape(target)], data: Float64Array.from({ length: ROWS * sizeOf(targetShape(target)) }, () => (target.kind === 'class' ? random.integer(target.classes) : random.normal())) }],
    ...Object.entries(stepInputs(program, 0, 1, { seed: 3, optimizer: plan.optimizer, rate: () => 1 })).map(([name, values]) => [name, { shape: program.steps.find((each) => each.name === name)?.shape ?? [], data: Float64Array.from(values) }] as const),
  ]
  const run = (state: ReadonlyMap<string, Float64Array>) => {
    const changed = program.state.flatMap(({ name, next }) => (next === null ? [] : [{ name, next }]))
    const [loss, ...next] = evaluateGraph([program.outputs[0].tensor, ...changed.map((each) => each.next)], new Map([...stateFeeds(program.state, state), ...fed]))
    return { loss: loss.data[0], next: new Map(changed.map(({ name }, at) => [name, next[at].data])) }
  }
  const values = new Map(model.state.map(({ name, data }) => [name, data]))
  const before = new Map(program.state.map(({ name, views }) => [name, Float64Array.from(views.flatMap((view) => [...(values.get(view.name) ?? [])]))]))
  return { plan, program, run, before }
}

// Weights that share an entry are views of it: what layers do with views must not part them from their gradients.
describe('an update of rate 1 moves every weight by the slope of the loss', () => {
  test.each(Object.entries(ALL))('%s', (_name, sketch) => {
    const { plan, program, run, before } = stepOf(sketch)
    const { next } = run(before)
    const random = randomSource(23)
    const names = new Set(plan.layout.weights.map(({ fullName }) => fullName))
    for (const { name, views } of program.state) {
      for (const view of views.filter((each) => names.has(each.name))) {
        const start = before.get(name) ?? new Float64Array()
        const way = start.map((_, at) => (at >= view.offset && at < view.offset + sizeOf(view.shape) ? random.normal() : 0))
        const lossAt = (distance: number): number => run(new Map([...before, [name, start.map((value, at) => value + distance * way[at])]])).loss
        const slope = (lossAt(NUDGE) - lossAt(-NUDGE)) / (2 * NUDGE)
        const moved = start.reduce((sum, value, at) => sum + (value - (next.get(name)?.[at] ?? Number.NaN)) * way[at], 0)
        expect(Math.abs(moved - slope), `${view.name}: ${String(moved)} instead of ${String(slope)}`).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)))
      }
    }
  })
})
