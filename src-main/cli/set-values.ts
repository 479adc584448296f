import { failure, issue, success, type Result } from '@shared/spec'

type Container = Record<string, unknown> | unknown[]

const NEVER: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Edits a document as `--set path=value` says, in order. The path is dotted; a list's entries go by number or by their
 * `id` (`model.nodes.hidden.units`). The value is JSON where it reads as JSON, else a string. Objects on the way that are
 * absent are made; whether the schema knows them, it says itself. The given document is left as it is.
 */
export function setValues(document: unknown, assignments: readonly string[]): Result<unknown> {
  let edited = document
  for (const assignment of assignments) {
    const equals = assignment.indexOf('=')
    if (equals < 1) return failure(issue('cli-set-form', [], { given: assignment }))
    const keys = assignment.slice(0, equals).split('.')
    const result = assign(edited, keys, parseValue(assignment.slice(equals + 1)), [])
    if (!result.ok) return result
    edited = result.value
  }
  return success(edited)
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** `target` with `value` at `keys`; copies along the way. `done` is the way so far, for the issue. */
function assign(target: unknown, keys: readonly string[], value: unknown, done: readonly (string | number)[]): Result<unknown> {
  const [key, ...rest] = keys
  if (key === undefined) return success(value)
  if (key === '' || NEVER.has(key)) return failure(issue('cli-set-unknown', done, { part: key }))
  const container = target === undefined ? {} : asContainer(target)
  if (container === null) return failure(issue('cli-set-not-inside', done, { part: key, found: JSON.stringify(target) }))
  const at = Array.isArray(container) ? indexOf(container, key) : key
  if (at === null) return failure(issue('cli-set-unknown', done, { part: key }))
  // Not what every object has: `toString` is a name like any other.
  const before = Object.hasOwn(container, at) ? (container as Record<string | number, unknown>)[at] : undefined
  const inner = assign(before, rest, value, [...done, at])
  if (!inner.ok) return inner
  const copy: Container = Array.isArray(container) ? [...container] : { ...container }
  ;(copy as Record<string | number, unknown>)[at] = inner.value
  return success(copy)
}

function asContainer(value: unknown): Container | null {
  return typeof value === 'object' && value !== null ? (value as Container) : null
}

/** Entry by number, by id, or the place after the last (to append). */
function indexOf(list: readonly unknown[], key: string): number | null {
  const named = list.findIndex((each) => asContainer(each) !== null && (each as Record<string, unknown>).id === key)
  if (named >= 0) return named
  if (!/^\d+$/.test(key)) return null
  return Number(key) <= list.length ? Number(key) : null
}
