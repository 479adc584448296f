import katex from 'katex'

/** LaTeX as HTML. KaTeX escapes what it is given and, not trusting it, refuses links, classes and HTML; mistakes show in red. */
export function formulaHtml(latex: string, display: boolean): string {
  return katex.renderToString(latex, { displayMode: display, throwOnError: false, trust: false, strict: 'ignore', output: 'htmlAndMathml' })
}
