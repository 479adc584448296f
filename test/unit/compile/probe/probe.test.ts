import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPlan, initialState, PROBE, probeProgram, readProbe, splitViews, stepInputs, trainProgram } from '@shared/compile'
import type { Program, TrainingPlan } from '@shared/compile'
import { decodeBase64 } from '@shared/lib/base64'
import { evaluateGraph, sizeOf, type Values } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import { need, parseDocument, type ExperimentDocument } from '@shared/spec'
import type { LayerRecord } from '@shared/diagnostics/record'
import type { EngineSession } from '@main/engines/engine'
import { openDevice } from '@main/engines'
import { stateFeeds } from '@test/helpers/state-feeds'

const BATCH = 12
const target = { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] } as const

function planOf(nodes: readonly object[], training: object = {}): { readonly document: ExperimentDocument; readonly plan: TrainingPlan } {
  const document = need(parseDocument({ format: 1, dataset: { type: 'digits' }, model: { nodes }, training: { loss: 'categoricalCrossentropy', optimizer: { type: 'adam', learningRate: 0.01 }, batchSize: BATCH, ...training } }))
  const plan = need(buildPlan(document, { sample: [5], target }))
  return { document, plan }
}

const { plan } = planOf(
  [
    { id: 'first', type: 'dense', units: 7, activation: 'relu', biasInitializer: { type: 'normal', stddev: 1 } },
    { id: 'second', type: 'dense', units: 6, activation: 'tanh', kernelInitializer: { type: 'normal', stddev: 3 } },
    { id: 'drop', type: 'dropout', rate: 0.4 },
    { id: 'last', type: 'dense', units: 3, activation: 'softmax' },
  ],
  { regularization: { type: 'l2', factor: 0.01 } },
)
const random = randomSource('probe')
const features = Float32Array.from({ length: BATCH * 5 }, () => random.normal())
const targets = Int32Array.from({ length: BATCH }, () => Math.floor(random.uniform() * 3))
const program = trainProgram(plan, BATCH)
const initial = initialState(plan, program.state, 5)
const context = { seed: 5, optimizer: plan.optimizer, rate: () => 0.01 }

/** What the float64 reference needs to make the program's first step. */
function feedsOf(made: Program, state: ReadonlyMap<string, Float32Array>): Map<string, Values> {
  const feeds = new Map<string, Values>([
    ['features', { shape: [BATCH, 5], data: Float64Array.from(features) }],
    ['targets', { shape: [BATCH], data: Float64Array.from(targets) }],
    ...stateFeeds(made.state, state),
  ])
  const inputs = stepInputs(made, 0, 1, context)
  for (const { name, shape } of made.steps) feeds.set(name, { shape, data: Float64Array.from(inputs[name]) })
  return feeds
}

const probe = probeProgram(plan, BATCH, { histograms: true })
const [reference] = evaluateGraph([probe.program.outputs[0].tensor], feedsOf(probe.program, initial))

function layer(values: ArrayLike<number>, id: string): LayerRecord {
  const found = readProbe(probe, values).find((each) => each.id === id)
  if (found === undefined) throw new Error(`no layer ${id}`)
  return found
}

describe('in the reference', () => {
  it('looks at layers that compute something', () => {
    expect(readProbe(probe, reference.data).map(({ id, last }) => [id, last])).toEqual([['first', false], ['second', false], ['last', true]])
  })

  it('gives the gradient of the objective, penalty and dropout included, as finite differences do', () => {
    const made = trainProgram(plan, BATCH)
    const outputs = made.outputs.filter(({ name }) => name === 'loss' || name === 'penalty').map(({ tensor }) => tensor)
    const objective = (state: ReadonlyMap<string, Float64Array>): number => {
      const feeds = feedsOf(made, initial)
      for (const [name, data] of state) feeds.set(`state/${name}`, { shape: feeds.get(`state/${name}`)?.shape ?? [], data })
      return evaluateGraph(outputs, feeds).reduce((sum, { data }) => sum + data[0], 0)
    }
    for (const id of ['first', 'second', 'last']) {
      const squares = made.state.flatMap((entry) =>
        entry.name.includes('/') ? [] : entry.views.filter(({ name }) => name.startsWith(`${id}.`)).flatMap((view) =>
          Array.from({ length: sizeOf(view.shape) }, (_, index) => {
            const moved = (by: number): number => {
              const data = Float64Array.from(initial.get(entry.name) ?? [])
              data[view.offset + index] += by
              return objective(new Map([[entry.name, data]]))
            }
            return ((moved(1e-5) - moved(-1e-5)) / 2e-5) ** 2
          }),
        ),
      )
      const found = layer(reference.data, id).weights?.gradient ?? NaN
      expect(Math.abs(found / Math.sqrt(squares.reduce((sum, square) => sum + square)) - 1)).toBeLessThan(1e-5)
    }
  })
})

describe('of a model with frozen layers', () => {
  it('measures their gradient and weights, and no update', () => {
    const groups = [{ layers: ['first'], frozen: true }]
    const { plan: frozen } = planOf(plan.model.nodes.slice(1).map(({ node }) => node), { parameterGroups: groups })
    const made = probeProgram(frozen, BATCH, { histograms: false })
    const [values] = evaluateGraph([made.program.outputs[0].tensor], feedsOf(made.program, initialState(frozen, made.program.state, 5)))
    const [first, second] = readProbe(made, values.data).map(({ weights }) => weights)
    expect(first?.norm).toBeGreaterThan(0)
    expect(first?.gradient).toBeGreaterThan(0)
    expect(first?.update).toBeNull()
    expect(second?.update).toBeGreaterThan(0)
  })
})

describe('in ONNX Runtime', () => {
  let session: EngineSession
  beforeAll(async () => {
    const opened = need(await openDevice('onnx-cpu', {
      threads: 1,
      tables: new Map([
        ['train.features', { rows: BATCH, rowShape: [5], data: features }],
        ['train.targets', { rows: BATCH, rowShape: [], data: targets }],
      ]),
      state: program.state.map((entry) => ({ entry, value: initial.get(entry.name) ?? new Float32Array(0) })),
    }))
    session = opened.session
  })
  afterAll(async () => await session.dispose())

  const rows = Int32Array.from({ length: BATCH }, (_, row) => row)

  it('agrees with the reference, changes nothing and tells the update that the step then makes', async () => {
    await session.writeState(initial)
    const execution = await session.prepare(probe.program, 'train')
    const outputs = await execution.run({ count: 1, rows, inputs: stepInputs(probe.program, 0, 1, context) })
    const values = Float64Array.from(outputs[PROBE])
    const before = splitViews(program.state, await session.readState())
    expect(before.get('first.kernel')).toEqual(splitViews(program.state, initial).get('first.kernel'))
    for (const { measure, offset, length } of probe.fields) {
      for (let index = 0; index < length; index++) {
        const [found, expected] = [values[offset + index], reference.data[offset + index]]
        // An element on the border between two bins may fall to either side.
        const counted = index > 1 && ['weights', 'gradients', 'activations'].includes(measure)
        expect(Math.abs(found - expected)).toBeLessThanOrEqual(counted ? 1 : 1e-5 + 1e-5 * Math.abs(expected))
      }
    }
    const step = await session.prepare(program, 'train')
    await step.run({ count: 1, rows, inputs: stepInputs(program, 0, 1, context) })
    const after = splitViews(program.state, await session.readState())
    for (const id of ['first', 'second', 'last']) {
      const norm = (views: ReadonlyMap<string, Float32Array>, less?: ReadonlyMap<string, Float32Array>): number =>
        Math.hypot(...[`${id}.kernel`, `${id}.bias`].flatMap((name) => Array.from(views.get(name) ?? [], (value, index) => value - (less?.get(name)?.[index] ?? 0))))
      const { weights } = layer(values, id)
      expect(Math.abs((weights?.norm ?? NaN) / norm(before) - 1)).toBeLessThan(1e-5)
      expect(Math.abs((weights?.update ?? NaN) / norm(after, before) - 1)).toBeLessThan(1e-4)
    }
  })

  it('tells which units of a ReLU were active, and how saturated tanh is', async () => {
    const pushed = new Map([...initial].map(([name, data]) => [name, Float32Array.from(data)]))
    const views = splitViews(program.state, pushed)
    const bias = views.get('first.bias') ?? new Float32Array(0)
    // Unit 0 is below zero for every row, unit 6 above.
    bias[0] = -100
    bias[6] = 100
    await session.writeState(pushed)
    const execution = await session.prepare(probe.program, 'train')
    const outputs = await execution.run({ count: 1, rows, inputs: stepInputs(probe.program, 0, 1, context) })
    const first = layer(Float64Array.from(outputs[PROBE]), 'first')
    const kernel = views.get('first.kernel') ?? new Float32Array(0)
    const hidden = Array.from({ length: BATCH }, (_, row) => Array.from({ length: 7 }, (_unit, unit) => Math.max(0, bias[unit] + [0, 1, 2, 3, 4].reduce((sum, at) => sum + features[row * 5 + at] * kernel[at * 7 + unit], 0))))
    const active = Array.from({ length: 7 }, (_, unit) => hidden.some((row) => row[unit] > 0))
    expect(active[0]).toBe(false)
    expect(first.active?.units).toBe(7)
    const [bits] = decodeBase64(first.active?.bits ?? '')
    expect(Array.from({ length: 7 }, (_, unit) => (bits & (128 >> unit)) > 0)).toEqual(active)
    const outer = views.get('second.kernel') ?? new Float32Array(0)
    const tanh = hidden.flatMap((row) => Array.from({ length: 6 }, (_, unit) => Math.tanh(row.reduce((sum, value, at) => sum + value * outer[at * 6 + unit], 0))))
    expect(layer(Float64Array.from(outputs[PROBE]), 'second').saturation).toBeCloseTo(tanh.filter((y) => 1 - y * y < 0.05).length / tanh.length, 5)
  })
})
