import { failure, issue, success, type Result } from './issue'
import { FORMAT } from './document'

/** Rewrites a document of the format before `to` into `to`. Never changed once released. */
interface Migration {
  readonly to: number
  migrate(document: Readonly<Record<string, unknown>>): Record<string, unknown>
}

/** In order; the last one leads to `FORMAT`. Format 0: before the project had one, `format` was missing. */
export const migrations: readonly Migration[] = [{ to: 1, migrate: (document) => ({ ...document, format: 1 }) }]

/** Brings an older document to the present format; a newer one is refused, since its meaning is unknown here. */
export function migrateDocument(document: Readonly<Record<string, unknown>>): Result<Readonly<Record<string, unknown>>> {
  const found = document.format ?? 0
  if (typeof found !== 'number' || !Number.isInteger(found) || found < 0) {
    return failure(issue('document-format-invalid', ['format'], { found: JSON.stringify(found), newest: FORMAT }))
  }
  if (found > FORMAT) return failure(issue('document-format-newer', ['format'], { found, newest: FORMAT }))
  return success(migrations.filter(({ to }) => to > found).reduce((present, step) => step.migrate(present), document))
}
