import { editOption, findingText, remedyText, type Finding } from '@shared/catalog/findings'
import { readFindings } from '@main/core'
import type { Artifact, HistoryApi, Run, RunDetail } from '@main/core/history'
import type { Language } from '@shared/locales/issues'
import { RUN_STATUS_WORDS } from '@shared/locales/run-status'
import { newRunsCommand, refuseIssues, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { chooseDataDirectory } from '../data-directory'
import { EXIT } from '../exit-codes'
import { findRun } from '../find-run'
import { showCount, showDuration, showValue } from '../numbers'
import { openHistoryForReading } from '../open-core'
import { runJson } from '../run-json'
import { layOutTable } from '../table'
import { COLUMN, TEXT } from '../text'

export function showCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newRunsCommand('show', TEXT.commandShow, context)
    .argument('<run>', screen.say(TEXT.argumentRun))
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((name, { dataDir, json }) => {
      choose(async () => {
        const directory = chooseDataDirectory(dataDir, context.environment)
        const history = await openHistoryForReading(directory)
        if (!history.ok) return refuseIssues(context, history.issues, json)
        const found = findRun(history.value, name, directory)
        if (!found.ok) {
          history.value.close()
          return refuseIssues(context, found.issues, json)
        }
        const run = { ...found.value, metrics: readMetrics(history.value, found.value) }
        const artifacts = history.value.listArtifacts(run.id)
        const findings = readFindings(history.value, run)
        history.value.close()
        if (json) screen.printJson({ ...runJson(run, screen.language), document: JSON.parse(run.document) as unknown, artifacts, findings: findings.map((each) => findingJson(each, screen.language)) })
        else showRun(context, run, artifacts, findings)
        return EXIT.done
      })
    })
}

/** Aggregates of every metric; they come with lists only. */
function readMetrics(history: HistoryApi, run: RunDetail): Run['metrics'] {
  const { runs } = history.listRuns({ filter: { text: run.id }, metrics: 'all' })
  return runs.find((each) => each.id === run.id)?.metrics ?? {}
}

function findingJson(finding: Finding, language: Language): object {
  const { definition, layer, args, remedies } = finding
  return {
    type: definition.type,
    severity: definition.severity,
    layer: layer ?? null,
    args,
    message: findingText(finding, language),
    remedies: remedies.map((remedy) => ({ text: remedyText(remedy, language), edits: remedy.edits })),
  }
}

function showRun({ screen }: CliContext, run: RunDetail, artifacts: readonly Artifact[], findings: readonly Finding[]): void {
  const { engine, device, threads, versions } = run.environment
  const facts: readonly (readonly [string, string])[] = [
    [screen.say(COLUMN.run), run.id],
    [screen.say(COLUMN.name), run.name],
    [screen.say(COLUMN.status), screen.say(RUN_STATUS_WORDS[run.status])],
    [screen.say(COLUMN.created), new Date(run.createdAt).toISOString()],
    [screen.say(COLUMN.epochs), showValue(run.epochs)],
    [screen.say(COLUMN.steps), showCount(run.steps)],
    [screen.say(COLUMN.time), showDuration(run.seconds)],
    [screen.say(COLUMN.speed), run.seconds > 0 ? `${showCount(run.samples / run.seconds)} ${screen.say(TEXT.samplesPerSecond)}` : ''],
    [screen.say(COLUMN.seed), String(run.seed)],
    [screen.say(COLUMN.device), screen.say(TEXT.deviceUsed, { device, engine, version: versions[engine] ?? '', threads })],
    [screen.say(COLUMN.data), run.datasetHash.slice(0, 16)],
  ]
  for (const line of layOutTable([{ title: '' }, { title: '' }], facts).slice(1)) screen.print(line)
  showMetrics(screen, run.metrics)
  for (const { kind, step, label, hash, bytes } of artifacts) screen.print(`${kind === 'checkpoint' ? screen.say(TEXT.checkpoint) : kind}  ${screen.say(COLUMN.steps)} ${showCount(step)}  ${label}  ${showCount(bytes)} B  ${hash.slice(0, 16)}`)
  showFindings(screen, findings)
  screen.reportIssues(run.errors)
}

function showFindings(screen: CliContext['screen'], findings: readonly Finding[]): void {
  if (findings.length === 0) return
  screen.print(screen.say(TEXT.findings))
  for (const finding of findings) {
    screen.print(`  ${screen.say(finding.definition.title)} – ${findingText(finding, screen.language)}`)
    for (const remedy of finding.remedies) {
      const options = remedy.edits.flatMap((edit) => editOption(edit) ?? [])
      screen.print(`    ${screen.say(TEXT.remedy, { text: remedyText(remedy, screen.language) })}${options.length === remedy.edits.length ? `  ${options.join(' ')}` : ''}`)
    }
  }
}

function showMetrics(screen: CliContext['screen'], metrics: Run['metrics']): void {
  const keys = Object.keys(metrics).sort()
  if (keys.length === 0) return
  const right = (title: string) => ({ title, align: 'right' as const })
  const lines = layOutTable(
    [{ title: '' }, right(screen.say(COLUMN.first)), right(screen.say(COLUMN.last)), right(screen.say(COLUMN.least)), right(screen.say(COLUMN.most))],
    keys.map((key) => {
      const { first, last, min, max } = metrics[key]
      return [key, ...[first, last, min, max].map(showValue)]
    }),
  )
  for (const line of ['', ...lines, '']) screen.print(line)
}
