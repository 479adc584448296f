import { OPS, add, evaluateGraph, gradients } from '@shared/graph'
import type { Tensor, Values } from '@shared/graph'
import { fc } from '@test/helpers/property'
import { describe, expect, test } from 'vitest'
import type { Draw } from './draw'
import { buildExample, weighted } from './example'
import { numericGradient } from './finite-differences'
import { opTable } from './op-table'

const TOLERANCE = 1e-6
const RUNS = { numRuns: 25, seed: 20_261_101 }

const differentiable = [...OPS.values()].filter(({ gradient }) => gradient !== null).map(({ name }) => name)

/** Lets fast-check make a generator's choices, so that it can shrink them. */
function drawBy(gen: fc.GeneratorValue): Draw {
  return { integer: (min, max) => gen(fc.integer, { min, max }) }
}

function expectGradients(y: Tensor, variables: readonly Tensor[], feeds: ReadonlyMap<string, Values>): void {
  const analytic = evaluateGraph(gradients(y, variables), feeds)
  variables.forEach((variable, at) => {
    const numeric = numericGradient(y, String(variable.attrs.name), feeds)
    const scale = Math.max(1, ...numeric.map(Math.abs))
    numeric.forEach((expected, element) => {
      const found = analytic[at].data[element]
      expect(Math.abs(found - expected) / scale, `${String(variable.attrs.name)}[${element}]: ${found}, numerically ${expected}`).toBeLessThan(TOLERANCE)
    })
  })
}

describe.each(differentiable)('%s', (op) => {
  const { random } = opTable[op]

  test('first-order gradients agree with finite differences', () => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const draw = drawBy(gen)
        const built = buildExample(random(draw))
        expect(built.y.op).toBe(op)
        expect(built.variables.length).toBeGreaterThan(0)
        expectGradients(weighted(built, 'dy', built.y, draw), built.variables, built.feeds)
      }),
      RUNS,
    )
  })

  test('second-order gradients agree with finite differences', () => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const draw = drawBy(gen)
        const built = buildExample(random(draw))
        const first = gradients(weighted(built, 'dy', built.y, draw), built.variables)
        const total = first.map((gradient, at) => weighted(built, `u${at}`, gradient, draw)).reduce((a, b) => add(a, b))
        const dy = built.graph.inputs.get('dy')
        if (!dy) throw new Error('dy is an input')
        expectGradients(total, [...built.variables, dy], built.feeds)
      }),
      RUNS,
    )
  })
})
