import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXPORTERS, exportRun } from '@main/core/exports'
import { ROOT, TestCore, type Watched } from '@test/helpers/core'

/** Every example document trains; at reduced length where the whole takes long. */
const FOLDER = join(ROOT, 'resources', 'examples')
const names = readdirSync(FOLDER).flatMap((file) => /^(.+)\.descent\.json$/.exec(file)?.[1] ?? [])

interface Example {
  readonly dataset: Readonly<Record<string, unknown>>
  readonly training: Readonly<Record<string, unknown>>
}

function example(name: string, change: { readonly dataset?: object; readonly training?: object } = {}): object {
  const document = JSON.parse(readFileSync(join(FOLDER, `${name}.descent.json`), 'utf8')) as Example
  return { ...document, dataset: { ...document.dataset, ...change.dataset }, training: { ...document.training, ...change.training } }
}

const short = { dataset: { rows: 1600, testRows: 200 }, training: { epochs: 2 } }

/** By name: what to shorten, and what must come out. */
const expectations: Readonly<Record<string, { readonly change?: Parameters<typeof example>[1]; readonly check: (run: Watched, final: Readonly<Record<string, number>>) => Promise<void> | void }>> = {
  'digits-mlp': { check: (_run, final) => expect(final['val.accuracy']).toBeGreaterThanOrEqual(0.97) },
  'digits-cnn': { change: { training: { epochs: 4 } }, check: (_run, final) => expect(final['val.accuracy']).toBeGreaterThan(0.93) },
  'char-lstm': { change: { training: { epochs: 6 } }, check: (_run, final) => expect(final['val.accuracy']).toBeGreaterThan(0.24) },
  transformer: { change: { training: { epochs: 8 } }, check: (_run, final) => expect(final['val.accuracy']).toBeGreaterThan(0.24) },
  'char-every': { change: { training: { epochs: 8 } }, check: (_run, final) => expect([final['val.accuracy'] > 0.24, final['val.perplexity'] < 16]).toEqual([true, true]) },
  'row-lstm': { change: { training: { epochs: 14 } }, check: (_run, final) => expect(final['val.accuracy']).toBeGreaterThan(0.9) },
  autoencoder: {
    change: { training: { epochs: 8 } },
    check: (run) => {
      const { values } = test.series(run.runId, 'train.loss')
      expect(values[values.length - 1]).toBeLessThan(0.4 * values[0])
    },
  },
  'linear-regression': {
    check: async (run, final) => {
      const { views } = await test.checkpoint(run.runId)
      expect(views.get('line.kernel')?.[0]).toBeCloseTo(2, 1)
      expect(views.get('line.bias')?.[0]).toBeCloseTo(3, 1)
      expect(final['val.r2']).toBeGreaterThan(0.97)
    },
  },
  'binary-classification': { change: { training: { epochs: 30 } }, check: (_run, final) => expect(final['val.accuracy']).toBeGreaterThan(0.85) },
  ...Object.fromEntries(
    ['sgd', 'momentum', 'nag', 'adagrad', 'rmsprop', 'adam'].map((optimizer) => [
      `classic-${optimizer}`,
      {
        change: short,
        check: (run: Watched, final: Readonly<Record<string, number>>) => {
          const losses = test.series(run.runId, 'train.loss').values
          const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
          expect(mean(losses.slice(-10))).toBeLessThan(0.9 * mean(losses.slice(0, 10)))
          expect(final['test.accuracy']).toBeGreaterThan(0.15)
        },
      },
    ]),
  ),
}

let test: TestCore
beforeAll(async () => {
  test = await TestCore.open()
})
afterAll(async () => await test.close())

describe('resources/examples', () => {
  it('has an expectation for every document', () => {
    expect(Object.keys(expectations).sort()).toEqual([...names].sort())
  })

  it.each(names)('%s trains, and leaves in every format', async (name) => {
    const { change, check } = expectations[name]
    const run = test.start(example(name, change), { baseDirectory: FOLDER })
    const { final } = await run.finished()
    await check(run, final)
    for (const { definition } of EXPORTERS) expect(await exportRun(test.core.history, run.runId, definition.type), definition.type).toMatchObject({ ok: true })
  })
})
