/** A field and its symbol in formulas, LaTeX. */
export interface FieldSymbol {
  readonly field: string
  readonly symbol: string
}

/** Colors that stand for symbols until the formula is typeset; nothing else uses them. */
const MARK = 'd00d'

/** A formula whose symbols are marked, so that they can be found again in what KaTeX makes of it. */
export function markSymbols(latex: string, symbols: readonly FieldSymbol[]): string {
  const tokens = tokenize(latex)
  const wanted = symbols.map(({ symbol }, index) => ({ index, tokens: tokenize(symbol) })).sort((a, b) => b.tokens.length - a.tokens.length)
  const parts: string[] = []
  let at = 0
  while (at < tokens.length) {
    const skipped = textLength(tokens, at)
    if (skipped > 0) {
      parts.push(...tokens.slice(at, at + skipped))
      at += skipped
      continue
    }
    const found = wanted.find((each) => matches(tokens, at, each.tokens))
    if (found === undefined) parts.push(tokens[at++])
    else {
      parts.push(`{\\textcolor{#${MARK}${String(found.index).padStart(2, '0')}}{${found.tokens.join('')}}}`)
      at += found.tokens.length
    }
  }
  return parts.join('')
}

/** Gives every marked symbol `data-field` in place of its mark. `html` is KaTeX's, which escapes what it is given. */
export function nameSymbols(html: string, symbols: readonly FieldSymbol[]): string {
  const mark = new RegExp(`style="([^"]*?)color:\\s*#${MARK}(\\d\\d);?([^"]*)"`, 'g')
  return html.replace(mark, (_, before: string, index: string, after: string) => `style="${before}${after}" data-field="${symbols[Number(index)]?.field ?? ''}"`)
}

function tokenize(latex: string): string[] {
  return latex.match(/\\[a-zA-Z]+|\\.|\s+|[^\\\s]/g) ?? []
}

/** Tokens of a command with words in it, `\text{…}`; 0 where there is none. */
function textLength(tokens: readonly string[], at: number): number {
  if (!['\\text', '\\operatorname', '\\begin', '\\end', '\\textcolor'].includes(tokens[at])) return 0
  let end = at + 1
  for (let depth = 0; end < tokens.length; end++) {
    if (tokens[end] === '{') depth++
    if (tokens[end] === '}' && --depth === 0) return end + 1 - at
  }
  return tokens.length - at
}

/** `\eta` is not in `\eta_0`: with another index it is another symbol. */
function matches(tokens: readonly string[], at: number, symbol: readonly string[]): boolean {
  return symbol.every((token, index) => tokens[at + index] === token) && tokens[at + symbol.length] !== '_' && tokens[at - 1] !== '_'
}
