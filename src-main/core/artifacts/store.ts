import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { messageOf } from '@shared/lib/message-of'
import { IssueError, issue, refuse } from '@shared/spec/issue'

export interface StoredFile {
  /** SHA-256 of the content, hex. */
  readonly hash: string
  readonly bytes: number
}

const TEMPORARY = /^\.part-\d+(-\d+)+$/
const HASH = /^[0-9a-f]{64}$/

/** Of this thread: runs that train side by side are threads of one process, each with stores of its own. */
let made = 0

/**
 * Files named by the SHA-256 of their content, in one flat folder. A file is either whole under its name or not there:
 * it is written beside, synced, then renamed. Several processes may put and read; only the owner of the data directory
 * sweeps and removes.
 */
export class ArtifactStore {
  constructor(readonly directory: string) {}

  /** Stores the content; storing it again renews the file. Throws `artifact-disk-full`, `artifact-not-writable`. */
  async put(content: Uint8Array): Promise<StoredFile> {
    const hash = sha256(content)
    const temporary = join(this.directory, `.part-${process.pid}-${threadId}-${made++}`)
    try {
      mkdirSync(this.directory, { recursive: true })
      await writeSynced(temporary, content)
      await rename(temporary, this.pathOf(hash))
      await syncDirectory(this.directory)
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined)
      throw asIssue(error, this.directory)
    }
    return { hash, bytes: content.length }
  }

  /** The content, proved to be what was stored. Throws `artifact-missing`, `artifact-damaged`, `artifact-not-readable`. */
  async read(hash: string): Promise<Uint8Array> {
    const path = this.pathOf(hash)
    const content = await readFile(path).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') refuse('artifact-missing', [], { path })
      return refuse('artifact-not-readable', [], { path, reason: messageOf(error) })
    })
    if (sha256(content) !== hash) refuse('artifact-damaged', [], { path })
    return content
  }

  has(hash: string): boolean {
    return statSync(this.pathOf(hash), { throwIfNoEntry: false })?.isFile() === true
  }

  pathOf(hash: string): string {
    if (!HASH.test(hash)) throw new Error(`not a SHA-256: ${hash}`)
    return join(this.directory, hash)
  }

  /** Absent files are fine: a removal may be repeated after a crash. */
  remove(hash: string): void {
    try {
      rmSync(this.pathOf(hash), { force: true })
    } catch (error) {
      throw asIssue(error, this.directory)
    }
  }

  /** Removes what writers that died left behind. Only while no other process puts. */
  sweep(): void {
    try {
      for (const name of readdirSync(this.directory)) if (TEMPORARY.test(name)) rmSync(join(this.directory, name))
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw asIssue(error, this.directory)
    }
  }
}

export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex')
}

async function writeSynced(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the rename itself survive a power cut. Windows has no such call and needs none. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

const NO_SPACE = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT'])

function asIssue(error: unknown, directory: string): unknown {
  const code = codeOf(error)
  if (NO_SPACE.has(code)) return new IssueError([issue('artifact-disk-full', [], { path: directory })])
  if (NOT_WRITABLE.has(code)) return new IssueError([issue('artifact-not-writable', [], { path: directory, reason: messageOf(error) })])
  return error
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
