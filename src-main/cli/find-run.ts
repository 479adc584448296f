import type { HistoryApi, RunDetail } from '@main/core/history'
import { failure, issue, success, type Result } from '@shared/spec'

/** The run that a person means: by id, a unique beginning of it, or `last`. */
export function findRun(history: HistoryApi, name: string, directory: string): Result<RunDetail> {
  const candidates = name === 'last' ? history.listRuns({ limit: 1 }).runs.map((run) => run.id) : history.matchRuns(name)
  const exact = candidates.includes(name) ? [name] : candidates
  if (exact.length > 1) return failure(issue('cli-run-ambiguous', [], { run: name, count: exact.length, candidates: exact.join(', ') }))
  const run = exact.length === 1 ? history.getRun(exact[0]) : null
  return run === null ? failure(issue('cli-run-unknown', [], { run: name, directory })) : success(run)
}
