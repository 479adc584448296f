import type { Text } from '@shared/catalog/definition'
import { formatIssue, formatIssues } from '@shared/locales/issues'
import type { Issue } from '@shared/spec'
import { useSettings } from '@renderer/stores/settings'

/** Catalog texts and issues in the person's language; reactive where it is called in a template. */
export function useText() {
  const settings = useSettings()
  return {
    text: (text: Text): string => text[settings.language],
    issuesText: (issues: readonly Issue[]): string => formatIssues(issues, settings.language),
    issueText: (issue: Issue): string => formatIssue(issue, settings.language),
  }
}
