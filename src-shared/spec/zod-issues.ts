import type { z } from 'zod'
import { failure, issue, success, type Issue, type Result } from './issue'
import { knownKeys } from './known-keys'
import { meantBy } from './suggest'

type ZodIssue = z.core.$ZodIssue

/** Reads a value by a schema. Zod's findings come as ours: one code per kind of mistake, with what was found and what would be right. */
export function parseBy<S extends z.ZodType>(schema: S, value: unknown): Result<z.output<S>> {
  const parsed = schema.safeParse(value)
  return parsed.success ? success(parsed.data) : failure(...parsed.error.issues.flatMap((found) => convert(found, { schema, document: value })))
}

/** What was read, and by which schema. */
interface Source {
  readonly schema: z.ZodType
  readonly document: unknown
}

function convert(found: ZodIssue, source: Source): Issue[] {
  const path = found.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  const value = valueAt(source.document, path)
  switch (found.code) {
    case 'unrecognized_keys':
      return found.keys.map((key) => unknownKey(key, path, source))
    case 'invalid_type':
      return value === undefined
        ? [issue('document-missing', path, { field: lastOf(path), expected: found.expected })]
        : [issue('document-wrong-type', path, { field: lastOf(path), found: show(value), expected: found.expected })]
    case 'invalid_value':
      return [notAllowed(value, found.values.map(String), path)]
    case 'too_small':
      return [tooSmall(found, path, value)]
    case 'too_big':
      return [tooBig(found, path, value)]
    case 'invalid_union':
      return unionIssues(found, path, source)
    default:
      return [issue('document-invalid', path, { field: lastOf(path), found: show(value), reason: found.message })]
  }
}

function unknownKey(key: string, path: Issue['path'], { schema, document }: Source): Issue {
  const meant = meantBy(key, knownKeys(schema, document, path))
  return meant === null ? issue('document-unknown-key', [...path, key], { key }) : issue('document-misspelled-key', [...path, key], { key, meant })
}

function notAllowed(value: unknown, allowed: readonly string[], path: Issue['path']): Issue {
  const [meant, field, found, list] = [meantValue(value, allowed), lastOf(path), show(value), allowed.join(', ')]
  return meant === null ? issue('document-not-allowed', path, { field, found, allowed: list }) : issue('document-misspelled', path, { field, found, meant, allowed: list })
}

function meantValue(value: unknown, known: readonly string[]): string | null {
  return typeof value === 'string' ? meantBy(value, known) : null
}

/** Zod bounds numbers, and the lengths of lists and texts. */
function tooSmall({ minimum, inclusive }: Extract<ZodIssue, { code: 'too_small' }>, path: Issue['path'], value: unknown): Issue {
  const field = lastOf(path)
  if (Array.isArray(value)) return issue('document-too-few', path, { field, found: value.length, least: String(minimum) })
  if (typeof value === 'string') return issue('document-too-short', path, { field, found: value.length, least: String(minimum) })
  return issue('document-too-small', path, { field, found: show(value), bound: `${inclusive === false ? '>' : '≥'} ${minimum}` })
}

function tooBig({ maximum, inclusive }: Extract<ZodIssue, { code: 'too_big' }>, path: Issue['path'], value: unknown): Issue {
  const field = lastOf(path)
  if (Array.isArray(value)) return issue('document-too-many', path, { field, found: value.length, most: String(maximum) })
  if (typeof value === 'string') return issue('document-too-long', path, { field, found: value.length, most: String(maximum) })
  return issue('document-too-big', path, { field, found: show(value), bound: `${inclusive === false ? '<' : '≤'} ${maximum}` })
}

/**
 * A discriminated union that does not know the type says so; in a plain union the branch that got furthest speaks: the one
 * whose problems lie deepest.
 */
function unionIssues(found: Extract<ZodIssue, { code: 'invalid_union' }>, path: (string | number)[], source: Source): Issue[] {
  const value = valueAt(source.document, path)
  const known = 'options' in found && Array.isArray(found.options) ? found.options.map(String) : []
  if ('discriminator' in found && typeof found.discriminator === 'string') {
    const at = path[path.length - 1] === found.discriminator ? path : [...path, found.discriminator]
    const type = valueAt(source.document, at)
    return [type === undefined ? issue('document-missing', at, { field: found.discriminator, expected: known.join(', ') }) : unknownType(type, known, at)]
  }
  const branches = found.errors.map((errors) => errors.flatMap((each) => convert({ ...each, path: [...found.path, ...each.path] } as ZodIssue, source)))
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((each) => each.path.length))
  const deepest = branches.reduce<readonly Issue[]>((best, branch) => (depth(branch) > depth(best) ? branch : best), [])
  if (deepest.length > 0 && depth(deepest) > path.length) return [...deepest]
  return [issue('document-wrong-type', path, { field: lastOf(path), found: show(value), expected: [...new Set(found.errors.flat().flatMap(alternatives))].join(' | ') })]
}

function unknownType(type: unknown, known: readonly string[], path: Issue['path']): Issue {
  const meant = meantValue(type, known)
  const args = { found: show(type), known: known.join(', ') }
  return meant === null ? issue('document-unknown-type', path, args) : issue('document-misspelled-type', path, { ...args, meant })
}

/** What a branch of a union would have taken: types as `terms.ts` names them, values as they are written. */
function alternatives(found: ZodIssue): readonly string[] {
  if (found.code === 'invalid_type') return [found.expected]
  if (found.code === 'invalid_value') return found.values.map((value) => JSON.stringify(value))
  return found.code === 'invalid_union' ? found.errors.flat().flatMap(alternatives) : []
}

/** The name of the field; `nodes[2]` for an entry of a list. */
function lastOf(path: readonly (string | number)[]): string {
  const last = path.at(-1)
  if (typeof last === 'number') return `${lastOf(path.slice(0, -1))}[${last}]`
  return last ?? 'document'
}

function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string | number, unknown>>)[key] : undefined), document)
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
