import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { randomSource } from '@shared/lib/random'
import { success, type Issue, type Result } from '@shared/spec/issue'
import { Core } from './core'
import { openHistory, type HistoryApi } from './history'

export interface HostOptions {
  /** Holds the history and the artifacts; made when absent. */
  readonly dataDirectory: string
  /** The app's `resources`. */
  readonly resourcesDirectory: string
  /** The main build, `out/main`: the training process starts from there. */
  readonly programDirectory: string
  /** Descent's own version. */
  readonly version: string
  /** Runs that train at once; 1 unless given. */
  readonly lanes?: number
  /** As in `CoreOptions`. */
  readonly accelerators?: readonly string[]
  /** Recording failed (disk full): told while runs train. */
  readonly onFailure?: (issues: readonly Issue[]) => void
}

/** The core as every host opens it, with the real clock and randomness. `read`: beside a core that trains, for looks at
 *  what is recorded; nothing is started there. Issues as of `openHistory`. */
export async function openCore(options: HostOptions, mode: 'write' | 'read' = 'write'): Promise<Result<Core>> {
  const history = await openHistory({ ...historyPlace(options), mode, onFailure: options.onFailure })
  if (!history.ok) return history
  return success(
    new Core({
      history: history.value,
      resourcesDirectory: options.resourcesDirectory,
      trainingEntry: join(options.programDirectory, 'training.js'),
      versions: { descent: options.version, node: process.versions.node },
      dataDirectory: options.dataDirectory,
      accelerators: options.accelerators,
      lanes: options.lanes,
    }),
  )
}

/** For commands that only look: works beside a core that trains. */
export async function openHistoryReader(options: Pick<HostOptions, 'dataDirectory'>): Promise<Result<HistoryApi>> {
  return await openHistory({ ...historyPlace(options), mode: 'read' })
}

function historyPlace({ dataDirectory }: Pick<HostOptions, 'dataDirectory'>) {
  return { directory: dataDirectory, now: () => Date.now(), random: randomSource(randomBytes(8).toString('hex')) }
}
