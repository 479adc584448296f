import { expect } from 'vitest'
import type { Values } from '@shared/graph'
import type { Packed } from './lowering'

/** Float64 arithmetic in another order: errors of a few units in the last place of the largest term. */
const FLOAT64 = 1e-12

/** Equal shapes, and values within `tolerance` of the larger of 1 and the expected value. */
export function expectClose(found: Values, expected: Packed, what: string, tolerance = FLOAT64): void {
  expect(found.shape, `${what}: shape`).toEqual(expected.shape)
  expected.data.forEach((value, at) => {
    const error = Math.abs(found.data[at] - value) / Math.max(1, Math.abs(value))
    expect(error, `${what}[${at}]: ${found.data[at]} instead of ${value}`).toBeLessThanOrEqual(tolerance)
  })
}
