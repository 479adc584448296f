import { randomInt } from 'node:crypto'
import { randomSource } from '@shared/lib/random'
import { success, type Result } from '@shared/spec'
import type { Core } from '@main/core/core'
import type { HistoryApi } from '@main/core/history'
import { resourcesDirectory, trainingEntry, type CliContext } from './context'

/** The core over a data directory. Loaded when first needed: printing help needs no database. */
export async function openCore(context: CliContext, directory: string): Promise<Result<Core>> {
  const [{ Core }, history] = await Promise.all([import('@main/core/core'), open(directory, 'write')])
  if (!history.ok) return history
  return success(
    new Core({
      history: history.value,
      resourcesDirectory: resourcesDirectory(context),
      trainingEntry: trainingEntry(context),
      versions: { descent: context.version, node: process.versions.node },
    }),
  )
}

/** The history alone, beside a core that may be running. */
export async function openHistoryForReading(directory: string): Promise<Result<HistoryApi>> {
  return await open(directory, 'read')
}

async function open(directory: string, mode: 'read' | 'write'): Promise<Result<HistoryApi>> {
  const { openHistory } = await import('@main/core/history')
  return await openHistory({ directory, mode, now: Date.now, random: randomSource(randomInt(2 ** 32), process.pid) })
}
