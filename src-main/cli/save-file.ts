import { existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { messageOf } from '@shared/lib/message-of'
import { failure, issue, success, type Result } from '@shared/spec'
import { refuseIssues } from './command'
import type { CliContext } from './context'
import { EXIT, type ExitCode } from './exit-codes'
import { showCount } from './numbers'
import { TEXT } from './text'

export interface FileToSave {
  readonly format: string
  readonly content: Uint8Array
  /** Replace what is there. */
  readonly force: boolean
  readonly json: boolean
}

/** Writes what a command made, and says so. */
export async function saveFile(context: CliContext, path: string, { format, content, force, json }: FileToSave): Promise<ExitCode> {
  const { screen } = context
  const written = await write(path, content, force)
  if (!written.ok) return refuseIssues(context, written.issues, json)
  if (json) screen.printJson({ event: 'exported', path, format, bytes: content.length })
  else screen.print(screen.say(TEXT.exported, { path, bytes: showCount(content.length) }))
  return EXIT.done
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
    return failure(issue('cli-output-unwritable', [], { path, reason: messageOf(error) }))
  }
}
