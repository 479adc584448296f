import { readdirSync } from 'node:fs'
import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { surfaces, type Point, type SurfaceDefinition } from '@shared/catalog/surfaces'
import { openRace, showcaseOf } from '@shared/surfaces'
import { evaluateGraph, Graph, gradients } from '@shared/graph'
import { need } from '@shared/spec'

/** Heights in plain numbers, written from the sources again. */
const plain: Readonly<Record<string, (x: number, y: number) => number>> = {
  bowl: (x, y) => x ** 2 / 20 + y ** 2,
  ravine: (x, y) => 50 * ((x - y) / 2) ** 2 + 0.5 * ((x + y) / 2) ** 2,
  rosenbrock: (x, y) => (1 - x) ** 2 + 100 * (y - x ** 2) ** 2,
  beale: (x, y) => (1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2 + (2.625 - x + x * y ** 3) ** 2,
  himmelblau: (x, y) => (x ** 2 + y - 11) ** 2 + (x + y ** 2 - 7) ** 2,
  saddle: (x, y) => x ** 2 - y ** 2,
  rastrigin: (x, y) => 20 + x ** 2 + y ** 2 - 10 * (Math.cos(2 * Math.PI * x) + Math.cos(2 * Math.PI * y)),
}

/** Height and slope at a point. */
function at(surface: SurfaceDefinition, [left, up]: Point): readonly number[] {
  const graph = new Graph()
  const [x, y] = [graph.input('x', 'float32', []), graph.input('y', 'float32', [])]
  const value = surface.lower(x, y)
  const feeds = new Map([['x', { shape: [], data: Float64Array.of(left) }], ['y', { shape: [], data: Float64Array.of(up) }]])
  return evaluateGraph([value, ...gradients(value, [x, y])], feeds).map(({ data }) => data[0])
}

it('registers every file, under its own name', () => {
  const files = readdirSync(new URL('../../../src-shared/catalog/surfaces/', import.meta.url)).map((name) => name.slice(0, -3))
  expect(surfaces.map(({ type }) => type).sort()).toEqual(files.filter((name) => !['index', 'surface'].includes(name)).sort())
})

describe.each(surfaces)('$type', (surface) => {
  it('explains itself in both languages', () => {
    const { title, help, formula, source } = surface
    expect(title.en).not.toBe('')
    expect(title['zh-CN']).not.toBe('')
    expect(help.en).toMatch(/^[A-Z].{30,}\.$/)
    expect(help['zh-CN']).toMatch(/[一-鿿].*。$/)
    expect(help['zh-CN']).not.toMatch(/[一-鿿][,;:]|[,;:][一-鿿]/)
    expect(formula).toMatch(/^f\(x, y\) = /)
    expect(source).toMatch(/\d{4}/)
  })

  it('suggests a race in which all stay on the ground, and some get far', async () => {
    const { steps, entrants } = need(await openRace({ surface: surface.type, ...showcaseOf(surface.type) }))
    expect(entrants).toHaveLength(4)
    for (const { racer } of entrants) {
      const { value, divergedAt } = racer.runTo(steps)
      expect(divergedAt).toBeNull()
      expect(value[steps]).toBeLessThan(value[0])
    }
  })

  it('is its formula, everywhere', () => {
    const height = plain[surface.type]
    expect(height).toBeDefined()
    const inside = (range: readonly [number, number]) => fc.double({ min: range[0], max: range[1], noNaN: true })
    fc.assert(
      fc.property(inside(surface.view.x), inside(surface.view.y), (x, y) => {
        const expected = height(x, y)
        const [value, dx, dy] = at(surface, [x, y])
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * Math.max(100, Math.abs(expected)))
        const h = 1e-5
        const slopes = [(height(x + h, y) - height(x - h, y)) / (2 * h), (height(x, y + h) - height(x, y - h)) / (2 * h)]
        ;[dx, dy].forEach((slope, axis) => expect(Math.abs(slope - slopes[axis])).toBeLessThanOrEqual(1e-5 * Math.max(10, Math.abs(slope), Math.abs(expected))))
      }),
    )
  })

  it('shows its start and its minima, which are flat and nowhere undercut', () => {
    const { view, start, minima } = surface
    for (const [x, y] of [start, ...minima.map((minimum) => minimum.at)]) {
      expect(x > view.x[0] && x < view.x[1] && y > view.y[0] && y < view.y[1]).toBe(true)
    }
    for (const minimum of minima) {
      const [value, dx, dy] = at(surface, minimum.at)
      expect(value).toBeCloseTo(minimum.value, 12)
      expect(Math.hypot(dx, dy)).toBeLessThan(1e-12 * 1e3)
      const grid = Array.from({ length: 41 * 41 }, (_, cell): Point => [view.x[0] + ((cell % 41) / 40) * (view.x[1] - view.x[0]), view.y[0] + (Math.floor(cell / 41) / 40) * (view.y[1] - view.y[0])])
      for (const point of grid) expect(plain[surface.type](...point)).toBeGreaterThanOrEqual(minimum.value - 1e-9)
    }
  })
})
