import { expect, test } from 'vitest'
import { nextRunColor, RUN_COLORS } from '@shared/lib/run-colors'

test('a dozen runs in a row have a dozen colors, whatever came before', () => {
  const recent: string[] = ['#ff0000', RUN_COLORS[3]]
  for (let run = 0; run < 30; run++) recent.unshift(nextRunColor(recent))
  for (let first = 0; first + RUN_COLORS.length <= 30; first++) expect(new Set(recent.slice(first, first + RUN_COLORS.length)).size).toBe(RUN_COLORS.length)
})

test('what was removed makes room', () => {
  expect(nextRunColor([])).toBe(RUN_COLORS[0])
  expect(nextRunColor([RUN_COLORS[1], null, RUN_COLORS[0]])).toBe(RUN_COLORS[2])
})
