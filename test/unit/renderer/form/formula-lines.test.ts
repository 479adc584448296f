import { describe, expect, test } from 'vitest'
import { layers } from '@shared/catalog/layers'
import { optimizers } from '@shared/catalog/optimizers'
import { schedules } from '@shared/catalog/schedules'
import { formulaHtml } from '@renderer/components/formula'
import { formulaLines } from '@renderer/components/formula-lines'

describe('lines of a formula', () => {
  test.each([
    ['one', String.raw`w \leftarrow w - \eta g`, [String.raw`w \leftarrow w - \eta g`]],
    ['what wide spaces part', String.raw`a = b, \quad c = d \qquad (e)`, ['a = b,', 'c = d', '{(e)}']],
    ['rows, without what they were aligned at', String.raw`\begin{aligned} a &= b \\ cc &= d, \quad e = f \end{aligned}`, ['a = b', 'cc = d,', 'e = f']],
    ['pairs of columns lie apart', String.raw`\begin{aligned} a &= b & &\text{(c)} \\ d &= e && (f) \end{aligned}`, [String.raw`a = b \enspace \text{(c)}`, String.raw`d = e \enspace {(f)}`]],
    ['parentheses stay whole', String.raw`a (b - (c + d)) e^{(f)} \big( g ) [h, i) \left( j \right)`, [String.raw`a {(b - (c + d))} e^{(f)} \big( g ) [h, i) \left( j \right)`]],
    ['groups stay whole', String.raw`a = \begin{cases} b & c \\ d \quad e & f \end{cases}, \quad \left( g \quad h \right) + \text{i \quad j}`, [String.raw`a = \begin{cases} b & c \\ d \quad e & f \end{cases},`, String.raw`\left( g \quad h \right) + \text{i \quad j}`]],
    ['rows with groups', String.raw`\begin{aligned} a &= \begin{pmatrix} b \\ c \end{pmatrix} \\ d &= e \end{aligned}`, [String.raw`a = \begin{pmatrix} b \\ c \end{pmatrix}`, 'd = e']],
    ['a set in braces that are shown', String.raw`\{ a \}, \quad b`, [String.raw`\{ a \},`, 'b']],
  ])('%s', (_what, latex, lines) => {
    expect(formulaLines(latex)).toEqual(lines)
  })

  test('of the catalog are understood each by itself', () => {
    const formulas = [...layers, ...schedules, ...optimizers.flatMap(({ dialects }) => Object.values(dialects))].map(({ formula }) => formula)
    for (const line of formulas.flatMap(formulaLines)) expect(formulaHtml(line, true), line).not.toContain('katex-error')
  })
})
