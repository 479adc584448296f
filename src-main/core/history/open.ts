import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { failure, issue, success, type Issue, type Result } from '@shared/spec/issue'
import { Connection } from './connection'
import { loadDriver, type Database, type DatabaseConstructor } from './driver'
import { codeOf, issueOf } from './failures'
import { APPLICATION_ID, inspectDatabase, inspectFile } from './file'
import { takeLock, type Lock } from './lock'
import { MIGRATIONS, type Migration } from './migrations'

export interface Opened {
  readonly connection: Connection
  /** Null for readers. */
  readonly lock: Lock | null
  /** What this opening made: null where there was a database. */
  readonly made: Made | null
}

interface Made {
  /** The topmost of the folders, null where all were there. */
  readonly folder: string | null
}

/** Bounds what a long read of another process lets the log grow to on disk, bytes. */
const LOG_LIMIT = 64 * 1024 * 1024

function databasePath(directory: string): string {
  return join(resolve(directory), 'descent.sqlite')
}

/** Opens for writing: makes what is absent, takes the lock, brings the format up to date. */
export async function openForWriting(directory: string, now: number): Promise<Result<Opened>> {
  const driver = await loadDriver()
  if (!driver.ok) return driver
  const path = databasePath(directory)
  const inspected = inspectFile(path)
  if (!inspected.ok) return inspected
  return guarded(path, () => {
    const folder = mkdirSync(resolve(directory), { recursive: true }) ?? null
    const lock = takeLock(driver.value, join(resolve(directory), 'writer.lock'), now)
    if (!lock.ok) return lock
    const opened = withDatabase(() => new driver.value(path), path, (database) => bringUpToDate(database, path))
    if (!opened.ok) lock.value.release()
    return opened.ok ? success({ connection: opened.value, lock: lock.value, made: inspected.value === 'absent' ? { folder } : null }) : opened
  })
}

/** Closes, and removes what the opening made: for a database in which nothing was ever recorded. */
export function discard({ connection, lock }: Opened, { folder }: Made): void {
  connection.close()
  for (const suffix of ['', '-wal', '-shm']) rmSync(connection.path + suffix, { force: true })
  lock?.remove()
  if (folder !== null) removeEmpty(dirname(connection.path), folder)
}

/** The folder and those above it up to `top`, as far as nothing else is in them. */
function removeEmpty(folder: string, top: string): void {
  try {
    rmdirSync(folder)
  } catch {
    return
  }
  if (folder !== top) removeEmpty(dirname(folder), top)
}

/** Opens beside a writer, or alone. `history-missing` when nothing was ever recorded there. */
export async function openForReading(directory: string, now: number): Promise<Result<Opened>> {
  const driver = await loadDriver()
  if (!driver.ok) return driver
  const path = databasePath(directory)
  const inspected = inspectFile(path)
  if (!inspected.ok) return inspected
  if (inspected.value !== 'database') return failure(issue('history-missing', [], { path }))
  const first = guarded(path, () => openReadonly(driver.value, path))
  if (first.ok || first.issues[0].code !== 'history-older') return first
  const migrated = await openForWriting(directory, now)
  if (!migrated.ok) return migrated
  migrated.value.connection.close()
  migrated.value.lock?.release()
  return guarded(path, () => openReadonly(driver.value, path))
}

function openReadonly(SqliteDatabase: DatabaseConstructor, path: string): Result<Opened> {
  const check = (database: Database): Result<unknown> => {
    const version = inspectDatabase(database, path)
    if (!version.ok) return version
    return version.value < MIGRATIONS.length ? failure(issue('history-older', [], { path })) : success(null)
  }
  const opened = orFromMemory(
    () => withDatabase(() => new SqliteDatabase(path, { readonly: true }), path, check),
    () => withDatabase(() => new SqliteDatabase(readClosedDatabase(path), { readonly: true }), path, check),
  )
  return opened.ok ? success({ connection: opened.value, lock: null, made: null }) : opened
}

/** SQLite reads a write-ahead database only where it may make files beside it; elsewhere a copy in memory serves. */
function orFromMemory<T>(open: () => T, openCopy: () => T): T {
  try {
    return open()
  } catch (error) {
    if (codeOf(error) !== 'SQLITE_READONLY_DIRECTORY' && codeOf(error) !== 'SQLITE_CANTOPEN') throw error
    return openCopy()
  }
}

/** The file with its header set to the rollback journal, which a database in memory has. Its log must be merged. */
function readClosedDatabase(path: string): Buffer {
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) throw new LogLeftError(path)
  const content = readFileSync(path)
  content.fill(1, 18, 20)
  return content
}

/** Reads as a directory that cannot be written: that is what keeps the log from being merged. */
class LogLeftError extends Error {
  readonly code = 'SQLITE_READONLY_DIRECTORY'
  constructor(path: string) {
    super(`${path}-wal must be merged first`)
  }
}

/** The database stays open only when the check is content with it. */
function withDatabase(open: () => Database, path: string, check: (database: Database) => Result<unknown>): Result<Connection> {
  const database = open()
  try {
    const checked = check(database)
    if (checked.ok) return success(new Connection(database, path))
    database.close()
    return checked
  } catch (error) {
    database.close()
    throw error
  }
}

function bringUpToDate(database: Database, path: string): Result<null> {
  const version = inspectDatabase(database, path)
  if (!version.ok) return version
  if (version.value === 0) database.pragma('auto_vacuum = INCREMENTAL')
  database.pragma('journal_mode = WAL')
  database.pragma(`journal_size_limit = ${LOG_LIMIT}`)
  database.pragma('foreign_keys = ON')
  migrate(database, version.value, MIGRATIONS)
  return success(null)
}

/** Each migration and its number in one transaction: a crash leaves the format before or after it, never between. */
export function migrate(database: Database, from: number, migrations: readonly Migration[]): void {
  for (let number = from; number < migrations.length; number++) {
    database
      .transaction(() => {
        database.exec(migrations[number].sql)
        database.pragma(`application_id = ${APPLICATION_ID}`)
        database.pragma(`user_version = ${number + 1}`)
      })
      .immediate()
  }
}

function guarded<T>(path: string, body: () => Result<T>): Result<T> {
  try {
    return body()
  } catch (error) {
    const found: Issue | null = issueOf(error, path)
    if (found === null) throw error
    return failure(found)
  }
}
