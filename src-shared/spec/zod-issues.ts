import type { z } from 'zod'
import { issue, type Issue } from './issue'

type ZodIssue = z.core.$ZodIssue

/** Zod's findings as ours: one code per kind of mistake, with what was found and what would be right. */
export function zodIssues(error: z.ZodError, document: unknown): Issue[] {
  return error.issues.flatMap((found) => convert(found, document))
}

function convert(found: ZodIssue, document: unknown): Issue[] {
  const path = found.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  const value = valueAt(document, path)
  switch (found.code) {
    case 'unrecognized_keys':
      return found.keys.map((key) => issue('document-unknown-key', [...path, key], { key }))
    case 'invalid_type':
      return value === undefined
        ? [issue('document-missing', path, { field: lastOf(path), expected: found.expected })]
        : [issue('document-wrong-type', path, { field: lastOf(path), found: show(value), expected: found.expected })]
    case 'invalid_value':
      return [issue('document-not-allowed', path, { field: lastOf(path), found: show(value), allowed: found.values.map(String).join(', ') })]
    case 'too_small':
      return [issue('document-too-small', path, { field: lastOf(path), found: show(value), bound: `${found.inclusive === false ? '>' : '≥'} ${found.minimum}` })]
    case 'too_big':
      return [issue('document-too-big', path, { field: lastOf(path), found: show(value), bound: `${found.inclusive === false ? '<' : '≤'} ${found.maximum}` })]
    case 'invalid_union':
      return unionIssues(found, path, document)
    default:
      return [issue('document-invalid', path, { field: lastOf(path), found: show(value), reason: found.message })]
  }
}

/**
 * A discriminated union that does not know the type says so; in a plain union the branch that got furthest speaks: the one
 * whose problems lie deepest.
 */
function unionIssues(found: Extract<ZodIssue, { code: 'invalid_union' }>, path: (string | number)[], document: unknown): Issue[] {
  const value = valueAt(document, path)
  const known = 'options' in found && Array.isArray(found.options) ? found.options.map(String).join(', ') : ''
  if ('discriminator' in found && typeof found.discriminator === 'string') {
    const at = path[path.length - 1] === found.discriminator ? path : [...path, found.discriminator]
    const type = valueAt(document, at)
    return type === undefined
      ? [issue('document-missing', at, { field: found.discriminator, expected: known })]
      : [issue('document-unknown-type', at, { found: show(type), known })]
  }
  const branches = found.errors.map((errors) => errors.flatMap((each) => convert({ ...each, path: [...found.path, ...each.path] } as ZodIssue, document)))
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((each) => each.path.length))
  const deepest = branches.reduce<readonly Issue[]>((best, branch) => (depth(branch) > depth(best) ? branch : best), [])
  if (deepest.length > 0 && depth(deepest) > path.length) return [...deepest]
  return [issue('document-invalid', path, { field: lastOf(path), found: show(value), reason: branches.flat().map((each) => String(each.args.expected ?? each.args.allowed ?? each.code)).join(' | ') })]
}

function lastOf(path: readonly (string | number)[]): string {
  return path.length === 0 ? 'document' : String(path[path.length - 1])
}

function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string | number, unknown>>)[key] : undefined), document)
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
