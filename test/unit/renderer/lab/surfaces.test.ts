import { describe, expect, it } from 'vitest'
import { surfaces } from '@shared/catalog/surfaces'
import { openRace, raceSchema } from '@shared/surfaces'
import { heightCurves } from '@renderer/views/lab/surfaces/height-curves'
import { FIRST_RACE, suggestedRace, withSurface } from '@renderer/views/lab/surfaces/setting'
import { need } from '@shared/spec'

describe('choosing a surface', () => {
  it('brings its own racers as long as nobody was chosen by hand', () => {
    const rosenbrock = withSurface(FIRST_RACE, 'rosenbrock')
    expect(rosenbrock).toEqual(suggestedRace('rosenbrock'))
    const mine = { ...rosenbrock, start: [0, 0], racers: [{ optimizer: 'lion' }] }
    expect(withSurface(mine, 'beale')).toEqual({ surface: 'beale', steps: 1000, racers: [{ optimizer: 'lion' }] })
  })

  it('offers an expression to begin with, and keeps the one that is there', () => {
    const own = withSurface(FIRST_RACE, null)
    expect(raceSchema.safeParse(own).success).toBe(true)
    const written = { ...own, surface: { expression: 'x y' } }
    expect(withSurface(written, null).surface).toEqual({ expression: 'x y' })
  })

  it.each(surfaces)('suggests a race on $type that is a valid document', ({ type }) => {
    expect(raceSchema.safeParse(suggestedRace(type)).success).toBe(true)
  })
})

describe('the chart of heights', () => {
  const way = { x: [0, 0, 0], y: [0, 0, 0], value: [9, 4, 1], divergedAt: null }

  it('is logarithmic above a known minimum, and shows what has been made', async () => {
    const race = need(await openRace({ surface: 'bowl', steps: 10, racers: [{ optimizer: 'sgd' }] }))
    const { excess, chart } = heightCurves(race, [way], 1, ['sgd'])
    expect([excess, chart.yScale, chart.xRange]).toEqual([true, 'log', [0, 10]])
    expect(Array.from(chart.series[0].points.y)).toEqual([9, 4])
    expect(Array.from(chart.series[0].points.x)).toEqual([0, 1])
  })

  it('is linear where there is no minimum', async () => {
    const race = need(await openRace({ surface: 'saddle', steps: 10, racers: [{ optimizer: 'sgd' }] }))
    expect(heightCurves(race, [way], 9, ['sgd'])).toMatchObject({ excess: false, chart: { yScale: 'linear' } })
  })
})
