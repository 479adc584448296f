import type { RunView } from '@shared/protocol/views'
import { fieldValue } from './field'

/** What may stand at the end of a filter that is being typed: `text` is the whole filter with it put in. */
export interface Completion {
  readonly word: string
  readonly text: string
}

const MAX_COMPLETIONS = 12
const OPERATORS: readonly string[] = ['=', '!=', '>', '<', '~']
const KEYWORDS: readonly string[] = ['and', 'or', 'not']

/**
 * Completions of a filter at its end: fields at the beginning of a condition, operators after a field, values that runs
 * have after `=`, `!=` and `~`. What is in quotes is left alone.
 */
export function completeFilter(filter: string, fields: readonly string[], runs: readonly RunView[]): Completion[] {
  if ((filter.split('"').length - 1) % 2 === 1) return []
  const typed = /(?:(?:best|last|first|min|max)\([^()\s]*\)?|[^\s()=!<>~"]*)$/.exec(filter)?.[0] ?? ''
  const before = filter.slice(0, filter.length - typed.length)
  const condition = /([^\s()=!<>~"]+(?:\([^()\s]+\))?)\s*(!=|>=|<=|=|>|<|~)\s*$/.exec(before)
  if (condition !== null) return ['>', '<', '>=', '<='].includes(condition[2]) ? [] : wordsFor(before, typed, valuesOf(condition[1], runs))
  const previous = /([^\s()=!<>~"]+(?:\([^()\s]+\))?)\s+$/.exec(before)?.[1]
  if (previous !== undefined && fields.includes(previous)) return wordsFor(before, typed, OPERATORS)
  return wordsFor(before, typed, typed === '' && before.trim() === '' ? fields : [...fields, ...KEYWORDS])
}

function wordsFor(before: string, typed: string, words: readonly string[]): Completion[] {
  const wanted = typed.toLowerCase()
  const starts = words.filter((word) => word.toLowerCase().startsWith(wanted))
  const holds = words.filter((word) => !word.toLowerCase().startsWith(wanted) && word.toLowerCase().includes(wanted))
  return [...starts, ...holds]
    .filter((word) => word !== typed)
    .slice(0, MAX_COMPLETIONS)
    .map((word) => ({ word, text: `${before}${word} ` }))
}

/** Every value that runs have in a field, in quotes where it needs them. */
function valuesOf(field: string, runs: readonly RunView[]): string[] {
  const values = new Set<string>()
  for (const run of runs) {
    const value = fieldValue(run, field)
    if (value === null) continue
    for (const each of Array.isArray(value) ? (value as readonly string[]) : [value]) values.add(String(each))
  }
  return [...values].sort((a, b) => a.localeCompare(b, undefined, { numeric: true })).map((value) => (/^[^\s()=!<>~"]+$/.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`))
}
