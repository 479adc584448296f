const ALIGNED = { begin: String.raw`\begin{aligned}`, end: String.raw`\end{aligned}` }
const OPENING: ReadonlySet<string> = new Set(['{', String.raw`\left`, String.raw`\begin`])
const CLOSING: ReadonlySet<string> = new Set(['}', String.raw`\right`, String.raw`\end`])
const SPACES: ReadonlySet<string> = new Set([String.raw`\quad`, String.raw`\qquad`])
const ROW_END = String.raw`\\`

/**
 * LaTeX of a formula as what could stand on lines of their own: rows of what is aligned, and what wide spaces part. A line
 * may be broken after its operators, those in parentheses aside.
 */
export function formulaLines(latex: string): readonly string[] {
  const trimmed = latex.trim()
  const rows = trimmed.startsWith(ALIGNED.begin) && trimmed.endsWith(ALIGNED.end) ? rowsOf(trimmed.slice(ALIGNED.begin.length, -ALIGNED.end.length)) : [trimmed]
  return rows.flatMap((row) => split(row, (token) => SPACES.has(token))).map(keepTogether)
}

/** A row's columns come in pairs: only pairs lie apart. */
function rowsOf(body: string): readonly string[] {
  return split(body, (token) => token === ROW_END).map((row) => split(row, (token) => token === '&').reduce((line, column, at) => `${line}${at % 2 === 0 ? String.raw` \enspace ` : ' '}${column}`))
}

/** Parts between the tokens that `ends` a part. */
function split(latex: string, ends: (token: string) => boolean): readonly string[] {
  const parts = ['']
  for (const { token, outside } of tokensOf(latex)) {
    if (outside && ends(token)) parts.push('')
    else parts[parts.length - 1] += token
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** Makes one piece of what stands in parentheses. */
function keepTogether(line: string): string {
  const tokens = tokensOf(line)
  const written = tokens.map(({ token }) => token)
  const open: number[] = []
  for (const [at, { token, outside }] of tokens.entries()) {
    // Those of a given size belong to the command before.
    if (!outside || /^\\[bB]ig/.test(tokens[at - 1]?.token ?? '')) continue
    if (token === '(') open.push(at)
    if (token !== ')') continue
    const from = open.pop()
    if (from === undefined || open.length > 0) continue
    written[from] = '{('
    written[at] = ')}'
  }
  return written.join('')
}

/** Commands and characters, and whether they stand outside of groups. */
function tokensOf(latex: string): readonly { readonly token: string; readonly outside: boolean }[] {
  let depth = 0
  return (latex.match(/\\[a-zA-Z]+|\\[^a-zA-Z]|[^\\]/g) ?? []).map((token) => {
    if (OPENING.has(token)) depth++
    if (CLOSING.has(token)) depth--
    return { token, outside: depth === 0 }
  })
}
