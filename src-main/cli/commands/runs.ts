import { RUN_STATUS_WORDS } from '@shared/locales/run-status'
import type { Run } from '@main/core/history'
import { newRunsCommand, refuseIssues, wholeNumber, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { chooseDataDirectory } from '../data-directory'
import { EXIT, type ExitCode } from '../exit-codes'
import { showCount, showDuration, showValue } from '../numbers'
import { openHistoryForReading } from '../open-core'
import { runJson } from '../run-json'
import { layOutTable } from '../table'
import { COLUMN, TEXT } from '../text'

/** Metrics worth a column, those that some run has: over whole parts, since a single batch tells little. */
const METRICS = ['epoch.loss', 'val.loss', 'epoch.accuracy', 'val.accuracy']

export function runsCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newRunsCommand('runs', TEXT.commandRuns, context)
    .option('--limit <number>', screen.say(TEXT.optionLimit), wholeNumber(context, 1), 20)
    .option('--json', screen.say(TEXT.optionJson), false)
    .action(({ dataDir, limit, json }) => {
      choose(async () => {
        const directory = chooseDataDirectory(dataDir, context.environment)
        const history = await openHistoryForReading(directory)
        if (!history.ok && history.issues[0].code !== 'history-missing') return refuseIssues(context, history.issues, json)
        const { runs, total } = history.ok ? history.value.listRuns({ limit, metrics: METRICS }) : { runs: [], total: 0 }
        if (history.ok) history.value.close()
        if (json) for (const run of runs) screen.printJson(runJson(run, screen.language))
        else showRuns(context, directory, runs, total)
        return EXIT.done satisfies ExitCode
      })
    })
}

function showRuns({ screen }: CliContext, directory: string, runs: readonly Run[], total: number): void {
  if (runs.length === 0) {
    screen.remark(screen.say(TEXT.noRuns, { directory }))
    return
  }
  const metrics = METRICS.filter((key) => runs.some((run) => key in run.metrics))
  const lines = layOutTable(
    [
      { title: screen.say(COLUMN.run) },
      { title: screen.say(COLUMN.name) },
      { title: screen.say(COLUMN.status) },
      { title: screen.say(COLUMN.epochs), align: 'right' },
      { title: screen.say(COLUMN.steps), align: 'right' },
      { title: screen.say(COLUMN.time), align: 'right' },
      ...metrics.map((title) => ({ title, align: 'right' as const })),
    ],
    runs.map((run) => [
      run.id,
      run.name,
      screen.say(RUN_STATUS_WORDS[run.status]),
      showValue(run.epochs),
      showCount(run.steps),
      showDuration(run.seconds),
      ...metrics.map((key) => (key in run.metrics ? showValue(run.metrics[key].last) : '')),
    ]),
  )
  for (const line of lines) screen.print(line)
  if (runs.length < total) screen.remark(screen.say(TEXT.moreRuns, { shown: runs.length, total }))
}
