import type { Json, JsonObject, Path } from '@renderer/stores/edit'
import { withValue } from '@renderer/stores/edit'

/** A choice out of a registry in a document: a bare name, or a type with options. */
export function asChoice(value: Json | undefined): JsonObject {
  if (typeof value === 'string') return { type: value }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

/** The choice with one of its options set, or removed by `undefined`; a bare name again when none is left. */
export function withChoiceOption(value: Json | undefined, path: Path, option: Json | undefined): Json {
  const next = asChoice(withValue(asChoice(value), path, option))
  const names = Object.keys(next).filter((name) => name !== 'type')
  return names.length === 0 && typeof next.type === 'string' ? next.type : next
}
