import type { RunView } from '@shared/protocol/views'
import { fieldValue, type FieldValue } from './field'

/**
 * Filter expressions: `optimizer = adam and val.accuracy > .97`, `not (status = failed or tags ~ draft)`.
 *
 *   expression := term { "or" term }        term := factor { "and" factor }
 *   factor := "not" factor | "(" expression ")" | field operator value | word
 *   operator := = != > >= < <= ~            ~ is "contains", without regard to case
 *
 * A word alone is searched for in name, id, note, group and tags. Values with spaces stand in quotes.
 */
export type Filter = (run: RunView) => boolean

export type ParsedFilter = { readonly filter: Filter } | { readonly error: 'expected-value' | 'expected-expression' | 'expected-parenthesis' | 'unexpected'; readonly at: number; readonly found: string }

interface Token {
  readonly text: string
  readonly at: number
  readonly kind: 'word' | 'string' | 'operator' | 'open' | 'close'
}

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(!=|>=|<=|=|>|<|~)|((?:best|last|first|min|max)\([^()\s]+\))|(\()|(\))|([^\s()=!<>~"]+)|(.))/gy

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of text.trimEnd().matchAll(TOKEN)) {
    const [whole, string, operator, call, open, close, word, other] = match
    const at = match.index + whole.length - whole.trimStart().length
    if (string !== undefined) tokens.push({ kind: 'string', text: string.slice(1, -1).replace(/\\(.)/g, '$1'), at })
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator, at })
    else if (open !== undefined) tokens.push({ kind: 'open', text: open, at })
    else if (close !== undefined) tokens.push({ kind: 'close', text: close, at })
    else tokens.push({ kind: 'word', text: call ?? word ?? other, at })
  }
  return tokens
}

class FilterProblem extends Error {
  constructor(
    readonly code: Extract<ParsedFilter, { error: string }>['error'],
    readonly at: number,
    readonly found: string,
  ) {
    super(code)
  }
}

class Parser {
  #at = 0

  constructor(
    private readonly tokens: readonly Token[],
    private readonly end: number,
  ) {}

  parse(): Filter {
    if (this.tokens.length === 0) return () => true
    const filter = this.#expression()
    if (this.#peek() !== undefined) throw this.#problem('unexpected')
    return filter
  }

  #expression(): Filter {
    let left = this.#term()
    while (this.#keyword('or')) {
      const [first, second] = [left, this.#term()]
      left = (run) => first(run) || second(run)
    }
    return left
  }

  #term(): Filter {
    let left = this.#factor()
    // "and" may be left out between conditions.
    while (this.#keyword('and') || this.#startsFactor()) {
      const [first, second] = [left, this.#factor()]
      left = (run) => first(run) && second(run)
    }
    return left
  }

  #factor(): Filter {
    if (this.#keyword('not')) {
      const inner = this.#factor()
      return (run) => !inner(run)
    }
    const token = this.#peek()
    if (token?.kind === 'open') {
      this.#at++
      const inner = this.#expression()
      if (this.#peek()?.kind !== 'close') throw this.#problem('expected-parenthesis')
      this.#at++
      return inner
    }
    if (token?.kind !== 'word' && token?.kind !== 'string') throw this.#problem('expected-expression')
    this.#at++
    const operator = this.#peek()
    if (operator?.kind !== 'operator') return (run) => search(run, token.text)
    this.#at++
    const value = this.#peek()
    if (value?.kind !== 'word' && value?.kind !== 'string') throw this.#problem('expected-value')
    this.#at++
    return (run) => compare(fieldValue(run, token.text), operator.text, value.text)
  }

  #peek(): Token | undefined {
    return this.tokens[this.#at]
  }

  #keyword(word: string): boolean {
    const token = this.#peek()
    if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false
    this.#at++
    return true
  }

  #startsFactor(): boolean {
    const token = this.#peek()
    return token !== undefined && (token.kind === 'open' || ((token.kind === 'word' || token.kind === 'string') && token.text.toLowerCase() !== 'or'))
  }

  #problem(code: FilterProblem['code']): FilterProblem {
    const token = this.#peek()
    return new FilterProblem(code, token?.at ?? this.end, token?.text ?? '')
  }
}

export function parseFilter(text: string): ParsedFilter {
  try {
    return { filter: new Parser(tokenize(text), text.length).parse() }
  } catch (problem) {
    if (problem instanceof FilterProblem) return { error: problem.code, at: problem.at, found: problem.found }
    throw problem
  }
}

function search(run: RunView, word: string): boolean {
  const wanted = word.toLowerCase()
  return [run.name, run.id, run.note, run.group ?? '', ...run.tags].some((text) => text.toLowerCase().includes(wanted))
}

function compare(found: FieldValue, operator: string, wanted: string): boolean {
  if (Array.isArray(found)) return compareList(found as readonly string[], operator, wanted)
  if (found === null) return operator === '!='
  if (operator === '~') return String(found).toLowerCase().includes(wanted.toLowerCase())
  const number = Number(wanted)
  const [left, right] = typeof found === 'number' && wanted.trim() !== '' && !Number.isNaN(number) ? [found, number] : [String(found).toLowerCase(), wanted.toLowerCase()]
  switch (operator) {
    case '=':
      return left === right
    case '!=':
      return left !== right
    case '>':
      return left > right
    case '>=':
      return left >= right
    case '<':
      return left < right
    default:
      return left <= right
  }
}

function compareList(found: readonly string[], operator: string, wanted: string): boolean {
  const word = wanted.toLowerCase()
  if (operator === '~') return found.some((each) => each.toLowerCase().includes(word))
  const has = found.some((each) => each.toLowerCase() === word)
  return operator === '!=' ? !has : operator === '=' && has
}

/** The last word, or a condition that lacks its value. */
const UNFINISHED = /\s*\S+\s*(?:[!<>]=|[<>=~])\s*$|\s*\S+\s*$/

/** The filter of a text whose end is still being typed: that of what stands before. */
export function filterSoFar(text: string): Filter {
  const parsed = parseFilter(text)
  return 'filter' in parsed ? parsed.filter : filterSoFar(text.replace(UNFINISHED, ''))
}
