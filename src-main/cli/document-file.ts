import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { modelIssues } from '@shared/compile'
import { failure, issue, MAX_DOCUMENT_CHARACTERS, parseDocument, parseDocumentText, type ExperimentDocument, type Result } from '@shared/spec'
import { setValues } from './set-values'

export interface DocumentOptions {
  /** `path=value`, in order. */
  readonly set?: readonly string[]
  readonly seed?: number
  readonly engine?: string
}

/** Reads an experiment document and edits it as the command line asks; every problem, or the valid document. */
export async function readDocument(path: string, options: DocumentOptions): Promise<Result<ExperimentDocument>> {
  const text = await readText(resolve(path))
  if (!text.ok) return text
  const assignments = [
    ...(options.set ?? []),
    ...(options.seed === undefined ? [] : [`seed=${String(options.seed)}`]),
    ...(options.engine === undefined ? [] : [`engine.preference=${JSON.stringify(options.engine)}`]),
  ]
  const written = text.value.length > MAX_DOCUMENT_CHARACTERS ? undefined : parseJson(text.value)
  // Text that is too long or no JSON has its own issue there.
  if (written === undefined) return parseDocumentText(text.value)
  const edited = setValues(written.value, assignments)
  if (!edited.ok) return edited
  const parsed = parseDocument(edited.value)
  return parsed.ok ? parsed : failure(...parsed.issues, ...modelIssues(edited.value, null))
}

export async function readText(path: string): Promise<Result<string>> {
  try {
    return { ok: true, value: await readFile(path, 'utf8') }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return failure(code === 'ENOENT' ? issue('cli-file-missing', [], { path }) : issue('cli-file-unreadable', [], { path, reason: message }))
  }
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) as unknown }
  } catch {
    return undefined
  }
}
