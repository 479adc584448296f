import { describe, expect, it } from 'vitest'
import { datasetDefinitions, datasetSchema } from '@shared/catalog/datasets'
import { readRaw } from '@main/core/datasets'
import type { RawData } from '@shared/data/types'
import { need } from '@shared/spec'
import { Folder, issuesOf } from './helpers'

const folder = new Folder()

const generated = datasetDefinitions.filter((definition) => definition.kind === 'generated').map((definition) => definition.type)

function generate(document: object, seed = 42): Promise<RawData> {
  return readRaw(datasetSchema.parse(document), { baseDirectory: '/', resourcesDirectory: '/', seed })
}

function table(raw: RawData): number[][] {
  const { features } = raw
  if (features.kind !== 'columns') throw new Error('no table')
  return features.columns.map((column) => (column.kind === 'numeric' ? [...column.values] : []))
}

function labels(raw: RawData): number[] {
  if (raw.targets.kind !== 'class') throw new Error('no classes')
  return [...raw.targets.labels]
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function deviation(values: readonly number[]): number {
  const center = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - center) ** 2)))
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [centerA, centerB] = [mean(a), mean(b)]
  return mean(a.map((value, at) => (value - centerA) * (b[at] - centerB))) / (deviation(a) * deviation(b))
}

describe.each(generated)('%s', (type) => {
  const small = type === 'synthetic-digits' ? { rows: 60, testRows: 20 } : {}

  it('follows from its seed alone', async () => {
    expect(await generate({ type, ...small })).toEqual(await generate({ type, ...small }))
    expect(await generate({ type, ...small, seed: 42 }, 7)).toEqual(await generate({ type, ...small }, 42))
    expect(await generate({ type, ...small }, 7)).not.toEqual(await generate({ type, ...small }, 42))
  })

  it('loads with nothing but its type', async () => {
    const data = need(await folder.load({ type, ...small }))
    expect(data.train.rows).toBeGreaterThan(0)
    expect(data.train.features.every(Number.isFinite)).toBe(true)
  })
})

describe('linear', () => {
  it('a line with noise of the given deviation', async () => {
    const raw = await generate({ type: 'linear', rows: 20_000 })
    const [x] = table(raw)
    const y = raw.targets.kind === 'value' ? [...raw.targets.data] : []
    const residuals = y.map((value, row) => value - (2 * x[row] + 3))
    expect(Math.min(...x)).toBeGreaterThanOrEqual(-1)
    expect(Math.max(...x)).toBeLessThan(1)
    // Four standard errors.
    expect(Math.abs(mean(x))).toBeLessThan((4 * 2) / Math.sqrt(12 * 20_000))
    expect(Math.abs(mean(residuals))).toBeLessThan((4 * 0.1) / Math.sqrt(20_000))
    expect(Math.abs(deviation(residuals) - 0.1)).toBeLessThan((4 * 0.1) / Math.sqrt(2 * 20_000))
  })

  it('exactly a line without noise', async () => {
    const raw = await generate({ type: 'linear', rows: 50, slope: -1.5, intercept: 4, noise: 0, range: [10, 20] })
    const [x] = table(raw)
    if (raw.targets.kind !== 'value') throw new Error('no values')
    expect([...raw.targets.data]).toEqual(x.map((value) => Math.fround(-1.5 * value + 4)))
    expect(issuesOf(await folder.load({ type: 'linear', range: [1, 1] }))).toMatchObject([{ code: 'data-range-empty', path: ['dataset', 'range'] }])
  })
})

describe('shapes in the plane, without noise', () => {
  it('moons lie on two half circles', async () => {
    const raw = await generate({ type: 'moons', rows: 101, noise: 0 })
    const [x, y] = table(raw)
    labels(raw).forEach((label, row) => {
      const [dx, dy] = label === 0 ? [x[row], y[row]] : [1 - x[row], 0.5 - y[row]]
      expect(Math.hypot(dx, dy)).toBeCloseTo(1, 12)
      expect(dy).toBeGreaterThan(-1e-12)
    })
    expect(labels(raw).filter((label) => label === 0)).toHaveLength(51)
  })

  it('circles have their radii', async () => {
    const raw = await generate({ type: 'circles', rows: 100, noise: 0, factor: 0.3 })
    const [x, y] = table(raw)
    labels(raw).forEach((label, row) => expect(Math.hypot(x[row], y[row])).toBeCloseTo(label === 0 ? 1 : 0.3, 12))
  })

  it('arms of a spiral are one arm turned', async () => {
    const raw = await generate({ type: 'spiral', rows: 300, classes: 3, noise: 0 })
    const [x, y] = table(raw)
    const turn = (2 * Math.PI) / 3
    for (let row = 0; row < 300; row += 3) {
      // Clockwise from the y axis: (sin, cos).
      expect(x[row + 1]).toBeCloseTo(x[row] * Math.cos(turn) + y[row] * Math.sin(turn), 12)
      expect(y[row + 1]).toBeCloseTo(y[row] * Math.cos(turn) - x[row] * Math.sin(turn), 12)
    }
    expect(Math.max(...x.map((value, row) => Math.hypot(value, y[row])))).toBeLessThan(1)
  })

  it('gaussian clusters have their centers and deviations', async () => {
    const raw = await generate({ type: 'gaussian', rows: 30_000, classes: 3, separation: 4, deviation: 0.5 })
    const [x, y] = table(raw)
    for (let label = 0; label < 3; label++) {
      const rows = labels(raw).flatMap((each, row) => (each === label ? [row] : []))
      const angle = (2 * Math.PI * label) / 3
      for (const [values, center] of [[x, 4 * Math.cos(angle)], [y, 4 * Math.sin(angle)]] as const) {
        const own = rows.map((row) => values[row])
        expect(Math.abs(mean(own) - center)).toBeLessThan((4 * 0.5) / 100)
        expect(Math.abs(deviation(own) - 0.5)).toBeLessThan((4 * 0.5) / Math.sqrt(20_000))
      }
    }
  })

  it('xor: the class is whether signs differ; corners are the truth table', async () => {
    const raw = await generate({ type: 'xor', rows: 400, gap: 0.2 })
    const [x, y] = table(raw)
    labels(raw).forEach((label, row) => {
      expect(label).toBe(Number(x[row] > 0 !== y[row] > 0))
      expect(Math.min(Math.abs(x[row]), Math.abs(y[row]))).toBeGreaterThanOrEqual(0.2)
    })
    const corners = await generate({ type: 'xor', rows: 4, layout: 'corners' })
    expect([...table(corners), labels(corners)]).toEqual([[0, 1, 0, 1], [0, 0, 1, 1], [0, 1, 1, 0]])
  })
})

describe('classification', () => {
  const plain = { type: 'classification', shuffle: false, flipY: 0 }

  it('classes have equal shares, or those of the weights', async () => {
    const counts = async (options: object): Promise<number[]> => {
      const found = labels(await generate({ ...plain, samples: 1000, informative: 4, classes: 4, clustersPerClass: 3, ...options }))
      return [0, 1, 2, 3].map((label) => found.filter((each) => each === label).length)
    }
    for (const count of await counts({})) expect(Math.abs(count - 250)).toBeLessThanOrEqual(3)
    const weighted = await counts({ weights: [0.5, 0.3, 0.15] })
    ;[500, 300, 150, 50].forEach((share, label) => expect(Math.abs(weighted[label] - share)).toBeLessThanOrEqual(3))
  })

  it('clusters lie around corners of a cube of side 2·classSep', async () => {
    const raw = await generate({ ...plain, samples: 8000, features: 3, informative: 3, redundant: 0, classes: 4, clustersPerClass: 2, classSep: 50 })
    const corners = new Set<string>()
    for (let cluster = 0; cluster < 8; cluster++) {
      const center = table(raw).map((column) => mean(column.slice(cluster * 1000, (cluster + 1) * 1000)))
      // A cluster's coordinate is a sum of three normals with factors within ±1: deviation at most √3.
      for (const value of center) expect(Math.abs(Math.abs(value) - 50)).toBeLessThan((4 * Math.sqrt(3)) / Math.sqrt(1000))
      corners.add(center.map(Math.sign).join())
      expect(new Set(labels(raw).slice(cluster * 1000, (cluster + 1) * 1000))).toEqual(new Set([cluster % 4]))
    }
    expect(corners.size).toBe(8)
  })

  it('covariance of a cluster is AᵀA with entries of A within ±1: not round', async () => {
    const raw = await generate({ ...plain, samples: 4000, features: 2, informative: 2, redundant: 0, classes: 2, clustersPerClass: 1 })
    const first = table(raw).map((column) => column.slice(0, 2000))
    for (const column of first) expect(deviation(column)).toBeLessThan(Math.SQRT2 * 1.1)
    const second = table(raw).map((column) => column.slice(2000))
    expect(Math.abs(correlation(first[0], first[1]) - correlation(second[0], second[1]))).toBeGreaterThan(0.05)
  })

  it('redundant features are linear in the informative ones, repeated ones copies, the rest independent', async () => {
    const raw = await generate({ ...plain, samples: 2000, features: 8, informative: 2, redundant: 2, repeated: 2, clustersPerClass: 1 })
    const columns = table(raw)
    for (const redundant of [columns[2], columns[3]]) {
      // Exactly a·x + b·y: solve from two rows, check all.
      const [x, y] = columns
      const determinant = x[0] * y[1] - x[1] * y[0]
      const a = (redundant[0] * y[1] - redundant[1] * y[0]) / determinant
      const b = (x[0] * redundant[1] - x[1] * redundant[0]) / determinant
      expect(Math.abs(a)).toBeLessThanOrEqual(1)
      redundant.forEach((value, row) => expect(value).toBeCloseTo(a * x[row] + b * y[row], 8))
    }
    for (const repeated of [columns[4], columns[5]]) expect(columns.slice(0, 4).some((column) => column.every((value, row) => value === repeated[row]))).toBe(true)
    for (const useless of [columns[6], columns[7]]) {
      expect(Math.abs(deviation(useless) - 1)).toBeLessThan(4 / Math.sqrt(4000))
      expect(Math.abs(correlation(useless, labels(raw)))).toBeLessThan(4 / Math.sqrt(2000))
    }
  })

  it('flipY draws that share of the labels anew', async () => {
    const clean = labels(await generate({ ...plain, samples: 20_000 }))
    const noisy = labels(await generate({ ...plain, samples: 20_000, flipY: 0.4 }))
    const changed = clean.filter((label, row) => label !== noisy[row]).length / 20_000
    // Half of those drawn anew keep their class by chance.
    expect(Math.abs(changed - 0.2)).toBeLessThan(4 * Math.sqrt((0.2 * 0.8) / 20_000))
  })

  it('shift and scale come last', async () => {
    const base = table(await generate(plain))
    const moved = table(await generate({ ...plain, shift: 3, scale: 2 }))
    moved.forEach((column, at) => column.forEach((value, row) => expect(value).toBe((base[at][row] + 3) * 2)))
    const random = table(await generate({ ...plain, scale: 'random' }))
    const factors = random.map((column, at) => column[0] / base[at][0])
    for (const factor of factors) expect(factor >= 1 && factor <= 101).toBe(true)
    expect(new Set(factors.map((factor) => factor.toFixed(6))).size).toBe(20)
  })

  it('shuffle mixes rows and columns and keeps every row whole', async () => {
    const ordered = await generate({ ...plain, flipY: 0.01 })
    const mixed = await generate({ ...plain, flipY: 0.01, shuffle: true })
    const rowsOf = (raw: RawData): string[] => {
      const columns = table(raw)
      return labels(raw).map((label, row) => `${label}:${columns.map((column) => column[row]).sort((a, b) => a - b).join()}`)
    }
    expect(rowsOf(mixed)).not.toEqual(rowsOf(ordered))
    expect(rowsOf(mixed).sort()).toEqual(rowsOf(ordered).sort())
  })

  it('hypercube: false moves corners inward', async () => {
    const raw = await generate({ ...plain, samples: 4000, features: 2, informative: 2, redundant: 0, clustersPerClass: 1, classSep: 50, hypercube: false })
    const centers = [0, 1].map((cluster) => table(raw).map((column) => Math.abs(mean(column.slice(cluster * 2000, (cluster + 1) * 2000)))))
    for (const value of centers.flat()) expect(value).toBeLessThan(50)
    expect(centers[0][0] / centers[0][1]).toBeCloseTo(centers[1][0] / centers[1][1], 0)
  })

  it.each([
    [{ features: 3, informative: 2, redundant: 2 }, 'classification-features', 'features'],
    [{ informative: 2, classes: 3, clustersPerClass: 2 }, 'classification-informative', 'informative'],
    [{ weights: [0.5, 0.2, 0.3] }, 'classification-weights', 'weights'],
    [{ weights: [0.9, 0.2] }, 'classification-weights', 'weights'],
  ])('%j: %s', async (options, code, option) => {
    expect(issuesOf(await folder.load({ type: 'classification', ...options }))).toMatchObject([{ code, path: ['dataset', option] }])
  })

  it('many axes: clusters still lie at different corners', async () => {
    const raw = await generate({ ...plain, samples: 64, features: 40, informative: 40, redundant: 0, classes: 2, clustersPerClass: 16, classSep: 1000 })
    const columns = table(raw)
    const corners = Array.from({ length: 64 }, (_, row) => columns.map((column) => Math.sign(column[row])).join())
    expect(new Set(corners).size).toBe(32)
  })
})
