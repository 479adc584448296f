import type { Database, DatabaseConstructor } from './driver'
import { codeOf, issueOf } from './failures'
import { existsSync, rmSync } from 'node:fs'
import { failure, issue, success, type Result } from '@shared/spec/issue'

/** Long enough for another process to read who holds the lock. */
const PATIENCE_MS = 250

export interface Lock {
  release(): void
  /** As `release`, and removes the file. */
  remove(): void
}

/**
 * Makes this process the one writer of the directory. The lock is a write transaction held open on a small SQLite file:
 * the operating system drops it when the process dies, however it dies, so it cannot become stale and no process
 * number needs to be trusted. The file names the holder, for the message only.
 */
export function takeLock(SqliteDatabase: DatabaseConstructor, path: string, now: number): Result<Lock> {
  let database: Database | undefined
  try {
    database = new SqliteDatabase(path, { timeout: PATIENCE_MS })
    database.exec('BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS holder (pid INTEGER, since INTEGER); DELETE FROM holder')
    database.prepare('INSERT INTO holder VALUES (?, ?)').run(process.pid, now)
    // Between the two statements another process may step in; then the second fails, and that process has the lock.
    database.exec('COMMIT; BEGIN IMMEDIATE')
    const held = database
    // The holder before has removed the file: what is held now is a lock that nobody else will see.
    if (!existsSync(path)) {
      held.close()
      return takeLock(SqliteDatabase, path, now)
    }
    return success({ release: () => held.close(), remove: () => removeHeld(held, path) })
  } catch (error) {
    const holder = codeOf(error).startsWith('SQLITE_BUSY') && database ? readHolder(database) : null
    database?.close()
    if (codeOf(error) === 'SQLITE_NOTADB') {
      // Nothing but the lock is ever in it: a damaged one is made anew.
      rmSync(path)
      return takeLock(SqliteDatabase, path, now)
    }
    if (codeOf(error).startsWith('SQLITE_BUSY')) return failure(issue('history-locked', [], { path, pid: holder ?? '?' }))
    const found = issueOf(error, path)
    if (found === null) throw error
    return failure(found)
  }
}

/** While it is held, so that nobody takes it in between; Windows cannot, there it stays. */
function removeHeld(database: Database, path: string): void {
  try {
    rmSync(path)
    rmSync(`${path}-journal`, { force: true })
  } catch {
    // It is a few kilobytes, and the next opening uses it.
  }
  database.close()
}

function readHolder(database: Database): number | null {
  try {
    if (database.inTransaction) database.exec('ROLLBACK')
    return database.prepare<[], { pid: number }>('SELECT pid FROM holder').get()?.pid ?? null
  } catch {
    return null
  }
}
