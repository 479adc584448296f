import { evaluateGraph, OPS } from '@shared/graph'
import { describe, expect, test } from 'vitest'
import { FORMS } from '@main/engines/tfjs/ops'
import { distance } from '../../../property/graph/case-program'
import { drawFrom } from '../../../property/graph/draw'
import { buildCase } from '../../../property/graph/example'
import { opCases } from '../../../property/graph/op-cases'
import { opTable } from '../../../property/graph/op-table'
import { devices, runCase } from './case-program'

/** Of a float32 result to the float64 reference, relative to 1 + |reference|. */
const TOLERANCE = 2e-6

const RANDOM_EXAMPLES = 25

test('every op of the closed set has a form, and nothing else has', () => {
  expect([...FORMS.keys()].sort()).toEqual([...OPS.keys()].sort())
})

describe.each(devices)('%s agrees with the float64 reference', (device) => {
  test.each(opCases)('$name', async (each) => {
    const built = each.build()
    const found = await runCase(built, device)
    evaluateGraph(built.outputs, built.feeds).forEach(({ data }, index) => {
      expect(distance(found[index], data, built.outputs[index].dtype), `output ${index}: ${[...found[index]].join()} instead of ${data.join()}`).toBeLessThan(TOLERANCE)
    })
  })
})

describe.each(devices)('%s, on random examples beyond the common cases', (device) => {
  test.each([...OPS.keys()])('%s', async (op) => {
    for (let seed = 0; seed < RANDOM_EXAMPLES; seed++) {
      const draw = drawFrom('tfjs', op, seed)
      const built = buildCase(opTable[op].random(draw), draw)
      const found = await runCase(built, device)
      evaluateGraph(built.outputs, built.feeds).forEach(({ data }, index) => {
        expect(distance(found[index], data, built.outputs[index].dtype), `seed ${seed}, output ${index}`).toBeLessThan(TOLERANCE)
      })
    }
  })
})
