import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeBase64 } from '@shared/lib/base64'
import type { Pictures, Snapshot } from '@shared/protocol/snapshot'
import { cutShort, TestCore, type Watched } from '@test/helpers/core'

let test: TestCore
beforeAll(async () => {
  test = await TestCore.open()
})
afterAll(async () => await test.close())

const training = { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: { type: 'adam', learningRate: 0.01 }, batchSize: 32, epochs: 12 }

function recorded<T>(run: Watched, kind: string): readonly { readonly step: number; readonly data: T }[] {
  test.core.history.flush()
  return test.core.history.readEvents(run.runId, { kinds: [kind] }).map(({ step, data }) => ({ step, data: data as unknown as T }))
}

describe('pictures', () => {
  const document = {
    format: 1,
    seed: 3,
    dataset: { type: 'digits', shape: 'flat' },
    model: { nodes: [{ type: 'dense', units: 32, activation: 'relu' }, { type: 'dense', units: 10, activation: 'softmax' }] },
    training,
  }

  it('shows what the model says of the first validation samples, from before the first step to the last', async () => {
    const run = test.start(document, { snapshots: true })
    await run.finished()
    const [samples, worst] = recorded<Pictures>(run, 'pictures').map(({ data }) => data)
    const snapshots = recorded<Snapshot>(run, 'snapshot')
    expect(samples).toMatchObject({ purpose: 'samples', part: 'validation', shape: [1, 8, 8], count: 64, answers: null })
    const pixels = decodeBase64(samples.data)
    expect(pixels.length).toBe(64 * 64)
    expect([Math.min(...pixels), Math.max(...pixels)]).toEqual([0, 255])
    expect(snapshots[0].step).toBe(0)
    expect(snapshots.at(-1)?.step).toBe(run.facts?.totalSteps)
    const right = snapshots.map(({ data }) => (data.kind === 'answers' ? data.answers.filter(({ predicted }, index) => predicted === samples.truths[index]).length : NaN))
    expect(right[0]).toBeLessThan(25)
    expect(right.at(-1)).toBeGreaterThan(58)
    expect(worst.purpose).toBe('worst')
    expect(worst.count).toBe(worst.truths.length)
    worst.answers?.forEach(({ predicted }, index) => expect(predicted).not.toBe(worst.truths[index]))
    // As many as the last accuracy says, at most those shown.
    const accuracy = test.series(run.runId, 'val.accuracy').values.at(-1) ?? NaN
    const errors = Math.round((1 - accuracy) * (run.facts?.rows.validation ?? NaN))
    expect(worst.count).toBe(Math.min(24, errors))
  })

  it('costs nothing unless asked for', async () => {
    const run = test.start(document)
    await run.finished()
    expect(recorded(run, 'snapshot')).toEqual([])
    expect(recorded(run, 'pictures')).toEqual([])
  })

  it('goes on after a stop', async () => {
    const { run } = await cutShort(
      () => test.start(document, { snapshots: true, stepsPerDispatch: 5 }),
      async (each) => {
        await each.steps(60)
        each.control({ type: 'stop', as: 'interrupted' })
      },
    )
    const again = test.resume(run.runId)
    await again.finished()
    expect(recorded<Pictures>(run, 'pictures').map(({ data }) => data.purpose)).toEqual(['samples', 'worst'])
    expect(recorded<Snapshot>(run, 'snapshot').at(-1)?.step).toBe(again.facts?.totalSteps)
  })
})

describe('the plane', () => {
  const document = (changes: object, preprocess: object = {}) => ({
    format: 1,
    seed: 3,
    dataset: { type: 'gaussian', preprocess },
    model: { nodes: [{ type: 'dense', units: 16, activation: 'tanh' }, { type: 'dense', units: 2, activation: 'softmax' }] },
    training,
    ...changes,
  })

  async function planeOf(value: object): Promise<Extract<Snapshot, { kind: 'plane' }>> {
    const run = test.start(value, { snapshots: true })
    await run.finished()
    const last = recorded<Snapshot>(run, 'snapshot').at(-1)?.data
    if (last?.kind !== 'plane') throw new Error('no plane')
    return last
  }

  it('covers the data in its own units whatever the preprocessing, with probabilities that add up', async () => {
    const [plain, scaled] = [await planeOf(document({})), await planeOf(document({}, { features: 'standardize' }))]
    for (const axis of ['x', 'y'] as const) for (const end of [0, 1]) expect(scaled[axis][end]).toBeCloseTo(plain[axis][end], 4)
    expect(plain.outputs).toBe(2)
    const bytes = decodeBase64(plain.data)
    expect(bytes.length).toBe(plain.size * plain.size * 2)
    for (let cell = 0; cell < bytes.length; cell += 2) expect(Math.abs(bytes[cell] + bytes[cell + 1] - 255)).toBeLessThanOrEqual(1)
    expect(new Set(bytes).size).toBeGreaterThan(20)
  })

  it('has one probability for a single output', async () => {
    const one = await planeOf(
      document({
        model: { nodes: [{ type: 'dense', units: 8, activation: 'tanh' }, { type: 'dense', units: 1, activation: 'sigmoid' }] },
        training: { ...training, loss: 'binaryCrossentropy' },
      }),
    )
    expect([one.outputs, one.range]).toEqual([1, [0, 1]])
  })
})
