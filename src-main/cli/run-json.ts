import type { Language } from '@shared/locales/issues'
import type { Run } from '@main/core/history'
import { issueJson } from './screen'

/** A run for programs; times as ISO 8601. */
export function runJson(run: Run, language: Language): object {
  const { createdAt, startedAt, finishedAt, updatedAt, errors, ...rest } = run
  const time = (milliseconds: number | null) => (milliseconds === null ? null : new Date(milliseconds).toISOString())
  return {
    ...rest,
    createdAt: time(createdAt),
    startedAt: time(startedAt),
    finishedAt: time(finishedAt),
    updatedAt: time(updatedAt),
    errors: errors.map((each) => issueJson(each, language)),
  }
}
