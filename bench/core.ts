import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { openCore } from '@main/core'
import { HostService } from '@main/service'
import { memoryPair } from '@shared/protocol/channels/memory'
import { connectChannel, serveChannel } from '@shared/protocol/rpc'
import { need, parseDocument } from '@shared/spec'
import { writeData } from './throughput/data'
import { referenceModels } from './throughput/models'

/**
 * How long the core keeps its event loop busy while two runs train, are recorded and are watched by a window: delays of
 * its timers, milliseconds. Beyond 50 ms people feel it.
 *
 *   npm run bench -- core [--models M1,M4] [--seconds 20] [--json]
 */
const { values: options } = parseArgs({
  options: { models: { type: 'string', default: 'M1,M4' }, seconds: { type: 'string', default: '20' }, json: { type: 'boolean', default: false } },
})

const WARM_UP_SECONDS = 3

const root = join(import.meta.dirname, '..', '..', '..')
const directory = mkdtempSync(join(tmpdir(), 'descent-bench-'))
const resourcesDirectory = join(root, 'resources')
const programDirectory = join(root, 'out', 'main')
const waited = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

writeData(directory)
const core = need(await openCore({ dataDirectory: directory, resourcesDirectory, programDirectory, version: 'bench', lanes: 2 }))
const service = await HostService.open({ core, dataDirectory: directory, resourcesDirectory, programDirectory, version: 'bench', desktop: null })
const [host, window] = memoryPair()
serveChannel(service, host, { onError: (_subject, error) => console.error(error) })
const client = connectChannel(window)
try {
  for (const { document } of referenceModels.filter(({ name }) => options.models.split(',').includes(name))) {
    const parsed = need(parseDocument(document))
    const runId = core.start({ document: parsed, baseDirectory: directory, snapshots: true })
    client.subscribe('training', { runId }, () => undefined)
    client.subscribe('points', { runId, keys: [] }, () => undefined)
  }
  client.subscribe('runs', {}, () => undefined)
  await waited(WARM_UP_SECONDS)
  if (core.runs.active.length === 0) throw new Error('nothing trains')
  const histogram = monitorEventLoopDelay({ resolution: 1 })
  histogram.enable()
  await waited(Number(options.seconds))
  histogram.disable()
  const milliseconds = (nanoseconds: number): number => Number((nanoseconds / 1e6).toFixed(2))
  const result = { runs: core.runs.active.length, p50: milliseconds(histogram.percentile(50)), p99: milliseconds(histogram.percentile(99)), max: milliseconds(histogram.max) }
  console.log(options.json ? JSON.stringify(result) : `${result.runs} runs: p50 ${result.p50} ms · p99 ${result.p99} ms · longest ${result.max} ms`)
} finally {
  client.close()
  await service.close()
  await core.close()
  rmSync(directory, { recursive: true, force: true })
}
