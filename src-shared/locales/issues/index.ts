import type { Issue } from '@shared/spec/issue'
import { augmentationsIssues } from './augmentations'
import { cliIssues } from './cli'
import { dataIssues } from './data'
import { documentIssues } from './document'
import { enginesIssues } from './engines'
import { exportsIssues } from './exports'
import { filesIssues } from './files'
import { historyIssues } from './history'
import { layersIssues } from './layers'
import { lossesIssues } from './losses'
import type { IssueMessages, Language } from './messages'
import { modelIssues } from './model'
import { runIssues } from './run'
import { serverIssues } from './server'
import { surfacesIssues } from './surfaces'
import { stoppingIssues } from './stopping'
import { sayTerms } from './terms'
import { optimizersIssues } from './optimizers'
import { textsIssues } from './texts'

export type { IssueMessages, Language } from './messages'

/** Every area's messages: one line each. */
export const issueMessages: IssueMessages = {
  ...augmentationsIssues,
  ...cliIssues,
  ...dataIssues,
  ...documentIssues,
  ...enginesIssues,
  ...exportsIssues,
  ...filesIssues,
  ...historyIssues,
  ...modelIssues,
  ...runIssues,
  ...serverIssues,
  ...surfacesIssues,
  ...layersIssues,
  ...lossesIssues,
  ...optimizersIssues,
  ...stoppingIssues,
  ...textsIssues,
}

/** Several issues about one thing, in a row. */
export function formatIssues(issues: readonly Issue[], language: Language): string {
  return issues.map((each) => formatIssue(each, language)).join(language === 'en' ? ' ' : '')
}

/** The issue in words, without its path. An unknown code is shown as it is: better than hiding a problem. */
export function formatIssue(issue: Issue, language: Language): string {
  const message = issueMessages[issue.code]
  if (message === undefined) return `${issue.code} ${JSON.stringify(issue.args)}`
  return message[language].replace(/\{(\w+)(:term)?\}/g, (whole, name: string, term?: string) => {
    const value = String(issue.args[name] ?? whole)
    return term === undefined ? value : sayTerms(value, language)
  })
}
