import { createPinia, setActivePinia } from 'pinia'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { NEW_RUN } from '@test/helpers/history'
import { TestHost } from '@test/helpers/service'
import { useConnection } from '@renderer/stores/connection'
import { useOverlay } from '@renderer/stores/overlay'
import { useRuns } from '@renderer/stores/runs'
import { COARSE_POINTS } from '@renderer/stores/slices'

/** The window's stores on a real host, whose history holds more runs than one page and more points than a chart has pixels. */
const RUNS = 450
const POINTS = 6000
const PEAK = 4321

let host: TestHost
/** Windows go on trying to come back. */
let closed = false
const ids: string[] = []

beforeAll(async () => {
  host = await TestHost.open()
  const { history } = host.core.core
  const steps = Float64Array.from({ length: POINTS }, (_, index) => index + 1)
  for (let run = 0; run < RUNS; run++) ids.unshift(history.createRun({ ...NEW_RUN, name: `run ${run}`, status: 'done' }))
  for (const id of ids.slice(0, 30)) history.appendPoints(id, { steps, times: steps, columns: { 'train.loss': steps.map((step) => (step === PEAK ? 100 : 1 / step)) } })
})
afterAll(async () => {
  closed = true
  await host.close()
})
beforeEach(() => {
  setActivePinia(createPinia())
  useConnection().open(() => (closed ? new Promise(() => undefined) : Promise.resolve(host.window())))
})

it('lists every run once, page by page, whatever changes meanwhile', async () => {
  const runs = useRuns()
  runs.start()
  await expect.poll(() => runs.all.length).toBeGreaterThan(0)
  const client = host.window()
  await client.request('runs.update', { runIds: [ids[RUNS - 1]], changes: { note: 'told meanwhile' } })
  await expect.poll(() => runs.loaded).toBe(true)
  expect(runs.all.map(({ id }) => id).sort()).toEqual([...ids].sort())
  await expect.poll(() => runs.changes.map(({ run }) => [run.id, run.note])).toEqual([[ids[RUNS - 1], 'told meanwhile']])
  expect(runs.byId.get(ids[RUNS - 1])?.note).toBe('told meanwhile')
  expect(runs.active).toEqual([])

  const { document } = runs.byId.get(ids[0]) ?? {}
  await client.request('runs.update', { runIds: [ids[0]], changes: { note: 'changed' } })
  await expect.poll(() => runs.byId.get(ids[0])?.note).toBe('changed')
  expect(runs.byId.get(ids[0])?.document).toBe(document)
  expect(runs.changes.map(({ run, before }) => [run.id, before?.note])).toEqual([[ids[0], '']])
})

it('pages of the list meet, also where runs are deleted between them', async () => {
  const client = host.window()
  const [doomed] = ids.splice(7, 1)
  const found: string[] = []
  let from: Parameters<typeof client.request<'runs.list'>>[1]['from']
  for (let page = 0; page === 0 || from !== undefined; page++) {
    const { runs, next } = await client.request('runs.list', { most: 8, from })
    found.push(...runs.map(({ id }) => id))
    if (page === 0) await client.request('runs.delete', { runIds: [doomed] })
    from = next ?? undefined
  }
  expect(found.filter((id) => id !== doomed)).toEqual(ids)
})

it('draws many runs from few points with the true extremes, and then reads the rest', async () => {
  const runs = useRuns()
  runs.start()
  await expect.poll(() => runs.loaded).toBe(true)
  const overlay = useOverlay()
  const shown = ids.slice(0, 20)
  overlay.show('test', shown, ['train.loss', 'absent'])
  await expect.poll(() => shown.every((id) => overlay.series(id, 'train.loss') !== null)).toBe(true)
  const first = overlay.series(shown[0], 'train.loss')
  expect(first?.steps.length).toBeLessThanOrEqual(first?.complete === true ? POINTS : COARSE_POINTS)
  expect(Math.max(...(first?.values ?? []))).toBe(100)
  await expect.poll(() => shown.every((id) => overlay.series(id, 'train.loss')?.complete)).toBe(true)
  expect(overlay.series(shown[19], 'train.loss')?.steps).toHaveLength(POINTS)
})

it('reads many metrics at once as it reads each', async () => {
  const client = host.window()
  const series = [{ runId: ids[1], key: 'train.loss' }, { runId: 'absent', key: 'train.loss' }, { runId: ids[2], key: 'absent' }]
  const together = await client.request('series.readMany', { series, maxPoints: 100 })
  expect(together).toEqual(await Promise.all(series.map((each) => client.request('series.read', { ...each, maxPoints: 100 }))))
  expect(together.map(({ total }) => total)).toEqual([POINTS, 0, 0])
})
