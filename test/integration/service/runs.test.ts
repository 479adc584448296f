import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestHost } from '@test/helpers/service'
import type { Client, PointsTick, RunListView, TopicEvents, TrainingNotice } from '@shared/protocol/contract'
import { need } from '@shared/spec'

/** A short run on shipped data. */
function document(changes: Readonly<Record<string, unknown>> = {}, training: Readonly<Record<string, unknown>> = {}): object {
  return {
    format: 1,
    name: 'iris',
    seed: 3,
    dataset: { type: 'iris' },
    model: { nodes: [{ id: 'input', type: 'input' }, { id: 'out', type: 'dense', units: 3, activation: 'softmax' }] },
    training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: { type: 'adam', learningRate: 0.02 }, batchSize: 16, epochs: 5, ...training },
    ...changes,
  }
}

const FOREVER = { epochs: 1_000_000 }

async function started(client: Client, value: object = document()): Promise<string> {
  const { runId } = need(await client.request('runs.start', { document: value, tab: null }))
  return runId
}

/** Everything a topic says, and the first of it that satisfies a condition. */
class Heard<T> {
  readonly events: T[] = []
  readonly #waiting = new Set<() => void>()

  readonly listen = (event: T): void => {
    this.events.push(event)
    for (const check of [...this.#waiting]) check()
  }

  async until(condition: (events: readonly T[]) => boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (!condition(this.events)) return
        this.#waiting.delete(check)
        resolve()
      }
      this.#waiting.add(check)
      check()
    })
  }
}

function watchRun(client: Client, runId: string) {
  const heard = new Heard<TrainingNotice>()
  client.subscribe('training', { runId }, heard.listen)
  return {
    heard,
    ended: async () => await heard.until((events) => events.some(({ type }) => type === 'finished' || type === 'failed')),
    steps: async (type: TrainingNotice['type']) => await heard.until((events) => events.some((event) => event.type === type)),
  }
}

/** Points as a window keeps them. */
class Kept {
  readonly series = new Map<string, { steps: number[]; values: number[]; cursor: unknown }>()
  ticks = 0

  readonly add = (tick: PointsTick): void => {
    this.ticks++
    for (const [key, { steps, values, cursor, restarted }] of Object.entries(tick.series)) {
      const before = this.series.get(key)
      const known = before === undefined || restarted ? { steps: [], values: [] } : before
      this.series.set(key, { steps: [...known.steps, ...steps], values: [...known.values, ...values], cursor })
    }
  }

  get cursors(): Record<string, unknown> {
    return Object.fromEntries([...this.series].map(([key, { cursor }]) => [key, cursor]))
  }
}

describe('runs over the contract', () => {
  let host: TestHost
  let client: Client
  beforeAll(async () => {
    host = await TestHost.open({ lanes: 2 })
    client = host.window()
  })
  afterAll(async () => {
    await host.close()
  })

  async function finishedRun(value: object = document()): Promise<string> {
    const runId = await started(client, value)
    await watchRun(client, runId).ended()
    return runId
  }

  it('starts a run, tells of it and lists it', async () => {
    const changes = new Heard<TopicEvents['runs']>()
    const end = client.subscribe('runs', {}, changes.listen)
    const runId = await started(client)
    const watched = watchRun(client, runId)
    await watched.ended()
    await changes.until((events) => events.some(({ changed }) => changed.some(({ id, status }) => id === runId && status === 'done')))
    end()
    expect(watched.heard.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['prepared', 'evaluated', 'checkpoint', 'finished']))
    const listed = (await client.request('runs.list', {})).runs.find(({ id }) => id === runId)
    const detail = await client.request('runs.read', { runId })
    expect(listed).toMatchObject({ name: 'iris', status: 'done', seed: 3, epochs: 5, device: 'onnx-cpu', document: { name: 'iris', dataset: { type: 'iris' } } })
    expect(detail).toMatchObject({ ...listed, checkpoints: [{ step: listed?.steps }], versions: { descent: 'test' } })
    expect(JSON.parse(detail?.documentText ?? '')).toEqual(listed?.document)
    expect(changes.events.at(-1)?.changed.find(({ id }) => id === runId)).toEqual(listed)
  })

  it('has told of a run when it answers that it began: of its end, however soon, windows tell only who saw it before', async () => {
    const changes = new Heard<TopicEvents['runs']>()
    const end = client.subscribe('runs', {}, changes.listen)
    const last = (runId: string): string | undefined => changes.events.flatMap(({ changed }) => changed).findLast(({ id }) => id === runId)?.status
    const runId = await started(client, document({}, FOREVER))
    expect(last(runId)).toMatch(/^(queued|running)$/)
    await watchRun(client, runId).steps('prepared')
    await client.request('runs.control', { runId, control: { type: 'stop', as: 'interrupted' } })
    await changes.until(() => last(runId) === 'interrupted')
    await client.request('runs.resume', { runId })
    expect(last(runId)).toMatch(/^(queued|running)$/)
    await client.request('runs.delete', { runIds: [runId] })
    end()
  })

  it('refuses a document that is none, with its issues, and keeps no run of it', async () => {
    const before = (await client.request('runs.list', {})).runs.length
    const refused = await client.request('runs.start', { document: document({ dataset: { type: 'iris', split: { train: 2 } } }), tab: null })
    expect(refused).toMatchObject({ ok: false, issues: [{ path: ['dataset', 'split', 'train'] }] })
    expect((await client.request('runs.list', {})).runs).toHaveLength(before)
  })

  it('tells windows that a run whose data cannot be read is gone', async () => {
    const changes = new Heard<TopicEvents['runs']>()
    const end = client.subscribe('runs', {}, changes.listen)
    const runId = await started(client, document({ dataset: { type: 'csv', path: 'absent.csv', target: 'y' } }))
    const watched = watchRun(client, runId)
    await watched.ended()
    expect(watched.heard.events.at(-1)).toMatchObject({ type: 'failed', issues: [{ code: 'data-file-missing' }] })
    await changes.until((events) => events.some(({ deleted }) => deleted.includes(runId)))
    end()
    expect(await client.request('runs.read', { runId })).toBeNull()
  })

  it('pauses, steps, changes the rate, resumes and stops', async () => {
    const runId = await started(client, document({}, FOREVER))
    const { heard, steps, ended } = watchRun(client, runId)
    await steps('prepared')
    await client.request('runs.control', { runId, control: { type: 'pause' } })
    await steps('paused')
    const at = heard.events.findLast((event) => event.type === 'paused')
    await client.request('runs.control', { runId, control: { type: 'step' } })
    await heard.until((events) => events.filter(({ type }) => type === 'paused').length === 2)
    expect(heard.events.findLast((event) => event.type === 'paused')?.step).toBe((at?.step ?? 0) + 1)
    await client.request('runs.control', { runId, control: { type: 'learningRate', value: 0.001 } })
    await client.request('runs.control', { runId, control: { type: 'resume' } })
    await steps('learningRateChanged')
    expect(await client.request('app.status', {})).toMatchObject({ running: [runId], queued: [] })
    await client.request('runs.control', { runId, control: { type: 'stop', as: 'stopped' } })
    await ended()
    expect(await client.request('runs.read', { runId })).toMatchObject({ status: 'stopped' })
    const kinds = (await client.request('events.read', { runId, kinds: ['pause', 'resume', 'hyperparameters'] })).map(({ kind }) => kind)
    expect(kinds.sort()).toEqual(['hyperparameters', 'pause', 'pause', 'resume', 'resume'])
  })

  it('resumes a stopped run where it was', async () => {
    const runId = await started(client, document({}, FOREVER))
    const first = watchRun(client, runId)
    await first.steps('evaluated')
    await client.request('runs.control', { runId, control: { type: 'stop', as: 'interrupted' } })
    await first.ended()
    const at = (await client.request('runs.read', { runId }))?.steps ?? 0
    expect(await client.request('runs.resume', { runId })).toEqual({ ok: true, value: { runId } })
    expect(await client.request('runs.resume', { runId })).toMatchObject({ ok: false, issues: [{ code: 'run-active' }] })
    const again = watchRun(client, runId)
    await again.steps('evaluated')
    await client.request('runs.control', { runId, control: { type: 'stop', as: 'stopped' } })
    await again.ended()
    const { steps, total } = await client.request('series.read', { runId, key: 'train.loss', maxPoints: 2_000_000 })
    expect(Array.from(steps)).toEqual(Array.from({ length: total }, (_, index) => index + 1))
    expect(total).toBeGreaterThan(at)
  })

  it('changes names, notes, tags, groups, colors of many runs, and tells every window', async () => {
    const runIds = [await finishedRun(), await finishedRun()]
    const other = host.window()
    const changes = new Heard<TopicEvents['runs']>()
    other.subscribe('runs', {}, changes.listen)
    await other.request('app.info', {})
    const values = { name: '<img src=x onerror=alert(1)>', note: '<script>', tags: ['<b>', 'a'], group: 'seeds', color: '#0072B2', archived: true }
    await client.request('runs.update', { runIds: [...runIds, 'absent'], changes: values })
    await changes.until((events) => events.some(({ changed }) => changed.length === 2))
    for (const run of changes.events.at(-1)?.changed ?? []) expect(run).toMatchObject(values)
    other.close()
  })

  it('lists only what changed since an earlier answer', async () => {
    const { now, runs }: RunListView = await client.request('runs.list', {})
    expect((await client.request('runs.list', { after: now + 1 })).runs).toEqual([])
    const [run] = runs
    await client.request('runs.update', { runIds: [run.id], changes: { note: 'changed' } })
    expect((await client.request('runs.list', { after: now })).runs.map(({ id }) => id)).toEqual([run.id])
  })

  it('deletes runs for good, those that train too', async () => {
    const ended = await finishedRun()
    const training = await started(client, document({}, FOREVER))
    await watchRun(client, training).steps('prepared')
    const queued = [await started(client, document({}, FOREVER)), await started(client, document({}, FOREVER))]
    const changes = new Heard<TopicEvents['runs']>()
    const end = client.subscribe('runs', {}, changes.listen)
    await client.request('runs.delete', { runIds: [ended, training, ...queued, 'absent'] })
    await changes.until((events) => new Set(events.flatMap(({ deleted }) => deleted)).size === 4)
    end()
    for (const runId of [ended, training, ...queued]) expect(await client.request('runs.read', { runId })).toBeNull()
    expect(await client.request('app.status', {})).toMatchObject({ running: [], queued: [] })
  })

  it('has nothing of a run that is not there', async () => {
    expect(await client.request('series.keys', { runId: 'absent' })).toEqual([])
    expect(await client.request('series.read', { runId: 'absent', key: 'train.loss', maxPoints: 100 })).toMatchObject({ total: 0, complete: true })
    expect(await client.request('events.read', { runId: 'absent' })).toEqual([])
    expect(await client.request('runs.resume', { runId: 'absent' })).toMatchObject({ ok: false, issues: [{ code: 'run-unknown' }] })
    expect(await client.request('runs.control', { runId: 'absent', control: { type: 'pause' } })).toBeNull()
  })

  describe('points', () => {
    it('of a finished run come as they are recorded', async () => {
      const runId = await finishedRun()
      const kept = new Kept()
      const end = client.subscribe('points', { runId, keys: [] }, kept.add)
      const keys = await client.request('series.keys', { runId })
      await expect.poll(() => [...kept.series.keys()].sort()).toEqual([...keys].sort())
      end()
      for (const key of keys) {
        const { steps, values } = await client.request('series.read', { runId, key, maxPoints: 2_000_000 })
        expect(kept.series.get(key)).toMatchObject({ steps: Array.from(steps), values: Array.from(values) })
      }
    })

    it('of a running run: first what is there, then what is new, each once, in any number of windows', async () => {
      const runId = await started(client, document({}, FOREVER))
      const early = new Kept()
      client.subscribe('points', { runId, keys: [] }, early.add)
      const watched = watchRun(client, runId)
      await watched.steps('evaluated')
      const late = new Kept()
      host.window().subscribe('points', { runId, keys: ['train.loss'] }, late.add)
      for (const kept of [early, late]) await expect.poll(() => kept.ticks).toBeGreaterThan(2)
      await client.request('runs.control', { runId, control: { type: 'stop', as: 'stopped' } })
      await watched.ended()
      const { steps, values } = await client.request('series.read', { runId, key: 'train.loss', maxPoints: 2_000_000 })
      for (const kept of [early, late]) {
        await expect.poll(() => kept.series.get('train.loss')?.steps.length).toBe(steps.length)
        expect(kept.series.get('train.loss')).toMatchObject({ steps: Array.from(steps), values: Array.from(values) })
      }
      expect([...late.series.keys()]).toEqual(['train.loss'])
    })

    it('go on from the cursors after a lost connection, without a gap or a repetition', async () => {
      const runId = await started(client, document({}, FOREVER))
      const kept = new Kept()
      let window = host.window()
      window.subscribe('points', { runId, keys: ['train.loss'] }, kept.add)
      const watched = watchRun(client, runId)
      await watched.steps('evaluated')
      await expect.poll(() => kept.ticks).toBeGreaterThan(1)
      window.close()
      const before = kept.series.get('train.loss')?.steps.length ?? NaN
      await expect.poll(async () => (await client.request('series.read', { runId, key: 'train.loss', maxPoints: 16 })).total).toBeGreaterThan(before)
      await client.request('runs.control', { runId, control: { type: 'stop', as: 'stopped' } })
      await watched.ended()
      window = host.window()
      window.subscribe('points', { runId, keys: ['train.loss'], cursors: kept.cursors }, kept.add)
      const { steps } = await client.request('series.read', { runId, key: 'train.loss', maxPoints: 2_000_000 })
      await expect.poll(() => kept.series.get('train.loss')?.steps.length).toBe(steps.length)
      expect(kept.series.get('train.loss')?.steps).toEqual(Array.from(steps))
    })

    it('start anew when the run goes back to its checkpoint', async () => {
      const runId = await started(client, document({}, { ...FOREVER, checkpointSeconds: 3600 }))
      const kept = new Kept()
      client.subscribe('points', { runId, keys: ['train.loss'] }, kept.add)
      await expect.poll(() => kept.series.get('train.loss')?.steps.length ?? 0).toBeGreaterThan(100)
      // The training process dies: points since the checkpoint are of no run that goes on.
      const { trainingPid } = host.core.core
      if (trainingPid === null) throw new Error('no training process')
      const lost = watchRun(client, runId)
      process.kill(trainingPid, 'SIGKILL')
      await lost.heard.until((events) => events.some(({ type }) => type === 'lost'))
      await client.request('runs.resume', { runId })
      const again = watchRun(client, runId)
      await again.steps('evaluated')
      await client.request('runs.control', { runId, control: { type: 'stop', as: 'stopped' } })
      await again.ended()
      const { steps, total } = await client.request('series.read', { runId, key: 'train.loss', maxPoints: 2_000_000 })
      await expect.poll(() => kept.series.get('train.loss')?.steps.length).toBe(total)
      expect(kept.series.get('train.loss')?.steps).toEqual(Array.from(steps))
    })

    it('come again from the beginning when a cursor is none of ours', async () => {
      const runId = await finishedRun()
      const kept = new Kept()
      client.subscribe('points', { runId, keys: ['train.loss'], cursors: { 'train.loss': { point: -1 } } }, kept.add)
      await expect.poll(() => kept.series.get('train.loss')?.steps[0]).toBe(1)
    })
  })

  it('exports a trained model', async () => {
    const runId = await finishedRun()
    const exported = await client.request('exports.create', { runId, format: 'safetensors' })
    expect(exported).toMatchObject({ ok: true, value: { name: expect.stringMatching(/^iris-.*\.safetensors$/) as string } })
    expect(exported.ok && exported.value.content).toBeInstanceOf(Uint8Array)
    expect(await client.request('exports.create', { runId, format: 'xlsx' })).toMatchObject({ ok: false, issues: [{ code: 'export-format-unknown' }] })
  })
})
