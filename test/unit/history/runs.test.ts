import { describe, expect, test } from 'vitest'
import { runId, type HistoryApi, type RunStatus } from '@main/core/history'
import { randomSource } from '@shared/lib/random'
import { IssueError } from '@shared/spec/issue'
import { close, NEW_RUN, opened, TestClock } from '../../helpers/history'
import { temporaryDirectory } from '../../helpers/temporary'

const MINUTE = 60_000

function codeOf(body: () => unknown): string {
  try {
    body()
  } catch (error) {
    if (error instanceof IssueError) return error.issues[0].code
    throw error
  }
  return ''
}

describe('run ids', () => {
  test('name the UTC minute and sort by it', () => {
    const random = randomSource(1)
    const first = runId(Date.UTC(2026, 10, 22, 6, 31, 59), random)
    const second = runId(Date.UTC(2026, 10, 22, 6, 32, 0), random)
    expect(first).toMatch(/^20261122-0631-[0-9a-hjkmnp-tv-z]{4}$/)
    expect(first < second).toBe(true)
  })

  test('are unique though two processes draw the same', async () => {
    const history = await opened(temporaryDirectory())
    const clash = randomSource(7)
    const ids = Array.from({ length: 50 }, () => history.createRun(NEW_RUN))
    expect(ids[0]).toBe(runId(new TestClock().now(), clash))
    expect(new Set(ids).size).toBe(50)
    close(history)
  })

  test('a taken id is drawn again', async () => {
    const directory = temporaryDirectory()
    const first = await opened(directory)
    const id = first.createRun(NEW_RUN)
    close(first)
    const second = await opened(directory)
    expect(second.createRun(NEW_RUN)).not.toBe(id)
  })
})

describe('a run', () => {
  test('comes back as it was given', async () => {
    const history = await opened(temporaryDirectory())
    const id = history.createRun({ ...NEW_RUN, tags: ['b', 'a', 'b'], group: 'sweep', color: '#ff0000', note: 'try', parent: '20260101-0000-aaaa' })
    expect(history.getRun(id)).toEqual({
      id,
      name: 'digits',
      status: 'queued',
      document: NEW_RUN.document,
      documentHash: 'document-1',
      datasetHash: 'data-1',
      environment: NEW_RUN.environment,
      seed: 42,
      createdAt: new TestClock().now(),
      startedAt: null,
      finishedAt: null,
      updatedAt: new TestClock().now(),
      steps: 0,
      epochs: 0,
      samples: 0,
      seconds: 0,
      errors: [],
      parent: '20260101-0000-aaaa',
      note: 'try',
      tags: ['a', 'b'],
      group: 'sweep',
      color: '#ff0000',
      archived: false,
      metrics: {},
    })
  })

  test('keeps every text exactly', async () => {
    const history = await opened(temporaryDirectory())
    const text = '{"name":"\\u0000 名字 \u{1f600} \' \\" -- ;","x":1e400}'
    const id = history.createRun({ ...NEW_RUN, document: text, name: "Robert'); DROP TABLE runs;--", note: '%_\n' })
    expect(history.getRun(id)).toMatchObject({ document: text, name: "Robert'); DROP TABLE runs;--", note: '%_\n' })
  })

  test('changes what is given and nothing else', async () => {
    const clock = new TestClock()
    const history = await opened(temporaryDirectory(), { now: clock.now })
    const id = history.createRun({ ...NEW_RUN, tags: ['kept'], group: 'kept' })
    const before = history.getRun(id)
    clock.milliseconds += MINUTE
    history.updateRun(id, { note: 'new' })
    expect(history.getRun(id)).toEqual({ ...before, note: 'new', updatedAt: clock.milliseconds })
    const errors = [{ code: 'training-diverged', path: ['training', 'loss'], args: { step: 3 } }]
    history.updateRun(id, { name: 'other', tags: [], group: null, color: 'red', archived: true, errors, datasetHash: 'data-2' })
    expect(history.getRun(id)).toMatchObject({ name: 'other', tags: [], group: null, color: 'red', archived: true, errors, datasetHash: 'data-2' })
  })

  test('starts once, and rests whenever it is not in progress', async () => {
    const clock = new TestClock()
    const history = await opened(temporaryDirectory(), { now: clock.now })
    const id = history.createRun(NEW_RUN)
    const times = (status: RunStatus): readonly (number | null | undefined)[] => {
      clock.milliseconds += MINUTE
      history.updateRun(id, { status })
      const run = history.getRun(id)
      return [run?.startedAt, run?.finishedAt]
    }
    const start = clock.milliseconds + MINUTE
    expect(times('running')).toEqual([start, null])
    expect(times('paused')).toEqual([start, null])
    expect(times('stopped')).toEqual([start, start + 2 * MINUTE])
    expect(times('running')).toEqual([start, null])
    expect(times('done')).toEqual([start, start + 4 * MINUTE])
  })

  test('takes its progress with the points', async () => {
    const history = await opened(temporaryDirectory())
    const id = history.createRun(NEW_RUN)
    const progress = { steps: 10, epochs: 0.5, samples: 320, seconds: 1.25 }
    history.appendPoints(id, { steps: [10], times: [1.25], columns: { 'train.loss': [1] }, progress })
    expect(history.getRun(id)).toMatchObject(progress)
    const later = { ...progress, steps: 11 }
    history.updateRun(id, { status: 'stopped', progress: later })
    expect(history.getRun(id)).toMatchObject({ ...later, status: 'stopped' })
  })

  test('is found by the beginning of its id', async () => {
    const clock = new TestClock()
    const history = await opened(temporaryDirectory(), { now: clock.now })
    const first = history.createRun(NEW_RUN)
    clock.milliseconds += 24 * 60 * MINUTE
    const second = history.createRun(NEW_RUN)
    expect(history.matchRuns('202611')).toEqual([second, first])
    expect(history.matchRuns('20261122')).toEqual([first])
    expect(history.matchRuns(first)).toEqual([first])
    expect(history.matchRuns('2027')).toEqual([])
  })

  test('that does not exist is an issue, and null to ask for', async () => {
    const history = await opened(temporaryDirectory())
    expect(history.getRun('nope')).toBeNull()
    const calls: ((history: HistoryApi) => unknown)[] = [
      () => history.updateRun('nope', { note: '' }),
      () => history.deleteRun('nope'),
      () => history.appendPoints('nope', { steps: [1], times: [1], columns: { a: [1] } }),
      () => history.appendEvents('nope', []),
      () => history.readSeries('nope', 'a', { maxPoints: 100 }),
      () => history.readEvents('nope'),
      () => history.latestCheckpoint('nope'),
      () => history.rewindRun('nope', 0),
    ]
    expect(calls.map((call) => codeOf(() => call(history)))).toEqual(calls.map(() => 'run-unknown'))
  })

  test('is not deleted while it trains', async () => {
    const history = await opened(temporaryDirectory())
    const id = history.createRun({ ...NEW_RUN, status: 'running' })
    expect(codeOf(() => history.deleteRun(id))).toBe('run-in-progress')
    history.updateRun(id, { status: 'stopped' })
    history.deleteRun(id)
    expect(history.getRun(id)).toBeNull()
    expect(history.listRuns()).toEqual({ runs: [], total: 0 })
  })
})

describe('runs that a dead process left', () => {
  test('are interrupted at the time of their last record; the others stay', async () => {
    const clock = new TestClock()
    const directory = temporaryDirectory()
    const history = await opened(directory, { now: clock.now })
    const statuses: readonly RunStatus[] = ['queued', 'running', 'paused', 'stopped', 'interrupted', 'failed', 'done']
    const ids = statuses.map((status) => history.createRun({ ...NEW_RUN, status }))
    clock.milliseconds += MINUTE
    history.appendPoints(ids[1], { steps: [1], times: [1], columns: { a: [1] } })
    close(history)
    clock.milliseconds += MINUTE
    const again = await opened(directory, { now: clock.now })
    expect(again.interrupted).toEqual([
      { id: ids[0], was: 'queued' },
      { id: ids[1], was: 'running' },
      { id: ids[2], was: 'paused' },
    ])
    expect(ids.map((id) => again.getRun(id)?.status)).toEqual(['interrupted', 'interrupted', 'interrupted', 'stopped', 'interrupted', 'failed', 'done'])
    expect(again.getRun(ids[1])?.finishedAt).toBe(clock.milliseconds - MINUTE)
  })

  test('are left alone by readers', async () => {
    const directory = temporaryDirectory()
    const history = await opened(directory)
    const id = history.createRun({ ...NEW_RUN, status: 'running' })
    const reader = await opened(directory, { mode: 'read' })
    expect(reader.interrupted).toEqual([])
    expect(history.getRun(id)?.status).toBe('running')
  })
})

describe('the list', () => {
  async function threeRuns(): Promise<{ history: HistoryApi; a: string; b: string; c: string }> {
    const clock = new TestClock()
    const history = await opened(temporaryDirectory(), { now: clock.now })
    const create = (name: string, loss: readonly number[], rest: object): string => {
      clock.milliseconds += MINUTE
      const id = history.createRun({ ...NEW_RUN, name, ...rest })
      if (loss.length > 0) history.appendPoints(id, { steps: loss.map((_, index) => index), times: loss.map(() => 0), columns: { loss, other: loss } })
      return id
    }
    const a = create('alpha', [3, 1, 2], { tags: ['x', 'y'], group: 'g', seed: 3, status: 'done' })
    const b = create('Beta', [5, 0.5, 6], { tags: ['x'], documentHash: 'document-2', seed: 1, status: 'failed' })
    const c = create('gamma 100%', [], { parent: a, note: 'a Note', seed: 2 })
    return { history, a, b, c }
  }

  test('is newest first, with a total that knows no limit', async () => {
    const { history, a, b, c } = await threeRuns()
    expect(history.listRuns().runs.map(({ id }) => id)).toEqual([c, b, a])
    const page = history.listRuns({ limit: 1, offset: 1 })
    expect([page.runs.map(({ id }) => id), page.total]).toEqual([[b], 3])
  })

  test('filters', async () => {
    const { history, a, b, c } = await threeRuns()
    history.updateRun(b, { archived: true })
    const ids = (filter: Parameters<HistoryApi['listRuns']>[0]): readonly string[] => history.listRuns(filter).runs.map(({ id }) => id)
    expect(ids({ filter: { status: ['done', 'failed'] } })).toEqual([b, a])
    expect(ids({ filter: { status: [] } })).toEqual([])
    expect(ids({ filter: { tags: ['x'] } })).toEqual([b, a])
    expect(ids({ filter: { tags: ['x', 'y'] } })).toEqual([a])
    expect(ids({ filter: { group: 'g' } })).toEqual([a])
    expect(ids({ filter: { group: null } })).toEqual([c, b])
    expect(ids({ filter: { parent: a } })).toEqual([c])
    expect(ids({ filter: { documentHash: 'document-2' } })).toEqual([b])
    expect(ids({ filter: { datasetHash: 'data-1', archived: false } })).toEqual([c, a])
    expect(ids({ filter: { archived: true } })).toEqual([b])
    expect(ids({ filter: { text: 'BETA' } })).toEqual([b])
    expect(ids({ filter: { text: 'note' } })).toEqual([c])
    expect(ids({ filter: { text: '0%' } })).toEqual([c])
    expect(ids({ filter: { text: a } })).toEqual([a])
    expect(history.listRuns({ filter: { tags: ['x'] }, limit: 1 }).total).toBe(2)
  })

  test('sorts by a field or by a metric, runs without it last', async () => {
    const { history, a, b, c } = await threeRuns()
    const ids = (order: NonNullable<Parameters<HistoryApi['listRuns']>[0]>['order']): readonly string[] => history.listRuns({ order }).runs.map(({ id }) => id)
    expect(ids({ by: 'name' })).toEqual([a, b, c])
    expect(ids({ by: 'seed', descending: true })).toEqual([a, c, b])
    expect(ids({ by: 'metric', key: 'loss', aggregate: 'min' })).toEqual([b, a, c])
    expect(ids({ by: 'metric', key: 'loss', aggregate: 'min', descending: true })).toEqual([a, b, c])
    expect(ids({ by: 'metric', key: 'loss', aggregate: 'last' })).toEqual([a, b, c])
    expect(ids({ by: 'metric', key: 'loss', aggregate: 'max' })).toEqual([a, b, c])
    expect(ids({ by: 'metric', key: 'loss', aggregate: 'first', descending: true })).toEqual([b, a, c])
  })

  test('brings the aggregates asked for', async () => {
    const { history, a, c } = await threeRuns()
    const loss = { count: 3, nonFinite: 0, first: 3, firstStep: 0, last: 2, lastStep: 2, min: 1, minStep: 1, max: 3, maxStep: 0 }
    const metricsOf = (id: string, metrics: readonly string[] | 'all' | undefined): unknown =>
      history.listRuns({ metrics }).runs.find((run) => run.id === id)?.metrics
    expect(metricsOf(a, undefined)).toEqual({})
    expect(metricsOf(a, ['loss', 'absent'])).toEqual({ loss })
    expect(metricsOf(a, 'all')).toEqual({ loss, other: loss })
    expect(metricsOf(c, 'all')).toEqual({})
  })
})
