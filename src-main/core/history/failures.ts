import { IssueError, issue, type Issue } from '@shared/spec/issue'

/** What SQLite and the file system report as problems that the user can mend, by code; anything else is a bug. */
const BY_CODE: readonly (readonly [prefix: string, issueCode: string])[] = [
  ['SQLITE_FULL', 'history-disk-full'],
  ['SQLITE_IOERR_SHMSIZE', 'history-disk-full'],
  ['ENOSPC', 'history-disk-full'],
  ['EDQUOT', 'history-disk-full'],
  ['SQLITE_READONLY', 'history-not-writable'],
  ['SQLITE_CANTOPEN', 'history-not-writable'],
  ['SQLITE_PERM', 'history-not-writable'],
  ['EACCES', 'history-not-writable'],
  ['EPERM', 'history-not-writable'],
  ['EROFS', 'history-not-writable'],
  ['ENOTDIR', 'history-not-writable'],
  ['EEXIST', 'history-not-writable'],
  ['ENOENT', 'history-not-writable'],
  ['SQLITE_CORRUPT', 'history-damaged'],
  ['SQLITE_NOTADB', 'history-not-database'],
  ['SQLITE_BUSY', 'history-busy'],
  ['SQLITE_IOERR', 'history-io'],
]

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** The issue that the error stands for, or null: not the user's matter. */
export function issueOf(error: unknown, path: string): Issue | null {
  const code = codeOf(error)
  const found = BY_CODE.find(([prefix]) => code.startsWith(prefix))
  if (found === undefined || !(error instanceof Error)) return null
  return issue(found[1], [], { path, reason: error.message })
}

/** Runs the body; what the user can mend comes out as `IssueError`. */
export function reporting<T>(path: string, body: () => T): T {
  try {
    return body()
  } catch (error) {
    const found = issueOf(error, path)
    throw found === null ? error : new IssueError([found])
  }
}
