import { createHash } from 'node:crypto'
import type { ExperimentDocument } from '@shared/spec'

/** Identity of what a document asks for: equal for documents that differ only in name, note, view, seed and diagnostics. */
export function documentHash(document: ExperimentDocument): string {
  const { dataset, model, engine } = document
  const { diagnostics: _, ...training } = document.training
  return createHash('sha256').update(canonicalJson({ dataset, model, training, engine })).digest('hex')
}

/** JSON with sorted keys, so that the order of writing does not matter. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  )
}
