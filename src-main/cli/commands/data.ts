import { dirname, resolve } from 'node:path'
import { Option } from '@commander-js/extra-typings'
import type { DataSummary } from '@shared/data/types'
import { visibleName } from '@shared/data/visible'
import { collect, newCommand, refuseIssues, type AnyCommand, type Choose } from '../command'
import { resourcesDirectory, type CliContext } from '../context'
import { readDocument } from '../document-file'
import { EXIT } from '../exit-codes'
import { saveFile } from '../save-file'
import { showCount, showValue } from '../numbers'
import type { Screen } from '../screen'
import { layOutTable } from '../table'
import { COLUMN, TEXT } from '../text'

/** Features and classes listed; a table of thousands would bury the rest. */
const MAX_LINES = 40
/** Cells of a shown row: pixels are many. */
const MAX_CELLS = 12
/** Classes named in the first line. */
const MAX_NAMES = 12

export function dataCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newCommand('data', TEXT.commandData, context)
    .argument('<document>', screen.say(TEXT.argumentDocument))
    .option('--set <path=value>', screen.say(TEXT.optionSet), collect)
    .addOption(new Option('--npz <path>', screen.say(TEXT.optionNpz)).conflicts('augmented'))
    .option('--augmented <path>', screen.say(TEXT.optionAugmented))
    .option('--force', screen.say(TEXT.optionForce), false)
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((path, { json, npz, augmented, force, ...edits }) => {
      choose(async () => {
        const document = await readDocument(path, edits)
        if (!document.ok) return refuseIssues(context, document.issues, json)
        const { previewDataset } = await import('@main/core/datasets')
        const { dataset, seed } = document.value
        const folders = { baseDirectory: dirname(resolve(path)), resourcesDirectory: resourcesDirectory(context), seed }
        if (npz !== undefined) {
          const { exportDataset } = await import('@main/core/exports/dataset')
          const arrays = await exportDataset(dataset, folders)
          if (!arrays.ok) return refuseIssues(context, arrays.issues, json)
          return await saveFile(context, resolve(npz), { format: 'npz', content: arrays.value, force, json })
        }
        if (augmented !== undefined) {
          const { loadDataset } = await import('@main/core/datasets')
          const { augmentedPicture } = await import('../augmented-picture')
          const data = await loadDataset(dataset, folders)
          if (!data.ok) return refuseIssues(context, data.issues, json)
          const sheet = augmentedPicture(document.value, data.value)
          if (!sheet.ok) return refuseIssues(context, sheet.issues, json)
          return await saveFile(context, resolve(augmented), { format: 'png', content: sheet.value, force, json })
        }
        const summary = await previewDataset(dataset, folders)
        if (!summary.ok) return refuseIssues(context, summary.issues, json)
        if (json) screen.printJson(summary.value)
        else showData(context, summary.value)
        return EXIT.done
      })
    })
}

function showData({ screen }: CliContext, summary: DataSummary): void {
  const { parts, rows, sampleShape } = summary
  screen.print(screen.say(TEXT.dataRows, { rows: showCount(rows), shape: sampleShape.join(' × '), target: describeTarget(screen, summary) }))
  screen.print(screen.say(TEXT.dataParts, { train: showCount(parts.train), validation: showCount(parts.validation), test: showCount(parts.test) }))
  for (const lines of [featureLines(screen, summary), classLines(screen, summary), rowLines(screen, summary)]) {
    if (lines.length > 0) for (const line of ['', ...lines]) screen.print(line)
  }
}

function describeTarget(screen: Screen, { target }: DataSummary): string {
  if (target.kind === 'value') return target.names.join(', ')
  const names = target.classNames.slice(0, MAX_NAMES).map(visibleName).join(', ') + (target.classes > MAX_NAMES ? ', …' : '')
  return screen.say(TEXT.dataClasses, { count: showCount(target.classes), names })
}

function featureLines(screen: Screen, { features }: DataSummary): readonly string[] {
  const numbers = [COLUMN.least, COLUMN.most, COLUMN.mean, COLUMN.missing, COLUMN.categories]
  const columns = [{ title: screen.say(COLUMN.feature) }, { title: screen.say(COLUMN.kind) }, ...numbers.map((each) => right(screen.say(each)))]
  const lines = features.slice(0, MAX_LINES).map(({ name, kind, min, max, mean, missing, categories }) => {
    const measures = kind === 'numeric' ? [min, max, mean].map(showValue) : ['', '', '']
    return [name, kind, ...measures, showCount(missing), kind === 'numeric' ? '' : showCount(categories)]
  })
  return [...layOutTable(columns, lines), ...others(screen, features.length)]
}

function classLines(screen: Screen, { target, classCounts }: DataSummary): readonly string[] {
  if (target.kind !== 'class') return []
  const lines = classCounts.slice(0, MAX_LINES).map((count, label) => [visibleName(target.classNames[label]), showCount(count)])
  return [...layOutTable([{ title: screen.say(COLUMN.class) }, right(screen.say(COLUMN.rows))], lines), ...others(screen, classCounts.length)]
}

/** The first rows as they were read: the target stands last. */
function rowLines(screen: Screen, { features, firstRows, target }: DataSummary): readonly string[] {
  const targets = target.kind === 'class' ? [screen.say(COLUMN.class)] : target.names
  const names = [...features.map(({ name }) => name), ...targets]
  const [first = []] = firstRows
  // Columns of a table have names; elements of images and arrays have none.
  const titles = names.length === first.length ? names : [...first.slice(targets.length).map(() => ''), ...targets]
  const abridge = (cells: readonly string[]): readonly string[] => (cells.length <= MAX_CELLS ? cells : [...cells.slice(0, MAX_CELLS - targets.length - 1), '…', ...cells.slice(-targets.length)])
  return layOutTable(abridge(titles).map(right), firstRows.map((row) => abridge(row.map((cell) => (cell === '' ? '–' : cell)))))
}

/** How many a table leaves out. */
function others(screen: Screen, total: number): readonly string[] {
  return total > MAX_LINES ? [screen.say(TEXT.dataOthers, { count: showCount(total - MAX_LINES) })] : []
}

function right(title: string) {
  return { title, align: 'right' } as const
}
