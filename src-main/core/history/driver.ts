import type BetterSqlite3 from 'better-sqlite3'
import { failure, issue, success, type Result } from '@shared/spec/issue'

export type Database = BetterSqlite3.Database
export type DatabaseConstructor = typeof BetterSqlite3

const NEEDED = [22, 14] as const

/** better-sqlite3 crashes older Node versions while it loads: ask before. Electron brings a Node that is new enough. */
export function checkNode(version: string): Result<null> {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return success(null)
  return failure(issue('history-node-too-old', [], { found: version, needed: NEEDED.join('.') }))
}

export async function loadDriver(): Promise<Result<DatabaseConstructor>> {
  const checked = checkNode(process.versions.node)
  if (!checked.ok) return checked
  const module = await import('better-sqlite3')
  return success(module.default)
}
