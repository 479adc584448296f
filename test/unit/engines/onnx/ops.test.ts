import { describe, expect, test } from 'vitest'
import { blockSize } from '@main/engines/onnx/block'
import { FORMS } from '@main/engines/onnx/forms'
import { FULL_TABLE, PLAIN_TABLE } from '@main/engines/onnx/lowerings/table'
import { evaluateGraph, OPS } from '@shared/graph'
import { opCases } from '../../../property/graph/op-cases'
import { largestError, runtimeValues } from './runtime-values'

/**
 * Float32 keeps 24 bits (6e-8); sums of some hundred products and the runtime's polynomial exp, tanh and erf cost the
 * rest.
 */
const TOLERANCE = 1e-5

test('every op has a form, and there are no others', () => {
  expect([...FORMS.keys()].sort()).toEqual([...OPS.keys()].sort())
})

describe.each([...OPS.keys()])('%s in ONNX Runtime equals the float64 reference', (op) => {
  test.each(opCases.filter((each) => each.op === op))('$name', async ({ build }) => {
    const { graph, outputs, feeds } = build()
    const expected = evaluateGraph(outputs, feeds)
    for (const [table, block] of [[PLAIN_TABLE, null], [FULL_TABLE, await blockSize()]] as const) {
      const found = await runtimeValues(outputs, graph.inputs, feeds, table, block)
      found.forEach((values, at) => expect(largestError(values, expected[at].data)).toBeLessThan(TOLERANCE))
    }
  })
})
