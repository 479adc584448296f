import { createHash } from 'node:crypto'
import { canonicalJson } from '@shared/lib/canonical-json'
import type { ExperimentDocument } from '@shared/spec'

/** Identity of what a document asks for: equal for documents that differ only in name, note, view, seed and diagnostics. */
export function documentHash(document: ExperimentDocument): string {
  const { dataset, model, engine } = document
  const { diagnostics: _, ...training } = document.training
  return createHash('sha256').update(canonicalJson({ dataset, model, training, engine })).digest('hex')
}
