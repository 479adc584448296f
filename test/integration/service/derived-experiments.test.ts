import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, it } from 'vitest'
import { TestHost } from '@test/helpers/service'
import { sharedDirectory } from '@test/helpers/temporary'
import type { Client } from '@shared/protocol/contract'
import { useConnection } from '@renderer/stores/connection'
import type { JsonObject } from '@renderer/stores/edit'
import { useExperiments, type Experiment } from '@renderer/stores/experiments'
import { need } from '@shared/spec'

const DOCUMENT: JsonObject = {
  format: 1,
  name: 'points',
  seed: 1,
  dataset: { type: 'csv', path: 'points.csv', target: 'kind', split: { validation: 0.25 } },
  model: { nodes: [{ type: 'dense', units: 1, activation: 'sigmoid' }] },
  training: { loss: 'binaryCrossentropy', optimizer: { type: 'adam' }, batchSize: 8, epochs: 1 },
}

const folder = sharedDirectory()
let host: TestHost | null = null
afterEach(async () => await host?.close())

/** What a window has just after it was opened. */
function openWindow(client: Client): ReturnType<typeof useExperiments> {
  setActivePinia(createPinia())
  let tries = 0
  // A window whose host is gone tries for ever.
  useConnection().open(() => (tries++ === 0 ? Promise.resolve(client) : new Promise(() => undefined)))
  return useExperiments()
}

async function sees(client: Client, experiment: Experiment): Promise<boolean> {
  const { dataset, seed } = experiment.document.value
  const preview = await client.request('dataset.preview', { dataset, seed: Number(seed), tab: experiment.id, file: experiment.place.value })
  return preview.ok
}

it('an experiment that came out of a run finds the files of that run, also in the next window', async () => {
  writeFileSync(join(folder, 'points.csv'), 'x,kind\n' + Array.from({ length: 40 }, (_, row) => `${String(row)},${row % 2 === 0 ? 'even' : 'odd'}`).join('\n'))
  host = await TestHost.open({ desktop: { open: () => Promise.resolve(null), save: () => Promise.resolve(null), subscribe: () => () => undefined, changed: () => undefined } })
  const client = host.window()
  const experiments = openWindow(client)
  await experiments.restore()

  const first = experiments.open(DOCUMENT, { file: join(folder, 'points.descent.json') })
  expect(await sees(client, first)).toBe(true)
  const started = need(await client.request('runs.start', { document: DOCUMENT, tab: first.id, file: first.place.value }))

  const derived = await experiments.openFromRun(started.runId, { ...DOCUMENT, name: 'points, again' })
  expect(derived.file.value).toBeNull()
  expect(await sees(client, derived)).toBe(true)
  // Without its origin it would look among the uploaded files.
  expect(await sees(client, experiments.open(DOCUMENT))).toBe(false)

  await expect.poll(async () => (await client.request('workspace.read', {})).tabs.length).toBe(4)
  const next = openWindow(host.window())
  await next.restore()
  expect(await sees(client, next.tabs[2])).toBe(true)
})

it('what is opened before the host has told what was open stands after it, and is kept with it', async () => {
  host = await TestHost.open()
  const experiments = openWindow(host.window())
  experiments.open(DOCUMENT)
  await experiments.storeNow()
  const other = openWindow(host.window())
  await other.restore()
  expect(other.tabs.map(({ name }) => name.value)).toEqual(['digits-mlp'])
  await other.storeNow()

  const early = experiments.activeId
  await experiments.restore()
  await experiments.storeNow()
  expect(experiments.tabs.map(({ name }) => name.value)).toEqual(['digits-mlp', 'points'])
  expect(experiments.activeId).toBe(early)
  expect(await host.window().request('workspace.read', {})).toMatchObject({ tabs: [{}, { id: early }], active: early })
})
