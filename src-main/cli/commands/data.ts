import { dirname, resolve } from 'node:path'
import type { DataSummary } from '@shared/data/types'
import { collect, newCommand, refuseIssues, type AnyCommand, type Choose } from '../command'
import { resourcesDirectory, type CliContext } from '../context'
import { readDocument } from '../document-file'
import { EXIT } from '../exit-codes'
import { showCount, showValue } from '../numbers'
import { layOutTable } from '../table'
import { COLUMN, TEXT } from '../text'

/** Features listed; a table of thousands of columns would bury the rest. */
const MAX_FEATURES = 40
/** Cells of a shown row: pixels are many. */
const MAX_CELLS = 12

export function dataCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newCommand('data', TEXT.commandData, context)
    .argument('<document>', screen.say(TEXT.argumentDocument))
    .option('--set <path=value>', screen.say(TEXT.optionSet), collect)
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((path, { json, ...edits }) => {
      choose(async () => {
        const document = await readDocument(path, edits)
        if (!document.ok) return refuseIssues(context, document.issues, json)
        const { previewDataset } = await import('@main/core/datasets')
        const { dataset, seed } = document.value
        const summary = await previewDataset(dataset, { baseDirectory: dirname(resolve(path)), resourcesDirectory: resourcesDirectory(context), seed })
        if (!summary.ok) return refuseIssues(context, summary.issues, json)
        if (json) screen.printJson(summary.value)
        else showData(context, summary.value)
        return EXIT.done
      })
    })
}

function showData({ screen }: CliContext, summary: DataSummary): void {
  const { parts, target, features } = summary
  const describeTarget = target.kind === 'class' ? target.classNames.join(', ') : target.names.join(', ')
  screen.print(screen.say(TEXT.dataRows, { rows: showCount(summary.rows), shape: summary.sampleShape.join(' × '), target: describeTarget }))
  screen.print(screen.say(TEXT.dataParts, { train: showCount(parts.train), validation: showCount(parts.validation), test: showCount(parts.test) }))
  const right = (title: string) => ({ title, align: 'right' as const })
  const tables = [
    layOutTable(
      [
        { title: screen.say(COLUMN.feature) },
        { title: screen.say(COLUMN.kind) },
        ...[COLUMN.least, COLUMN.most, COLUMN.mean, COLUMN.missing, COLUMN.categories].map((each) => right(screen.say(each))),
      ],
      features.slice(0, MAX_FEATURES).map(({ name, kind, min, max, mean, missing, categories }) => {
        const measures = kind === 'numeric' ? [min, max, mean].map(showValue) : ['', '', '']
        return [name, kind, ...measures, showCount(missing), kind === 'category' ? showCount(categories) : '']
      }),
    ),
    target.kind === 'class'
      ? layOutTable([{ title: screen.say(COLUMN.class) }, right(screen.say(COLUMN.rows))], summary.classCounts.map((count, label) => [target.classNames[label], showCount(count)]))
      : [],
    summary.firstRows.map((row) => row.slice(0, MAX_CELLS).join('  ') + (row.length > MAX_CELLS ? '  …' : '')),
  ]
  for (const lines of tables.filter((each) => each.length > 0)) for (const line of ['', ...lines]) screen.print(line)
}
