import { existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { failure, issue, success, type Result } from '@shared/spec'
import { exporters } from '@shared/catalog/exporters'
import type { Language } from '@shared/locales/issues'
import { newRunsCommand, refuseIssues, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { chooseDataDirectory } from '../data-directory'
import { EXIT } from '../exit-codes'
import { findRun } from '../find-run'
import { showCount } from '../numbers'
import { openHistoryForReading } from '../open-core'
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
        const path = resolve(out ?? exported.value.name)
        const written = await write(path, exported.value.content, force)
        if (!written.ok) return refuseIssues(context, written.issues, json)
        const bytes = exported.value.content.length
        if (json) screen.printJson({ event: 'exported', path, format, bytes })
        else screen.print(screen.say(TEXT.exported, { path, bytes: showCount(bytes) }))
        return EXIT.done
      })
    })
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

/** Whole or not at all; never replaces a file unasked. */
async function write(path: string, content: Uint8Array, force: boolean): Promise<Result<null>> {
  if (!force && existsSync(path)) return failure(issue('cli-output-exists', [], { path }))
  const part = join(dirname(path), `.${basename(path)}.${String(process.pid)}.part`)
  try {
    await writeFile(part, content, { flag: 'wx' })
    await rename(part, path)
    return success(null)
  } catch (error) {
    await rm(part, { force: true })
    return failure(issue('cli-output-unwritable', [], { path, reason: error instanceof Error ? error.message : String(error) }))
  }
}
