import { expect, it } from 'vitest'
import type { Measured } from '@shared/diagnostics/measured'
import { withMeasured } from '@renderer/views/diagnostics/use-diagnostics'

/** Measurements are told apart by their rate. */
function at(step: number, learningRate: number): Measured {
  return { step, record: { learningRate } as Measured['record'] }
}

it('what is measured again after going back to a checkpoint replaces what was measured there', () => {
  const known = [at(10, 1), at(20, 1), at(30, 1)]
  expect(withMeasured(known, [at(40, 2)])).toEqual([...known, at(40, 2)])
  expect(withMeasured(known, [at(40, 2), at(20, 3), at(25, 3)])).toEqual([at(10, 1), at(20, 3), at(25, 3)])
  expect(withMeasured(known, [])).toEqual(known)
})
