import { z } from 'zod'
import { showBareNames } from '@shared/catalog/choice'
import { messageOf } from '@shared/lib/message-of'
import { experimentSchema, type ExperimentDocument } from './document'
import { failure, issue, success, type Issue, type Result } from './issue'
import { migrateDocument } from './migrations'
import { normalizeModel } from './model'
import { parseBy } from './zod-issues'

/** Larger texts are no experiment documents; refusing them early keeps a hostile file from filling the memory. */
export const MAX_DOCUMENT_CHARACTERS = 8 * 1024 * 1024

/** Reads a document from JSON text. */
export function parseDocumentText(text: string): Result<ExperimentDocument> {
  if (text.length > MAX_DOCUMENT_CHARACTERS) {
    return failure(issue('document-too-large', [], { characters: text.length, limit: MAX_DOCUMENT_CHARACTERS }))
  }
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return failure(issue('document-not-json', [], { reason: messageOf(error) }))
  }
  return parseDocument(value)
}

/** Validates and normalizes a document: every problem, or the document with all defaults filled in. */
export function parseDocument(value: unknown): Result<ExperimentDocument> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return failure(issue('document-not-object', []))
  const hostile = dangerousKeys(value)
  if (hostile.length > 0) return failure(...hostile)
  const migrated = migrateDocument(value as Readonly<Record<string, unknown>>)
  if (!migrated.ok) return migrated
  const parsed = parseBy(experimentSchema, migrated.value)
  return parsed.ok ? success({ ...parsed.value, model: normalizeModel(parsed.value.model) }) : parsed
}

/** The document's JSON Schema, for editors and other programs. */
export function documentJsonSchema(): object {
  return z.toJSONSchema(experimentSchema, { io: 'input', unrepresentable: 'any', override: showBareNames })
}

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

function dangerousKeys(value: object): Issue[] {
  const issues: Issue[] = []
  const visit = (node: unknown, path: readonly (string | number)[]): void => {
    if (typeof node !== 'object' || node === null) return
    for (const key of Object.keys(node)) {
      const at = [...path, Array.isArray(node) ? Number(key) : key]
      if (FORBIDDEN_KEYS.has(key)) issues.push(issue('document-forbidden-key', at, { key }))
      else visit((node as Readonly<Record<string, unknown>>)[key], at)
    }
  }
  visit(value, [])
  return issues
}
