import { availableParallelism } from 'node:os'
import type { Handlers } from '../handlers'
import type { ServiceOptions } from '../context'

export function appRequests({ core, dataDirectory, version, desktop, otherMemory, faults = false }: ServiceOptions): Handlers<'app.info' | 'app.status' | 'app.strike'> {
  return {
    'app.info': () => ({
      host: desktop === null ? 'browser' : 'electron',
      version,
      platform: process.platform,
      dataDirectory,
      threads: availableParallelism(),
    }),
    'app.strike': ({ runId, fault }) => {
      if (!faults) throw new Error('faults are not allowed here')
      core.strike(runId, fault)
      return null
    },
    'app.status': async () => ({
      memory: process.memoryUsage.rss() + (otherMemory?.() ?? 0) + (await core.trainingMemory()),
      running: core.runs.active,
      queued: core.runs.queued,
    }),
  }
}
