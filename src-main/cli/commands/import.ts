import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { failure, issue, success, type Result } from '@shared/spec'
import { newRunsCommand, refuseIssues, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { chooseDataDirectory } from '../data-directory'
import { EXIT } from '../exit-codes'
import { openCore } from '../open-core'
import { TEXT } from '../text'

export function importCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newRunsCommand('import', TEXT.commandImport, context)
    .argument('<bundle>', screen.say(TEXT.argumentBundle))
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((path, { dataDir, json }) => {
      choose(async () => {
        const imported = await importFile(context, resolve(path), chooseDataDirectory(dataDir, context.environment))
        if (!imported.ok) return refuseIssues(context, imported.issues, json)
        if (json) screen.printJson({ event: 'imported', runId: imported.value })
        else screen.print(screen.say(TEXT.imported, { run: imported.value }))
        return EXIT.done
      })
    })
}

/** Relative paths of the run's document start at the bundle's folder from now on. */
async function importFile(context: CliContext, path: string, directory: string): Promise<Result<string>> {
  const content = await read(path)
  if (!content.ok) return content
  const core = await openCore(context, directory)
  if (!core.ok) return core
  try {
    const { importBundle } = await import('@main/core/bundle')
    return await importBundle(core.value.history, content.value, { baseDirectory: dirname(path) })
  } finally {
    await core.value.close()
  }
}

async function read(path: string): Promise<Result<Uint8Array>> {
  try {
    return success(await readFile(path))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return failure(code === 'ENOENT' ? issue('cli-file-missing', [], { path }) : issue('cli-file-unreadable', [], { path, reason: message }))
  }
}
