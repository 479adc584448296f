import type { Database, Statement } from 'better-sqlite3'
import { reporting } from './failures'

/** Bound values, in the order of the statement's `?`. */
export type Bound = (string | number | null | Uint8Array)[]

/**
 * One open database. Every access goes through `read` or `write`, so that what the user can mend (full disk, damaged
 * file) always comes out as `IssueError`.
 */
export class Connection {
  readonly #statements = new Map<string, Statement<Bound>>()

  constructor(
    readonly database: Database,
    readonly path: string,
  ) {}

  /** Prepared once. `Row` is what the SQL selects: stated where the SQL stands. */
  sql<Row>(text: string): Statement<Bound, Row> {
    let statement = this.#statements.get(text)
    if (statement === undefined) {
      statement = this.database.prepare<Bound>(text)
      this.#statements.set(text, statement)
    }
    return statement as Statement<Bound, Row>
  }

  /** All reads of the body see one state, whatever another process writes meanwhile. */
  read<T>(body: () => T): T {
    return reporting(this.path, this.database.transaction(body).deferred as () => T)
  }

  /**
   * All or nothing. `synced` survives a power cut; `unsynced` survives the death of the process only, and at the next
   * synced write a power cut too (the write-ahead log is synced as a whole).
   */
  write<T>(durability: 'synced' | 'unsynced', body: () => T): T {
    return reporting(this.path, () => {
      this.database.pragma(`synchronous = ${durability === 'synced' ? 'FULL' : 'NORMAL'}`)
      return (this.database.transaction(body).immediate as () => T)()
    })
  }

  close(): void {
    reporting(this.path, () => this.database.close())
  }
}
