import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TEXT_DEFAULTS } from '@shared/data/text'
import { decodeBase64 } from '@shared/lib/base64'
import type { TextSnapshot } from '@shared/protocol/snapshot'
import type { WrittenText } from '@shared/protocol/training'
import { need } from '@shared/spec'
import { cutShort, ROOT, TestCore, type Watched } from '@test/helpers/core'

let test: TestCore
beforeAll(async () => {
  test = await TestCore.open()
})
afterAll(async () => await test.close())

const SONNETS = readFileSync(join(ROOT, 'resources/data/sonnets.txt'), 'utf8')

/** Small, and quick to learn a little. */
function document(dataset: object, training: object = {}): object {
  const everywhere = 'targets' in dataset
  return {
    format: 1,
    seed: 3,
    dataset: { type: 'text', sequenceLength: 16, split: { validation: 0.1, shuffle: false, stratified: false }, ...dataset },
    model: { nodes: [{ type: 'embedding', inputDim: 56, outputDim: 16 }, { type: 'gru', units: 32, returnSequences: everywhere }, { type: 'dense', units: 56, activation: 'softmax' }] },
    training: { loss: 'categoricalCrossentropy', metrics: ['accuracy', 'perplexity'], optimizer: { type: 'adam', learningRate: 0.01 }, batchSize: 64, epochs: 3, ...training },
  }
}

const EVERY = { targets: 'every', stride: 4 }

function snapshots(run: Watched): readonly TextSnapshot[] {
  test.core.history.flush()
  return test.core.history.readEvents(run.runId, { kinds: ['snapshot'] }).map(({ data }) => data as unknown as TextSnapshot)
}

async function written(run: Watched, changes: Partial<typeof TEXT_DEFAULTS> = {}) {
  return need(await test.core.write(run.runId, { ...TEXT_DEFAULTS, length: 40, ...changes }))
}

async function finished(value: object, options: { readonly snapshots?: boolean } = {}): Promise<Watched> {
  const run = test.start(value, options)
  await run.finished()
  return run
}

function surprise({ stretches }: TextSnapshot): number {
  const told = stretches.flatMap((stretch) => [...decodeBase64(stretch.told)])
  return told.reduce((sum, byte) => sum - Math.log(Math.max(byte, 0.5) / 255), 0) / told.length
}

describe.each([
  { name: 'a class at every position', dataset: EVERY, longer: 40 },
  { name: 'the next character', dataset: {}, longer: 10 },
])('$name', ({ dataset, longer }) => {
  it('shows how probable the model finds the held-out text, and what it writes, from the first moment on', async () => {
    const run = await finished(document(dataset), { snapshots: true })
    const all = snapshots(run)
    const [{ part, stretches }] = all
    expect(part).toBe('validation')
    expect(stretches).toHaveLength(1)
    const [{ before, characters, told, guessed }] = stretches
    expect(characters).toHaveLength(192)
    expect([decodeBase64(told).length, [...guessed].length]).toEqual([192, 192])
    // It is the text itself, near its end.
    expect(SONNETS.indexOf(before + characters)).toBeGreaterThan(0.85 * SONNETS.length)
    expect(Math.abs(surprise(all[0]) - Math.log(56))).toBeLessThan(0.1)
    const last = surprise(all[all.length - 1])
    expect(last).toBeLessThan(3)
    // The held-out text's beginning tells about what the whole of it tells.
    expect(Math.abs(last - (test.series(run.runId, 'val.loss').values.at(-1) ?? NaN))).toBeLessThan(0.35)
    for (const { prompt, written: text } of all) {
      expect([...text]).toHaveLength(64)
      expect(SONNETS).toContain(prompt)
    }
  })

  it('writes the same of the same seed, other things of another, and the likeliest at temperature 0', async () => {
    const run = await finished(document(dataset), { snapshots: true })
    const asked = { prompt: 'Shall I compare ' }
    const once = await written(run, asked)
    expect(once).toMatchObject({ prompt: 'Shall I compare ', step: run.facts?.totalSteps })
    expect([...once.written]).toHaveLength(40)
    expect(await written(run, asked)).toEqual(once)
    expect((await written(run, { ...asked, seed: 2 })).written).not.toBe(once.written)
    expect((await written(run, { ...asked, temperature: 0, seed: 1 })).written).toBe((await written(run, { ...asked, temperature: 0, seed: 2 })).written)
    // Without a prompt, it is what the run has shown by itself at its end.
    expect(snapshots(run).at(-1)?.written).toBe((await written(run, { length: 64 })).written)
  })

  it('writes as it is while it trains, which changes no bit of the training', async () => {
    const value = document(dataset, { epochs: longer })
    const alone = await finished(value)
    let wrote: readonly WrittenText[] = []
    const { run } = await cutShort(
      () => test.start(value, { snapshots: true, stepsPerDispatch: 3 }),
      async (each) => {
        await each.steps(3)
        const early = await written(each)
        each.control({ type: 'pause' })
        await each.until((event) => event.type === 'paused')
        wrote = [early, await written(each)]
        each.control({ type: 'stop', as: 'interrupted' })
      },
    )
    const [early, paused] = wrote
    expect(early.step).toBeGreaterThan(0)
    expect(early.step).toBeLessThan(run.facts?.totalSteps ?? 0)
    expect(paused.step).toBeGreaterThanOrEqual(early.step)
    // Out of the checkpoint of the same moment.
    expect(await written(run)).toEqual(paused)
    const again = test.resume(run.runId)
    await again.finished()
    expect(test.core.history.latestCheckpoint(run.runId)?.hash).toBeDefined()
    expect((await test.checkpoint(run.runId)).views).toEqual((await test.checkpoint(alone.runId)).views)
    expect(test.series(run.runId, 'train.loss')).toEqual(test.series(alone.runId, 'train.loss'))
    expect(test.series(run.runId, 'val.perplexity')).toEqual(test.series(alone.runId, 'val.perplexity'))
  })
})

it('shuffled rows lie apart: each stretch stands for itself', async () => {
  const run = await finished(document({ stride: 3, split: { validation: 0.1, shuffle: true } }, { epochs: 1 }), { snapshots: true })
  const [{ stretches }] = snapshots(run)
  expect(stretches.length).toBeGreaterThan(3)
  for (const { before, characters } of stretches) expect(SONNETS).toContain(before + characters)
})

it('a teacher teaches at every position', async () => {
  const teacher = await finished(document(EVERY))
  const student = await finished(document(EVERY, { distillation: { teacher: { run: teacher.runId }, alpha: 0, temperature: 2 } }))
  const divergence = test.series(student.runId, 'train.distillation').values
  expect(divergence.at(-1)).toBeLessThan(0.4 * divergence[0])
  // It has heard nothing but the teacher.
  expect(test.series(student.runId, 'val.loss').values.at(-1)).toBeLessThan(3)
})

it('perplexity is e to the power of the loss', async () => {
  const run = await finished(document(EVERY, { epochs: 1 }))
  const last = (key: string): number => test.series(run.runId, key).values.at(-1) ?? NaN
  expect(Math.abs(Math.log(last('val.perplexity')) - last('val.loss'))).toBeLessThan(1e-5)
})

it('refuses what it cannot do in words', async () => {
  const run = await finished(document(EVERY, { epochs: 1 }))
  const issuesOf = async (runId: string, prompt: string) => {
    const found = await test.core.write(runId, { ...TEXT_DEFAULTS, prompt })
    return found.ok ? [] : found.issues.map(({ code, args }) => ({ code, ...args }))
  }
  expect(await issuesOf(run.runId, 'naïve')).toMatchObject([{ code: 'text-character', character: 'ï' }])
  expect(await issuesOf('nobody', '')).toMatchObject([{ code: 'run-unknown' }])
  const digits = await finished({ format: 1, dataset: { type: 'digits' }, model: { nodes: [{ type: 'dense', units: 10, activation: 'softmax' }] }, training: { loss: 'categoricalCrossentropy', optimizer: 'adam', epochs: 1 } })
  expect(await issuesOf(digits.runId, '')).toMatchObject([{ code: 'text-none', run: digits.runId }])
})
