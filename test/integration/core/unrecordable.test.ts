import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestCore } from '@test/helpers/core'

/** Another program holds the history while runs end: SQLite gives up after some seconds, as it does at once where a disk is full. */

const DOCUMENT = {
  format: 1,
  name: 'held',
  dataset: { type: 'iris' },
  model: { nodes: [{ type: 'dense', units: 3, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', optimizer: 'sgd', epochs: 1_000_000 },
}

let test: TestCore
beforeAll(async () => {
  test = await TestCore.open()
})
afterAll(async () => await test.close())

/** Whatever the body does, the history takes nothing of it. */
async function holding(body: () => Promise<void>): Promise<void> {
  const other = new SqliteDatabase(join(test.directory, 'descent.sqlite'))
  other.exec('BEGIN IMMEDIATE')
  try {
    await body()
  } finally {
    other.close()
  }
}

const statusOf = (runId: string): string | undefined => test.core.history.getRun(runId)?.status

it('tells of runs that die with their process, and of one that leaves the queue, though it cannot record that; later they come to rest', async () => {
  const run = test.start(DOCUMENT)
  const waiting = test.start(DOCUMENT)
  run.control({ type: 'pause' })
  await run.until(({ type }) => type === 'paused')
  await holding(async () => {
    expect(() => waiting.control({ type: 'stop', as: 'stopped' })).toThrow('history-busy')
    expect(await waiting.finished()).toMatchObject({ status: 'stopped' })
    test.core.strike(run.runId, 'kill')
    const lost = await run.until((event) => event.type === 'lost')
    expect(lost).toMatchObject({ end: { signal: 'SIGKILL' }, issues: [{ code: 'history-busy' }] })
    expect(test.core.runs).toEqual({ active: [], queued: [] })
  })
  expect([run, waiting].map(({ runId }) => statusOf(runId))).toEqual(['paused', 'queued'])
  for (const { runId } of [run, waiting]) test.core.control(runId, { type: 'stop', as: 'interrupted' })
  expect([run, waiting].map(({ runId }) => statusOf(runId))).toEqual(['interrupted', 'interrupted'])
  // What has come to rest stays as it is.
  test.core.control(run.runId, { type: 'stop', as: 'stopped' })
  expect(statusOf(run.runId)).toBe('interrupted')
  const resumed = test.resume(run.runId)
  resumed.control({ type: 'stop', as: 'stopped' })
  await resumed.finished()
})
