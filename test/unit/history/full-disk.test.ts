import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importBundle } from '@main/core/bundle'
import { exportRun } from '@main/core/exports'
import { formatIssue } from '@shared/locales/issues'
import { issue, type Issue } from '@shared/spec/issue'
import { History } from '@main/core/history/history'
import { openForWriting, type Opened } from '@main/core/history/open'
import { need } from '@shared/spec'
import { codesOfOpening, historyOptions, NEW_RUN, opened } from '../../helpers/history'
import { temporaryDirectory } from '../../helpers/temporary'
import { recordRun } from '../exports/recorded-run'

/* SQLite itself refuses to grow the file (`max_page_count`), with the error that a full disk gives. */

let directory = ''
let connection: Opened['connection']
let history: History
let failures: Issue[] = []

const points = (from: number, count: number) => {
  const steps = Float64Array.from({ length: count }, (_, index) => from + index)
  return { steps, times: steps, columns: { loss: steps.map((step) => Math.sin(step)) } }
}

function fill(): void {
  connection.database.pragma(`max_page_count = ${connection.database.pragma('page_count', { simple: true })}`)
}

function free(): void {
  connection.database.pragma('max_page_count = 4294967294')
}

beforeEach(async () => {
  directory = temporaryDirectory()
  failures = []
  const open = need(await openForWriting(directory, 0))
  connection = open.connection
  history = new History(open, historyOptions(directory, { flushMilliseconds: 5, onFailure: (issues) => failures.push(...issues) }))
})

afterEach(() => {
  if (!connection.database.open) return
  free()
  history.close()
})

test('a run that does not fit is not there at all', () => {
  fill()
  expect(() => history.createRun({ ...NEW_RUN, document: `"${'x'.repeat(100_000)}"`, tags: ['x'] })).toThrow('history-disk-full')
  expect(history.listRuns()).toEqual({ runs: [], total: 0 })
  free()
  history.createRun(NEW_RUN)
  expect(history.listRuns().total).toBe(1)
})

test('a run whose first events do not fit is not there at all, either', () => {
  const events = [{ kind: 'origin', step: 0, time: 0, data: 'x'.repeat(100_000) }]
  fill()
  expect(() => history.createRun({ ...NEW_RUN, events })).toThrow('history-disk-full')
  expect(history.listRuns()).toEqual({ runs: [], total: 0 })
  free()
  expect(history.readEvents(history.createRun({ ...NEW_RUN, events }))).toMatchObject(events)
})

test('a bundle that does not fit leaves neither rows nor files, but what other runs have', async () => {
  const from = await opened(temporaryDirectory())
  const { content: bundle } = need(await exportRun(from, await recordRun(from), 'bundle'))
  const [checkpoint] = from.listArtifacts(await recordRun(from))
  const id = history.createRun(NEW_RUN)
  history.addArtifact(id, { kind: 'checkpoint', step: 1, epoch: 0, ...(await history.artifacts.put(await from.artifacts.read(checkpoint.hash))) })
  connection.database.pragma(`max_page_count = ${Number(connection.database.pragma('page_count', { simple: true })) + 8}`)
  expect(await importBundle(history, bundle, { baseDirectory: '/here' })).toMatchObject({ ok: false, issues: [{ code: 'history-disk-full' }] })
  expect(history.listRuns().total).toBe(1)
  expect(readdirSync(history.artifacts.directory)).toEqual([checkpoint.hash])
  free()
  expect(await importBundle(history, bundle, { baseDirectory: '/here' })).toMatchObject({ ok: true })
  expect(history.check()).toEqual([])
})

test.each(['history-disk-full', 'artifact-disk-full'])('%s tells what helps: other files, since deleting runs needs space itself', (code) => {
  const words = (['en', 'zh-CN'] as const).map((language) => formatIssue(issue(code, [], { path: '/runs' }), language))
  expect(words).toEqual([expect.stringMatching(/^The disk is full: .*\/runs.*\. Remove other files from that disk/), expect.stringMatching(/^磁盘已满：.*其他文件/)])
})

test('points that do not fit are kept and written when there is space again, each once', async () => {
  const id = history.createRun(NEW_RUN)
  history.appendPoints(id, points(0, 3000))
  history.flush()
  fill()
  history.appendPoints(id, points(3000, 100_000))
  expect(() => history.flush()).toThrow('history-disk-full')
  expect(history.readSeries(id, 'loss', { maxPoints: 1e6 }).total).toBe(3000)
  // The next batch tries again, and tells its caller.
  expect(() => history.appendPoints(id, points(103_000, 10))).toThrow('history-disk-full')
  free()
  history.appendPoints(id, points(103_010, 10))
  const { steps, values } = history.readSeries(id, 'loss', { maxPoints: 1e6 })
  expect(steps).toEqual(Float64Array.from({ length: 103_020 }, (_, index) => index))
  expect(values).toEqual(steps.map((step) => Math.sin(step)))
  expect(history.getRun(id)?.metrics.loss).toMatchObject({ count: 103_020, lastStep: 103_019 })
  expect(history.check()).toEqual([])
  history.close()
  expect((await opened(directory)).readSeries(id, 'loss', { maxPoints: 16 }).total).toBe(103_020)
})

test('a flush by timer that fails is reported', async () => {
  const id = history.createRun(NEW_RUN)
  history.flush()
  fill()
  history.appendPoints(id, points(0, 50_000))
  await expect.poll(() => failures.map(({ code }) => code)).toContain('history-disk-full')
})

test('a flush by timer needs no further call', async () => {
  const id = history.createRun(NEW_RUN)
  history.appendPoints(id, points(0, 10))
  const reader = await opened(directory, { mode: 'read' })
  await expect.poll(() => reader.readSeries(id, 'loss', { maxPoints: 16 }).total).toBe(10)
})

/* Merging the write-ahead log stops where the disk is full: the first page counts pages that only the log has. */
test('a file that is shorter than it says is whole together with its log', async () => {
  const id = history.createRun(NEW_RUN)
  history.appendPoints(id, points(0, 3000))
  history.flush()
  const path = connection.path
  const log = readFileSync(`${path}-wal`)
  history.close()
  truncateSync(path, Math.floor(statSync(path).size / 2))
  expect(await codesOfOpening(directory)).toEqual(['history-damaged'])
  writeFileSync(`${path}-wal`, log)
  const again = await opened(directory)
  expect(again.check()).toEqual([])
  expect(again.readSeries(id, 'loss', { maxPoints: 1e6 }).values).toEqual(points(0, 3000).columns.loss)
})
