import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { exporters } from '@shared/catalog/exporters'
import type { Language } from '@shared/locales/issues'
import { newRunsCommand, refuseIssues, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { chooseDataDirectory } from '../data-directory'
import { findRun } from '../find-run'
import { openHistoryForReading } from '../open-core'
import { saveFile } from '../save-file'
import { TEXT } from '../text'

export function exportCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  const formats = exporters.map(({ type }) => type).join(', ')
  return newRunsCommand('export', TEXT.commandExport, context)
    .argument('<run>', screen.say(TEXT.argumentRun))
    .requiredOption('--format <format>', screen.say(TEXT.optionFormat, { formats }))
    .option('--out <path>', screen.say(TEXT.optionOut))
    .option('--force', screen.say(TEXT.optionForce), false)
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((name, { dataDir, format, out, force, json }) => {
      choose(async () => {
        const exported = await exportFile(chooseDataDirectory(dataDir, context.environment), name, format, screen.language)
        if (!exported.ok) return refuseIssues(context, exported.issues, json)
        return await saveFile(context, outputPath(out, exported.value.name), { format, content: exported.value.content, force, json })
      })
    })
}

/** A folder takes the file under its own name. */
function outputPath(out: string | undefined, name: string): string {
  const path = resolve(out ?? '')
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, name) : path
}

async function exportFile(directory: string, name: string, format: string, language: Language) {
  const history = await openHistoryForReading(directory)
  if (!history.ok) return history
  try {
    const run = findRun(history.value, name, directory)
    if (!run.ok) return run
    const { exportRun } = await import('@main/core/exports')
    return await exportRun(history.value, run.value.id, format, { language })
  } finally {
    history.value.close()
  }
}
