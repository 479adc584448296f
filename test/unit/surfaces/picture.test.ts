import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { bowl } from '@shared/catalog/surfaces/bowl'
import { need } from '@shared/spec'
import { contourLevels, contoursOf, groundColor, heightMap, LIGHT_SURFACE, openRace, raceSvg, standingOf, toPixels, toPlane, trajectoryPath, type Race } from '@shared/surfaces'

const frame = { width: 400, height: 300, view: bowl.view }

async function race(document: object): Promise<Race> {
  return need(await openRace(document))
}

describe('the frame', () => {
  it('turns pixels back into what they show', () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true }), (x, y) => {
        const [left, up] = toPlane(frame, toPixels(frame, [x, y]))
        expect(left).toBeCloseTo(x, 9)
        expect(up).toBeCloseTo(y, 9)
      }),
    )
  })

  it('has higher y further up', () => {
    expect(toPixels(frame, [0, 4])[1]).toBeLessThan(toPixels(frame, [0, -4])[1])
  })

  it('draws as much of a way as has been made, and keeps to finite pixels', () => {
    const way = { x: [0, 1, 1e300], y: [0, 1, -1e300] }
    expect(trajectoryPath(frame, way, 0).match(/,/g)).toHaveLength(1)
    expect(trajectoryPath(frame, way, 5)).toMatch(/^M[\d.]+,[\d.]+L[\d.]+,[\d.]+L10000,10000$/)
    expect(trajectoryPath(frame, { x: [], y: [] }, 5)).toBe('')
  })
})

describe('contours', () => {
  const map = heightMap(bowl, 60, 40)

  it('rise, from the lowest ground on, and hold what is at least as high', () => {
    const levels = contourLevels(map)
    expect(levels.length).toBeGreaterThan(10)
    expect([...levels].sort((a, b) => a - b)).toEqual(levels)
    expect(levels[0]).toBe(Math.min(...map.values))
    // Levels divide the cells: each further contour holds fewer of them.
    const counts = levels.map((level) => map.values.filter((value) => value >= level).length)
    counts.slice(1).forEach((count, index) => expect(count).toBeLessThan(counts[index]))
  })

  it('are closed paths within the cells', () => {
    for (const { path } of contoursOf(map)) {
      expect(path).toMatch(/^(M[\d.,L]+Z)+$/)
      for (const [, x, y] of path.matchAll(/([\d.]+),([\d.]+)/g)) expect(Number(x) <= 60 && Number(y) <= 40).toBe(true)
    }
  })

  it('leave out what is not finite; nothing is drawn where nothing is', () => {
    expect(contoursOf({ columns: 2, rows: 2, values: Float64Array.of(NaN, Infinity, -Infinity, NaN) })).toEqual([])
    expect(contourLevels({ values: Float64Array.of(NaN, 1, 1, 1) })).toEqual([1])
  })
})

it('ground goes from its low color to its high one', () => {
  expect(groundColor(LIGHT_SURFACE, 0)).toBe(LIGHT_SURFACE.low)
  expect(groundColor(LIGHT_SURFACE, 1)).toBe(LIGHT_SURFACE.high)
})

describe('a standing', () => {
  it('tells height above and distance to the known minimum, and that a racer is gone', async () => {
    const { landscape, entrants } = await race({ surface: 'bowl', steps: 20, racers: [{ optimizer: { type: 'sgd', learningRate: 0.5 } }, { optimizer: { type: 'sgd', learningRate: 1e200 } }] })
    const good = standingOf(landscape, entrants[0].racer.runTo(20), 20)
    expect(good).toMatchObject({ step: 20, y: 0, diverged: false })
    expect(good?.distance).toBeCloseTo(7 * 0.95 ** 20, 12)
    expect(good?.excess).toBeCloseTo((7 * 0.95 ** 20) ** 2 / 20, 12)
    expect(standingOf(landscape, entrants[1].racer.runTo(20), 20)).toMatchObject({ diverged: true, step: 0 })
  })
})

it('a picture holds every way and its end, and names are inert in it', async () => {
  const svg = raceSvg(await race({ surface: 'himmelblau', steps: 50, racers: [{ optimizer: 'adam' }, { optimizer: 'sgd' }] }), '<script>&"')
  expect(svg).toContain('adam keras 0.001: f = ')
  expect(svg).toContain('sgd keras 0.01: f = ')
  expect(svg.match(/<circle/g)).toHaveLength(2)
  expect(svg).not.toContain('<script>')
  expect(svg).not.toMatch(/NaN|Infinity/)
})
