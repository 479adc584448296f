import { open, stat, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { refuse, type Issue } from '@shared/spec/issue'

/** Folders that paths in a document may refer to. */
export interface DataFolders {
  /** Of the document: its paths are relative to it. */
  readonly baseDirectory: string
  /** `resources` of the app, for shipped data sets. */
  readonly resourcesDirectory: string
}

/** A regular, non-empty file that exists. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string
  /** As written in the document, for messages. */
  readonly name: string
  readonly bytes: number
  /** The document's field that names it. */
  readonly field: Issue['path']
}

/** Finds a file named in the document; issues for whatever cannot be read as one. */
export async function findFile(name: string, baseDirectory: string, field: Issue['path']): Promise<SourceFile> {
  const full = path.resolve(baseDirectory, name)
  const stats = await orRefuse(stat(full), name, full, field)
  if (stats.isDirectory()) refuse('data-file-is-folder', field, { file: name })
  if (!stats.isFile()) refuse('data-file-not-regular', field, { file: name })
  if (stats.size === 0) refuse('data-file-empty', field, { file: name })
  return { path: full, name, bytes: stats.size, field }
}

/** Finds a folder named in the document. */
export async function findFolder(name: string, baseDirectory: string, field: Issue['path']): Promise<string> {
  const full = path.resolve(baseDirectory, name)
  const stats = await orRefuse(stat(full), name, full, field)
  if (!stats.isDirectory()) refuse('data-folder-is-file', field, { file: name })
  return full
}

/** Opens a file, uses it, closes it. */
async function withFile<T>(file: SourceFile, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const handle = await orRefuse(open(file.path, 'r'), file.name, file.path, file.field)
  try {
    return await use(handle)
  } finally {
    await handle.close()
  }
}

/** The first bytes of a file, at most `length`. */
export async function readStart(file: SourceFile, length: number): Promise<Uint8Array> {
  return withFile(file, async (handle) => {
    const buffer = new Uint8Array(Math.min(length, file.bytes))
    let filled = 0
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return buffer.subarray(0, filled)
  })
}

/** What the file system refuses becomes an issue; anything else is a bug and passes through. */
export async function orRefuse<T>(work: Promise<T>, name: string, full: string, field: Issue['path']): Promise<T> {
  try {
    return await work
  } catch (error) {
    return refuseSystemError(error, name, full, field)
  }
}

function refuseSystemError(error: unknown, name: string, full: string, field: Issue['path']): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE', 'EINVAL'].includes(code)) refuse('data-file-missing', field, { file: name, path: full })
  if (/^E[A-Z]+$/.test(code)) refuse('data-file-unreadable', field, { file: name, reason: code })
  throw error
}
