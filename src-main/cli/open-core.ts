import type { Core } from '@main/core'
import type { HistoryApi } from '@main/core/history'
import { IssueError, type Issue, type Result } from '@shared/spec'
import { resourcesDirectory, type CliContext } from './context'

export interface OpenOptions {
  readonly lanes?: number
  /** `read`: to look at what is recorded, beside a core that may be running. */
  readonly mode?: 'read'
  /** Recording failed while nobody asked; a run that trains hears of it anyway, by its next event. */
  readonly onFailure?: (issues: readonly Issue[]) => void
}

/** The core over a data directory. Loaded when first needed: printing help needs no database. */
export async function openCore(context: CliContext, dataDirectory: string, { mode, ...options }: OpenOptions = {}): Promise<Result<Core>> {
  const core = await import('@main/core')
  const host = { dataDirectory, resourcesDirectory: resourcesDirectory(context), programDirectory: context.outDirectory, version: context.version, ...options }
  return await core.openCore(host, mode)
}

/** The history alone, beside a core that may be running. */
export async function openHistoryForReading(dataDirectory: string): Promise<Result<HistoryApi>> {
  const core = await import('@main/core')
  return await core.openHistoryReader({ dataDirectory })
}

/** False where the history could not take the last of what was recorded (full disk), which is said unless `quiet`. */
export async function closeCore({ screen }: CliContext, core: Core, { quiet = false }: { readonly quiet?: boolean } = {}): Promise<boolean> {
  try {
    await core.close()
    return true
  } catch (error) {
    if (!(error instanceof IssueError)) throw error
    if (!quiet) screen.reportIssues(error.issues)
    return false
  }
}
