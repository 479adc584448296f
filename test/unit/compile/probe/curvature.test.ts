import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPlan, gradientProgram, hessianProgram, initialState, parameterCount, splitViews, stepInputs, trainProgram, VECTOR } from '@shared/compile'
import type { Program, TrainingPlan } from '@shared/compile'
import { cosine, difference, dot } from '@shared/diagnostics/vectors'
import { largestEigenvalue } from '@shared/diagnostics/eigenvalue'
import { noiseScale } from '@shared/diagnostics/noise-scale'
import { evaluateGraph, type Values } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import { need, parseDocument } from '@shared/spec'
import type { EngineSession } from '@main/engines/engine'
import { openDevice } from '@main/engines'
import { stateFeeds } from '@test/helpers/state-feeds'

const BATCH = 9
const SAMPLE = [1, 4, 4]

function planOf(nodes: readonly object[]): TrainingPlan {
  const document = need(parseDocument({ format: 1, dataset: { type: 'digits' }, model: { nodes }, training: { loss: 'categoricalCrossentropy', optimizer: { type: 'adam' }, regularization: { type: 'l2', factor: 1 } } }))
  return need(buildPlan(document, { sample: SAMPLE, target: { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] } }))
}

const end = [{ type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }]
const models: readonly (readonly [string, readonly object[]])[] = [
  ['an MLP with tanh and dropout', [{ type: 'flatten' }, { type: 'dense', units: 4, activation: 'tanh' }, { type: 'dropout', rate: 0.3 }, { type: 'dense', units: 3, activation: 'softmax' }]],
  ['a CNN with batch norm and pooling', [{ type: 'conv2d', filters: 2, kernelSize: 3, padding: 'same', activation: 'sigmoid' }, { type: 'batchNormalization' }, { type: 'averagePooling2d', poolSize: 2 }, ...end]],
  ['a CNN with GELU and max pooling', [{ type: 'conv2d', filters: 3, kernelSize: 2, activation: 'gelu' }, { type: 'maxPooling2d', poolSize: 3 }, ...end]],
  ['layer norm', [{ type: 'flatten' }, { type: 'dense', units: 4, activation: 'silu' }, { type: 'layerNormalization' }, { type: 'dense', units: 3, activation: 'softmax' }]],
]

const random = randomSource('curvature')
const features = Float32Array.from({ length: BATCH * 16 }, () => random.normal())
const targets = Int32Array.from({ length: BATCH }, () => Math.floor(random.uniform() * 3))

describe.each(models)('the Hessian of %s', (_name, nodes) => {
  const plan = planOf(nodes)
  const program = trainProgram(plan, BATCH)
  const initial = initialState(plan, program.state, 5)
  const context = { seed: 5, optimizer: plan.optimizer, rate: () => 0.01 }
  const count = parameterCount(plan)
  const gradient = gradientProgram(plan, BATCH)
  const hessian = hessianProgram(plan, BATCH)

  /** Entry and place in it of every trained number, in the layout's order. */
  const places = plan.layout.weights.flatMap(({ fullName }) =>
    plan.layout.entries.flatMap((entry) => entry.views.filter(({ name }) => name === fullName).flatMap(({ offset, shape }) => Array.from({ length: shape.reduce((size, extent) => size * extent, 1) }, (_each, index) => ({ entry: entry.name, at: offset + index })))),
  )

  /** The program's output in float64, with the weights moved along a direction. */
  function evaluated(made: Program, options: { readonly along?: Float64Array; readonly by?: number; readonly vector?: Float64Array }): Float64Array {
    const { along, by = 0, vector } = options
    const feeds = new Map<string, Values>([
      ['features', { shape: [BATCH, ...SAMPLE], data: Float64Array.from(features) }],
      ['targets', { shape: [BATCH], data: Float64Array.from(targets) }],
    ])
    const state = new Map(made.state.map(({ name }) => [name, Float64Array.from(initial.get(name) ?? [])]))
    if (along !== undefined) places.forEach(({ entry, at }, index) => ((state.get(entry) ?? new Float64Array(0))[at] += by * along[index]))
    for (const [name, values] of stateFeeds(made.state, state)) feeds.set(name, values)
    const inputs = stepInputs(made, 0, 1, context)
    for (const { name, shape } of made.steps) feeds.set(name, { shape, data: Float64Array.from(name === VECTOR && vector !== undefined ? vector : inputs[name]) })
    return evaluateGraph([made.outputs[0].tensor], feeds)[0].data
  }

  const vector = Float64Array.from({ length: count }, () => random.normal())

  it('times a vector is what finite differences of the gradient give', () => {
    const step = 1e-5
    const expected = difference(evaluated(gradient, { along: vector, by: step }), evaluated(gradient, { along: vector, by: -step })).map((value) => value / (2 * step))
    const found = evaluated(hessian, { vector })
    expect(Math.sqrt(dot(difference(found, expected), difference(found, expected)) / dot(expected, expected))).toBeLessThan(1e-6)
  })

  it('is symmetric, and its largest eigenvalue is that of the matrix written out', async () => {
    const rows = Array.from({ length: count }, (_, index) => evaluated(hessian, { vector: Float64Array.from({ length: count }, (_each, at) => (at === index ? 1 : 0)) }))
    const size = Math.sqrt(rows.reduce((sum, row) => sum + dot(row, row), 0))
    rows.forEach((row, at) => row.forEach((value, column) => expect(Math.abs(value - rows[column][at])).toBeLessThan(1e-12 * size)))
    // By Jacobi rotations of the whole matrix: another method altogether.
    const [largest] = eigenvalues(rows).sort((a, b) => b - a)
    const multiply = (each: Float32Array): Promise<Float64Array> => Promise.resolve(Float64Array.from(rows, (row) => dot(row, each)))
    const found = await largestEigenvalue(multiply, Float32Array.from(vector), { tolerance: 1e-10, products: 20_000 })
    expect(Math.abs(found.value / largest - 1)).toBeLessThan(1e-4)
  })

  describe('in ONNX Runtime', () => {
    let session: EngineSession
    beforeAll(async () => {
      const opened = need(await openDevice('onnx-cpu', {
        threads: 1,
        tables: new Map([
          ['train.features', { rows: BATCH, rowShape: SAMPLE, data: features }],
          ['train.targets', { rows: BATCH, rowShape: [], data: targets }],
        ]),
        state: program.state.map((entry) => ({ entry, value: initial.get(entry.name) ?? new Float32Array(0) })),
      }))
      session = opened.session
      await session.writeState(initial)
    })
    afterAll(async () => await session.dispose())

    it('agrees, and so does the gradient; both leave the weights alone', async () => {
      const rows = Int32Array.from({ length: BATCH }, (_, row) => row)
      for (const made of [gradient, hessian]) {
        const inputs: Record<string, Float32Array | Int32Array> = { ...stepInputs(made, 0, 1, context), ...(made === hessian ? { [VECTOR]: Float32Array.from(vector) } : {}) }
        const execution = await session.prepare(made, 'train')
        const found = Float64Array.from((await execution.run({ count: 1, rows, inputs }))[VECTOR])
        const expected = evaluated(made, { vector })
        expect(Math.sqrt(dot(difference(found, expected), difference(found, expected)) / dot(expected, expected))).toBeLessThan(2e-5)
      }
      const [name] = plan.layout.weights.map(({ fullName }) => fullName)
      expect(splitViews(program.state, await session.readState()).get(name)).toEqual(splitViews(program.state, initial).get(name))
    })
  })
})

/** Of a symmetric matrix, by cyclic Jacobi rotations. */
function eigenvalues(matrix: readonly Float64Array[]): number[] {
  const a = matrix.map((row) => Float64Array.from(row))
  const size = a.length
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        if (Math.abs(a[p][q]) < 1e-300) continue
        const theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < size; k++) [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]]
        for (let k = 0; k < size; k++) [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]]
      }
    }
  }
  return a.map((row, index) => row[index])
}

describe('power iteration', () => {
  const diagonal = (...values: readonly number[]) => (vector: Float32Array): Promise<Float64Array> => Promise.resolve(Float64Array.from(vector, (each, index) => values[index] * each))
  const start = Float32Array.of(1, 1, 1)
  it('finds the largest eigenvalue, also below a negative one of larger size', async () => {
    const options = { tolerance: 1e-9, products: 1000 }
    expect((await largestEigenvalue(diagonal(1, 5, 2), start, options)).value).toBeCloseTo(5, 6)
    expect((await largestEigenvalue(diagonal(-7, 3, 1), start, options)).value).toBeCloseTo(3, 6)
    expect((await largestEigenvalue(diagonal(-7, -3, -1), start, options)).value).toBeCloseTo(-1, 6)
    expect((await largestEigenvalue(diagonal(0, 0, 0), start, options)).value).toBe(0)
  })

  it('stops where it is when it is told to', async () => {
    const found = await largestEigenvalue(diagonal(4, 5, 2), start, { tolerance: 1e-9, products: 100, stop: () => true })
    expect(found).toMatchObject({ products: 1, settled: false })
    expect((await largestEigenvalue(diagonal(4, 5, 2), start, { tolerance: 1e-9, products: 3 })).settled).toBe(true)
  })

  it('starts well from what it found before', async () => {
    const options = { tolerance: 1e-2, products: 100 }
    const first = await largestEigenvalue(diagonal(4, 5, 2), start, options)
    const again = await largestEigenvalue(diagonal(4, 5, 2), first.vector, options)
    expect(again.products).toBeLessThan(first.products)
  })
})

describe('the gradient noise scale', () => {
  it('is tr(Σ) / |G|² of gradients drawn around a known mean', () => {
    const [size, batchSize, batches, deviation] = [50, 8, 4000, 3]
    const source = randomSource('noise')
    // A batch's gradient: G = (1, …, 1) plus noise of variance σ² / B in every component.
    const gradients = Array.from({ length: batches }, () => Float64Array.from({ length: size }, () => 1 + (deviation / Math.sqrt(batchSize)) * source.normal()))
    const mean = Float64Array.from({ length: size }, (_, index) => gradients.reduce((sum, each) => sum + each[index], 0) / batches)
    const found = noiseScale({ batchSize, squares: gradients.map((each) => dot(each, each)), meanSquare: dot(mean, mean) })
    // tr(Σ) = 50 · 9, |G|² = 50.
    expect(Math.abs(found / 9 - 1)).toBeLessThan(0.03)
  })

  it('is 0 without noise and infinite without a gradient', () => {
    expect(noiseScale({ batchSize: 4, squares: [2, 2, 2], meanSquare: 2 })).toBe(0)
    expect(noiseScale({ batchSize: 4, squares: [1, 1], meanSquare: 0.2 })).toBe(Infinity)
  })
})

it('the cosine of two updates tells how they lie to each other', () => {
  expect(cosine(Float64Array.of(1, 2), Float64Array.of(2, 4))).toBeCloseTo(1, 12)
  expect(cosine(Float64Array.of(1, 0), Float64Array.of(0, 3))).toBe(0)
  expect(cosine(Float64Array.of(1, 1), Float64Array.of(-2, -2))).toBeCloseTo(-1, 12)
  expect(cosine(Float64Array.of(0, 0), Float64Array.of(1, 1))).toBeNaN()
})
