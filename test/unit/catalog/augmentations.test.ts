import { describe, expect, test } from 'vitest'
import { augmentationRegistry, augmentationSchema } from '@shared/catalog/augmentations'
import { sineAndCosine } from '@shared/catalog/augmentations/parts/angles'
import { previewAugmentation, type AugmentationPlan } from '@shared/compile'
import { augmentBatch } from '@shared/compile/augment'
import { RandomStreams, randomValue } from '@shared/compile/streams'
import { evaluateGraph, Graph, type Shape, type Values } from '@shared/graph'
import { symmetricBeta } from '@shared/lib/beta'
import { randomSource } from '@shared/lib/random'
import { augmentationCases } from './augmentations.cases'
import { executeFloat32 } from './float32'

const ROWS = 64
const SIZE = 12
const CENTER = (SIZE - 1) / 2
const SAMPLE: Shape = [2, SIZE, SIZE]

function planOf(...written: readonly unknown[]): AugmentationPlan {
  const chosen = written.map((each) => {
    const options = augmentationSchema.parse(each)
    const definition = augmentationRegistry.get(options.type)
    if (definition === undefined) throw new Error(`no augmentation ${options.type}`)
    return { definition, options }
  })
  return { chosen, picture: [2, SIZE, SIZE] }
}

function run(features: Float32Array, step: number, ...written: readonly unknown[]): Float32Array {
  return previewAugmentation(planOf(...written), SAMPLE, features, { seed: 5, step })
}

/** Pictures whose channels are the column and the row of each pixel: read bilinearly, they tell where a pixel came from. */
const ramps = Float32Array.from({ length: ROWS * 2 * SIZE * SIZE }, (_, at) => (Math.floor(at / (SIZE * SIZE)) % 2 === 0 ? at % SIZE : Math.floor(at / SIZE) % SIZE))
const noise = Float32Array.from({ length: ramps.length }, ((random) => () => random.normal())(randomSource('pictures')))

/** Source of a pixel of a row, from what became of the ramps. */
function sourceOf(moved: Float32Array, row: number, x: number, y: number): readonly [number, number] {
  const at = (channel: number): number => moved[((row * 2 + channel) * SIZE + y) * SIZE + x]
  return [at(0), at(1)]
}

describe.each(augmentationCases)('$type', ({ nothing, strong }) => {
  test('changes samples, differently in every step, and the same again for the same step', () => {
    const [first, again, next] = [run(noise, 3, strong), run(noise, 3, strong), run(noise, 4, strong)]
    expect(first).not.toEqual(noise)
    expect(again).toEqual(first)
    expect(next).not.toEqual(first)
    expect(first.every(Number.isFinite)).toBe(true)
  })

  test.runIf(nothing !== null)('at no strength leaves them as they are', () => {
    run(noise, 3, nothing).forEach((value, at) => expect(Math.abs(value - noise[at])).toBeLessThan(1e-6))
  })

  test('the engine computes what the reference computes', async () => {
    const graph = new Graph()
    const streams = new RandomStreams(graph)
    const count = 8
    const shape = [count, ...SAMPLE]
    const batch = { features: graph.input('features', 'float32', shape), targets: graph.input('targets', 'int32', [count]), info: { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] } } as const
    const { features, targets } = augmentBatch(planOf(strong), streams, batch, 3)
    const feeds = new Map<string, Values>([
      ['features', { shape, data: Float64Array.from(noise.subarray(0, count * 2 * SIZE * SIZE)) }],
      ['targets', { shape: [count], data: Float64Array.of(0, 1, 2, 0, 1, 2, 0, 1) }],
    ])
    for (const { name, source, shape: size } of streams.inputs) feeds.set(name, { shape: size, data: Float64Array.from(randomValue(source, 9, 2)) })
    const outputs = targets === batch.targets ? [features] : [features, targets]
    const [expected, found] = [evaluateGraph(outputs, feeds), await executeFloat32(graph, outputs, feeds)]
    expected.forEach(({ data }, at) => {
      // A pixel exactly at an edge may fall to either side of it in float32.
      const apart = data.filter((value, index) => Math.abs(value - found[at].data[index]) > 2e-4).length
      expect(apart).toBeLessThanOrEqual(data.length / 500)
    })
  })
})

test('flips mirror about as many samples as they should, exactly', () => {
  const flipped = run(ramps, 0, { type: 'flip', vertical: true, probability: 0.3 })
  const counts = [0, 0]
  for (let row = 0; row < ROWS; row++) {
    const [x, y] = sourceOf(flipped, row, 2, 3)
    expect([2, SIZE - 3]).toContain(x)
    expect([3, SIZE - 4]).toContain(y)
    counts[0] += x === 2 ? 0 : 1
    counts[1] += y === 3 ? 0 : 1
  }
  for (const count of counts) expect(Math.abs(count / ROWS - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / ROWS))
})

test('shifts are the same for all pixels of a sample, even over their range', () => {
  const moved = run(ramps, 0, { type: 'shift', horizontal: 0.25, vertical: 0 })
  const shifts = Array.from({ length: ROWS }, (_, row) => {
    const [x, y] = sourceOf(moved, row, 5, 6)
    expect(sourceOf(moved, row, 6, 4)[0]).toBeCloseTo(x + 1, 5)
    expect(y).toBe(6)
    return 5 - x
  })
  expect(Math.max(...shifts)).toBeLessThanOrEqual(3)
  expect(Math.max(...shifts)).toBeGreaterThan(2.4)
  expect(Math.min(...shifts)).toBeLessThan(-2.4)
})

test('rotations keep distances to the center, within the angle, and turn clockwise and back', () => {
  const moved = run(ramps, 0, { type: 'rotate', degrees: 30 })
  const angles = Array.from({ length: ROWS }, (_, row) => {
    const [x, y] = sourceOf(moved, row, 7, 4)
    expect(Math.hypot(x - CENTER, y - CENTER)).toBeCloseTo(Math.hypot(7 - CENTER, 4 - CENTER), 4)
    return ((Math.atan2(y - CENTER, x - CENTER) - Math.atan2(4 - CENTER, 7 - CENTER)) * 180) / Math.PI
  })
  expect(Math.max(...angles)).toBeGreaterThan(20)
  expect(Math.min(...angles)).toBeLessThan(-20)
  expect(Math.max(...angles.map(Math.abs))).toBeLessThanOrEqual(30.001)
})

test('sine and cosine by polynomials are those of mathematics', () => {
  const graph = new Graph()
  const angles = Float64Array.from({ length: 201 }, (_, at) => ((at - 100) / 100) * Math.PI)
  const { sine, cosine } = sineAndCosine(graph.input('angle', 'float32', [201]))
  const [s, c] = evaluateGraph([sine, cosine], new Map([['angle', { shape: [201], data: angles }]]))
  angles.forEach((angle, at) => {
    expect(Math.abs(s.data[at] - Math.sin(angle))).toBeLessThan(2e-6)
    expect(Math.abs(c.data[at] - Math.cos(angle))).toBeLessThan(2e-6)
  })
})

test('zooms scale about the center', () => {
  const moved = run(ramps, 0, { type: 'zoom', amount: 0.4 })
  const factors = Array.from({ length: ROWS }, (_, row) => {
    const [x, y] = sourceOf(moved, row, 7, 4)
    expect((x - CENTER) / (7 - CENTER)).toBeCloseTo((y - CENTER) / (4 - CENTER), 4)
    return (7 - CENTER) / (x - CENTER)
  })
  expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.599)
  expect(Math.max(...factors)).toBeLessThanOrEqual(1.401)
  expect(Math.max(...factors) - Math.min(...factors)).toBeGreaterThan(0.6)
})

test('elastic displacements have the size that is asked for in the middle, and neighbors move alike', () => {
  const moved = run(ramps, 0, { type: 'elastic', displacement: 0.8, smoothness: 1.5 })
  let [square, difference] = [0, 0]
  for (let row = 0; row < ROWS; row++) {
    const [x, y] = sourceOf(moved, row, 6, 6)
    const [nextX] = sourceOf(moved, row, 7, 6)
    square += ((x - 6) ** 2 + (y - 6) ** 2) / 2
    difference += (nextX - 1 - x) ** 2
  }
  expect(Math.sqrt(square / ROWS)).toBeGreaterThan(0.6)
  expect(Math.sqrt(square / ROWS)).toBeLessThan(1)
  expect(difference / ROWS).toBeLessThan(square / ROWS)
})

test('moves in a row are sampled once, to the same places as one after the other', () => {
  const moves = [{ type: 'rotate', degrees: 20 }, { type: 'zoom', amount: 0.2 }, { type: 'shift', horizontal: 0.1 }]
  const composed = run(ramps, 7, ...moves)
  // Other fills in between keep them apart; away from the edges they change nothing.
  const apart = run(ramps, 7, moves[0], { ...moves[1], fill: 'reflect' }, moves[2])
  for (let row = 0; row < ROWS; row++) {
    sourceOf(composed, row, 6, 5).forEach((value, axis) => expect(Math.abs(value - sourceOf(apart, row, 6, 5)[axis])).toBeLessThan(1e-4))
  }
  expect(composed).not.toEqual(apart)
})

test('what stands beyond the edge: the nearest pixel, the mirror image, or zeros', () => {
  const far = (fill: string): Float32Array => run(ramps.map((value) => value + 1), 2, { type: 'shift', horizontal: 0.5, vertical: 0, fill })
  const shiftOf = (row: number): number => 5 - (sourceOf(run(ramps, 2, { type: 'shift', horizontal: 0.5, vertical: 0, fill: 'nearest' }), row, 5, 5)[0])
  const rows = Array.from({ length: ROWS }, (_, row) => row).filter((row) => shiftOf(row) > 2 && shiftOf(row) < 5)
  expect(rows.length).toBeGreaterThan(5)
  for (const row of rows) {
    expect(sourceOf(far('nearest'), row, 0, 5)[0]).toBe(1)
    expect(sourceOf(far('zeros'), row, 0, 5)).toEqual([0, 0])
    // Pixel −s lies s − ½ beyond the edge at −½, so that it mirrors to s − 1.
    expect(sourceOf(far('reflect'), row, 0, 5)[0]).toBeCloseTo(shiftOf(row) - 1 + 1, 4)
  }
})

/** Share of a sample's first channel that became zero. */
function zeros(changed: Float32Array, row: number): number {
  return changed.subarray(row * 2 * SIZE * SIZE, (row * 2 + 1) * SIZE * SIZE).filter((value) => value === 0).length
}

test('cutout blanks one square, cut off at the edge, in all channels', () => {
  for (const size of [3, 4]) {
    const changed = run(noise, 0, { type: 'cutout', size })
    const counts = Array.from({ length: ROWS }, (_, row) => zeros(changed, row))
    expect(Math.max(...counts)).toBe(size ** 2)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(Math.floor(size / 2) ** 2)
    expect(counts.filter((count) => count === size ** 2).length).toBeGreaterThan(ROWS / 3)
  }
})

test('random erasing blanks rectangles within the bounds of area, in its share of the samples', () => {
  const changed = run(noise, 0, { type: 'randomErasing', probability: 0.5, minimum: 0.1, maximum: 0.2 })
  const areas = Array.from({ length: ROWS }, (_, row) => zeros(changed, row) / SIZE ** 2)
  const erased = areas.filter((area) => area > 0)
  expect(Math.abs(erased.length / ROWS - 0.5)).toBeLessThan(0.25)
  for (const area of erased) expect(area).toBeLessThan(0.28)
  expect(erased.reduce((sum, area) => sum + area, 0) / erased.length).toBeCloseTo(0.15, 1)
})

test('mixup mixes samples and targets with one λ, each with another of the batch', () => {
  const graph = new Graph()
  const streams = new RandomStreams(graph)
  const info = { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] } as const
  const batch = { features: graph.input('features', 'float32', [6, 1]), targets: graph.input('targets', 'int32', [6]), info }
  const mixed = augmentBatch(planOf({ type: 'mixup', alpha: 1 }), streams, batch, 3)
  const feeds = new Map<string, Values>([
    ['features', { shape: [6, 1], data: Float64Array.of(0, 1, 2, 3, 4, 5) }],
    ['targets', { shape: [6], data: Float64Array.of(0, 1, 2, 0, 1, 2) }],
  ])
  let lambda = Number.NaN
  for (const { name, source, shape } of streams.inputs) {
    const value = randomValue(source, 1, 4)
    if (source.kind === 'beta') [lambda] = value
    feeds.set(name, { shape, data: Float64Array.from(value) })
  }
  const [features, targets] = evaluateGraph([mixed.features, mixed.targets], feeds).map(({ data }) => data)
  const partners = Array.from(features, (value, row) => Math.round((value - lambda * row) / (1 - lambda)))
  expect([...partners].sort()).toEqual([0, 1, 2, 3, 4, 5])
  partners.forEach((partner, row) => {
    expect(features[row]).toBeCloseTo(lambda * row + (1 - lambda) * partner, 10)
    for (let label = 0; label < 3; label++) expect(targets[row * 3 + label]).toBeCloseTo((row % 3 === label ? lambda : 0) + (partner % 3 === label ? 1 - lambda : 0), 10)
  })
  expect(mixed.info).toMatchObject({ kind: 'value', shape: [3] })
})

test.each([0.05, 0.2, 1, 4])('Beta(%d, α) has the mean and variance of the distribution', (alpha) => {
  const random = randomSource('beta', Math.round(alpha * 100))
  const values = Array.from({ length: 20_000 }, () => symmetricBeta(alpha, random))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  const expected = 1 / (4 * (2 * alpha + 1))
  expect(values.every((value) => value >= 0 && value <= 1)).toBe(true)
  expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(expected / values.length))
  expect(Math.abs(variance - expected)).toBeLessThan(0.005)
})
