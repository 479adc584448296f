import type { Issue } from '@shared/spec/issue'
import type { IssueMessages, Language } from './messages'

export type { IssueMessages, Language } from './messages'

/** Every area's messages: one line each. */
export const issueMessages: IssueMessages = {}

/** The issue in words, without its path. An unknown code is shown as it is: better than hiding a problem. */
export function formatIssue(issue: Issue, language: Language): string {
  const message = issueMessages[issue.code]
  if (message === undefined) return `${issue.code} ${JSON.stringify(issue.args)}`
  return message[language].replace(/\{(\w+)\}/g, (whole, name: string) => String(issue.args[name] ?? whole))
}
