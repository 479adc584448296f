import { availableParallelism } from 'node:os'
import type { Handlers } from '../handlers'
import type { ServiceOptions } from '../context'

export function appRequests({ core, dataDirectory, version, desktop, otherMemory }: ServiceOptions): Handlers<'app.info' | 'app.devices' | 'app.status'> {
  return {
    'app.info': () => ({
      host: desktop === null ? 'browser' : 'electron',
      version,
      platform: process.platform,
      dataDirectory,
      threads: availableParallelism(),
    }),
    'app.devices': async () => await core.devices(),
    'app.status': async () => ({
      memory: process.memoryUsage.rss() + (otherMemory?.() ?? 0) + (await core.trainingMemory()),
      running: core.runs.active,
      queued: core.runs.queued,
    }),
  }
}
