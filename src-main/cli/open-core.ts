import type { Core } from '@main/core'
import type { HistoryApi } from '@main/core/history'
import type { Result } from '@shared/spec'
import { resourcesDirectory, type CliContext } from './context'

/** The core over a data directory. Loaded when first needed: printing help needs no database. */
export async function openCore(context: CliContext, dataDirectory: string, options: { readonly lanes?: number } = {}): Promise<Result<Core>> {
  const core = await import('@main/core')
  return await core.openCore({
    dataDirectory,
    resourcesDirectory: resourcesDirectory(context),
    programDirectory: context.outDirectory,
    version: context.version,
    lanes: options.lanes,
    onFailure: (issues) => context.screen.reportIssues(issues),
  })
}

/** The history alone, beside a core that may be running. */
export async function openHistoryForReading(dataDirectory: string): Promise<Result<HistoryApi>> {
  const core = await import('@main/core')
  return await core.openHistoryReader({ dataDirectory })
}
