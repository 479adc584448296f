import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { failure, issue, success, type Result } from '@shared/spec/issue'
import type { Database } from './driver'
import { codeOf, issueOf } from './failures'
import { MIGRATIONS } from './migrations'

/** `DSCT`, in the file's header: tells our databases from other programs'. */
export const APPLICATION_ID = 0x44534354

const HEADER_BYTES = 100
const MAGIC = 'SQLite format 3\0'

/** Judges the file by its header, without touching it: what SQLite opens for writing it may also change. */
export function inspectFile(path: string): Result<'absent' | 'empty' | 'database'> {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return success('absent')
    return failure(issueOf(error, path) ?? issue('history-io', [], { path, reason: String(error) }))
  }
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) return failure(issue('history-not-database', [], { path }))
    if (stats.size === 0) return success('empty')
    const header = Buffer.alloc(HEADER_BYTES)
    if (readSync(file, header, 0, HEADER_BYTES, 0) < HEADER_BYTES) return failure(issue('history-not-database', [], { path }))
    // Whatever of the file is still in the write-ahead log, as a full disk leaves it, SQLite puts there when it opens.
    const logged = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
    return judgeHeader(header, logged ? Infinity : stats.size, path)
  } finally {
    closeSync(file)
  }
}

/** Offsets: https://www.sqlite.org/fileformat.html#the_database_header */
function judgeHeader(header: Buffer, size: number, path: string): Result<'database'> {
  if (header.toString('latin1', 0, 16) !== MAGIC) return failure(issue('history-not-database', [], { path }))
  const pageSize = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16)
  const pagesKnown = header.readUInt32BE(24) === header.readUInt32BE(92)
  if (pagesKnown && size < header.readUInt32BE(28) * pageSize) {
    return failure(issue('history-damaged', [], { path, reason: 'the file is shorter than it was' }))
  }
  const verdict = judgeIdentity(header.readUInt32BE(68), header.readUInt32BE(60), path)
  return verdict.ok ? success('database') : verdict
}

/** Both zero: new, or the truth is still in the write-ahead log, or another program's; the opened database will tell. */
function judgeIdentity(applicationId: number, version: number, path: string): Result<null> {
  if (applicationId !== APPLICATION_ID && (applicationId !== 0 || version !== 0)) {
    return failure(issue('history-not-database', [], { path }))
  }
  if (version > MIGRATIONS.length) {
    return failure(issue('history-newer', [], { path, found: version, known: MIGRATIONS.length }))
  }
  return success(null)
}

/** The same question to the opened database, which knows the write-ahead log. Gives its version; 0: empty. */
export function inspectDatabase(database: Database, path: string): Result<number> {
  const applicationId = Number(database.pragma('application_id', { simple: true }))
  const version = Number(database.pragma('user_version', { simple: true }))
  const verdict = judgeIdentity(applicationId, version, path)
  if (!verdict.ok) return verdict
  const { objects } = database.prepare<[], { objects: number }>('SELECT count(*) AS objects FROM sqlite_master').get() ?? { objects: 0 }
  if (version === 0 && objects > 0) return failure(issue('history-not-database', [], { path }))
  return success(version)
}
