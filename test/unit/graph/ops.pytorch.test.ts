import { readFileSync } from 'node:fs'
import { Graph, OPS, evaluateGraph, gradients, mul, reduceSum } from '@shared/graph'
import type { Attrs, DType, Shape, Values } from '@shared/graph'
import { describe, expect, test } from 'vitest'

/** As test/fixtures/ops/make.py writes it. */
interface FixtureCase {
  readonly op: string
  readonly name: string
  readonly attrs: Attrs
  readonly inputs: readonly FixtureTensor[]
  readonly output: FixtureTensor
  readonly dy?: readonly number[]
  readonly gradients?: readonly (readonly number[] | null)[]
}

interface FixtureTensor {
  readonly dtype: DType
  readonly shape: Shape
  readonly data: readonly number[]
}

const { cases } = JSON.parse(readFileSync(new URL('../../fixtures/ops/ops.json', import.meta.url), 'utf8')) as { cases: readonly FixtureCase[] }

/** Relative, element by element: a few roundings of float64. Operands are short binary fractions, so sums do not lose digits. */
const TOLERANCE = 1e-13

function expectClose(found: Float64Array, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length)
  found.forEach((value, at) => {
    expect(Math.abs(value - expected[at]), `[${at}]: ${value}, PyTorch ${expected[at]}`).toBeLessThanOrEqual(TOLERANCE * Math.abs(expected[at]))
  })
}

function valuesOf({ shape, data }: { shape: Shape; data: readonly number[] }): Values {
  return { shape, data: Float64Array.from(data) }
}

/** Recurrences and their gradients' rules, which are compared with PyTorch where layers use them (test/fixtures/sequences). */
const ELSEWHERE = ['customGradient', 'scan', 'scanOutput']

test('PyTorch has values of every op', () => {
  expect([...new Set(cases.map(({ op }) => op)), ...ELSEWHERE].sort()).toEqual([...OPS.keys()].sort())
})

describe.each([...OPS.values()].filter(({ name }) => !ELSEWHERE.includes(name)))('$name', (definition) => {
  test.each(cases.filter(({ op }) => op === definition.name))('$name', ({ attrs, inputs: operands, output, dy, gradients: expected }) => {
    const graph = new Graph()
    const inputs = operands.map(({ dtype, shape }, at) => graph.input(`x${at}`, dtype, shape))
    const feeds = new Map(operands.map((operand, at) => [`x${at}`, valuesOf(operand)]))
    const y = graph.append(definition, inputs, attrs)
    expect({ dtype: y.dtype, shape: y.shape }).toEqual({ dtype: output.dtype, shape: output.shape })
    expectClose(evaluateGraph([y], feeds)[0].data, output.data)

    if (!dy || !expected) return
    feeds.set('dy', valuesOf({ shape: y.shape, data: dy }))
    const loss = reduceSum(mul(y, graph.input('dy', 'float32', y.shape)), { axes: y.shape.map((_, axis) => axis) })
    const variables = inputs.filter((_, at) => expected[at])
    const found = evaluateGraph(gradients(loss, variables), feeds)
    expected.filter((each) => each !== null).forEach((each, at) => expectClose(found[at].data, each))
  })
})
