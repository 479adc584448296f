import type { Connection } from './connection'
import type { Artifact, ArtifactKind, NewArtifact } from './types'

interface ArtifactRow {
  readonly id: number
  readonly kind: ArtifactKind
  readonly step: number
  readonly epoch: number
  readonly hash: string
  readonly bytes: number
  readonly label: string
  readonly created_at: number
}

const COLUMNS = 'id, kind, step, epoch, hash, bytes, label, created_at'

export function insertArtifact(connection: Connection, run: number, artifact: NewArtifact, now: number): Artifact {
  const { kind, step, epoch, hash, bytes, label = '' } = artifact
  const inserted = connection
    .sql('INSERT INTO artifacts (run, kind, step, epoch, hash, bytes, label, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    .run(run, kind, step, epoch, hash, bytes, label, now)
  connection.sql('DELETE FROM garbage WHERE hash = ?').run(hash)
  return { id: Number(inserted.lastInsertRowid), kind, step, epoch, hash, bytes, label, createdAt: now }
}

export function readArtifacts(connection: Connection, run: number, kind: ArtifactKind | undefined): Artifact[] {
  const rows =
    kind === undefined
      ? connection.sql<ArtifactRow>(`SELECT ${COLUMNS} FROM artifacts WHERE run = ? ORDER BY step DESC, id DESC`).all(run)
      : connection.sql<ArtifactRow>(`SELECT ${COLUMNS} FROM artifacts WHERE run = ? AND kind = ? ORDER BY step DESC, id DESC`).all(run, kind)
  return rows.map(artifactOf)
}

export function latestCheckpoint(connection: Connection, run: number): Artifact | null {
  const row = connection
    .sql<ArtifactRow>(`SELECT ${COLUMNS} FROM artifacts WHERE run = ? AND kind = 'checkpoint' ORDER BY step DESC, id DESC LIMIT 1`)
    .get(run)
  return row === undefined ? null : artifactOf(row)
}

/** Whether any run has a file of this content. */
export function isNamed(connection: Connection, hash: string): boolean {
  return connection.sql('SELECT 1 FROM artifacts WHERE hash = ?').get(hash) !== undefined
}

/** Deletes the rows that the condition selects; hashes that no row holds any more become garbage. Inside a transaction. */
export function deleteArtifacts(connection: Connection, condition: 'id = ?' | 'run = ?' | 'run = ? AND step > ?', ...bound: number[]): void {
  const gone = connection.sql<{ hash: string }>(`DELETE FROM artifacts WHERE ${condition} RETURNING hash`).all(...bound)
  const mark = connection.sql('INSERT OR IGNORE INTO garbage SELECT ? WHERE NOT EXISTS (SELECT 1 FROM artifacts WHERE hash = ?)')
  for (const { hash } of gone) mark.run(hash, hash)
}

/** Hashes whose files are to be removed. */
export function readGarbage(connection: Connection): string[] {
  return connection.sql<{ hash: string }>('SELECT hash FROM garbage').all().map(({ hash }) => hash)
}

export function forgetGarbage(connection: Connection): void {
  connection.sql('DELETE FROM garbage').run()
}

function artifactOf({ created_at: createdAt, ...rest }: ArtifactRow): Artifact {
  return { ...rest, createdAt }
}
