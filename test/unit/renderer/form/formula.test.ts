import { describe, expect, test } from 'vitest'
import { layers } from '@shared/catalog/layers'
import { optimizers } from '@shared/catalog/optimizers'
import { formulaHtml } from '@renderer/components/formula'

describe('formulas', () => {
  test.each([
    String.raw`\href{javascript:alert(1)}{x}`,
    String.raw`\url{javascript:alert(1)}`,
    String.raw`\htmlClass{evil}{x}`,
    String.raw`\htmlData{onclick=alert(1)}{x}`,
    String.raw`\includegraphics{https://example.com/x.png}`,
    '<img src=x onerror=alert(1)>',
    String.raw`\text{<script>alert(1)</script>}`,
  ])('%s is inert', (latex) => {
    const html = formulaHtml(latex, false)
    // What a browser would act on: elements and attributes, not the escaped source that is shown.
    const acting = html.replace(/<annotation[^>]*>[^<]*<\/annotation>/g, '')
    expect(acting).not.toMatch(/<(script|img|a)\b/i)
    expect(acting).not.toMatch(/<[^>]*\s(on\w+|href|src)=/i)
    expect(acting).not.toMatch(/class="[^"]*evil/)
  })

  test('every formula of layers and optimizers is understood', () => {
    const formulas = [...layers.map(({ formula }) => formula), ...optimizers.flatMap(({ dialects }) => Object.values(dialects).map(({ formula }) => formula))]
    for (const formula of formulas) expect(formulaHtml(formula, true), formula).not.toContain('katex-error')
  })
})
