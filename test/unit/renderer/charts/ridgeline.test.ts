import { describe, expect, it } from 'vitest'
import { chosenRidges, outline, ridgelineChart } from '@renderer/charts/ridgeline'
import { LIGHT } from '@renderer/charts/theme'

const ridge = (step: number, counts: readonly number[] = [1, 2, 4, 1], low = -1, high = 1) => ({ step, low, high, counts })

describe('ridges', () => {
  it('are outlined at their bins’ centers, from the baseline and back to it', () => {
    expect(outline(ridge(0), 3)).toEqual([[-1, 3], [-0.75, 3.6], [-0.25, 4.2], [0.25, 5.4], [0.75, 3.6], [1, 3]])
  })

  it('of a tensor of equal values are one spike, of an empty one flat', () => {
    expect(outline(ridge(0, [7, 0], 2, 2), 0).map(([x]) => x)).toEqual([2, 2.25, 2.75, 3])
    expect(outline(ridge(0, [0, 0]), 1).every(([, y]) => y === 1)).toBe(true)
  })

  it('are thinned out evenly, both ends kept', () => {
    const many = Array.from({ length: 1000 }, (_, step) => step)
    const chosen = chosenRidges(many)
    expect([chosen.length, chosen[0], chosen.at(-1)]).toEqual([24, 0, 999])
    expect(chosenRidges([1, 2, 3])).toEqual([1, 2, 3])
  })
})

it('draws the newest in front at the bottom, with steps along the side', () => {
  const option = ridgelineChart({ ridges: [ridge(0), ridge(100), ridge(2500)], color: '#0072B2', theme: LIGHT, xName: 'value' })
  const series = option.series as readonly { readonly id: string; readonly z: number; readonly data: readonly [number, number][]; readonly areaStyle: { readonly origin: number } }[]
  expect(series.map(({ id, z, areaStyle }) => [id, z, areaStyle.origin])).toEqual([['ridge-0', 2, 2], ['ridge-100', 3, 1], ['ridge-2500', 4, 0]])
  expect(series.map(({ data }) => data[0][1])).toEqual([2, 1, 0])
  const { formatter } = (option.yAxis as { readonly axisLabel: { readonly formatter: (row: number) => string } }).axisLabel
  expect([0, 1, 2, 3, 4].map(formatter)).toEqual(['2500', '100', '0', '', ''])
})
