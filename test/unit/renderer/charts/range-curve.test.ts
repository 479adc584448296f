import { expect, it } from 'vitest'
import { rangeCurveChart } from '@renderer/charts/range-curve'

const result = { rates: [0.001, 0.01, 0.1], smoothed: [3, 2, 1], suggested: 0.01, highest: 0.1, diverged: 1 }
const names = { rate: 'learning rate', suggested: 'suggested', highest: 'lowest' }

it('shows what is smoothed over the raw losses up to where they blew up, with the marks of one test', () => {
  const chart = rangeCurveChart([{ ...result, name: 'first', losses: [3, 2, 1, 1000] }, { ...result, name: 'second', smoothed: [4, 3, 2], marked: false }], names)
  expect(chart.series.map(({ id, faint = false, points: { x, y } }) => [id, faint, Array.from(x), Array.from(y)])).toEqual([
    ['raw-0', true, result.rates, [3, 2, 1]],
    ['range-0', false, result.rates, [3, 2, 1]],
    ['range-1', false, result.rates, [4, 3, 2]],
  ])
  expect(chart.marks).toEqual([{ x: 0.01, label: 'suggested' }, { x: 0.1, label: 'lowest' }])
  const [low, high] = chart.yRange ?? []
  expect([low, high].map((value) => Number(value?.toFixed(3)))).toEqual([0.76, 4.24])
})

it('has room where there is one value, or none', () => {
  expect(rangeCurveChart([], names).yRange).toBeUndefined()
  expect(rangeCurveChart([{ ...result, name: 'flat', rates: [1], smoothed: [2], suggested: null, highest: null }], names)).toMatchObject({ yRange: [1.84, 2.16], marks: [] })
})
