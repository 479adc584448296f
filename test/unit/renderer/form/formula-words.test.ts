import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FORMULA_WORDS, formulaIn } from '@shared/locales/formula-words'
import { formulaHtml } from '@renderer/components/formula'

const root = join(import.meta.dirname, '../../../../src-shared')
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('formula-words.ts'))
const written = sources.flatMap((name) => [...readFileSync(join(root, name), 'utf8').matchAll(/\\text\{\s*([^{}]*?)\s*\}/g)].map(([, words]) => words))

/** Values of options, which forms do not translate either. */
const VALUES = new Set(['(half)', '(keras)', 'add', 'amsgrad', 'average', 'informative', 'inside', 'nesterov', 'outside', 'subtract', '…'])

describe('the words within formulas', () => {
  test('are known in Chinese, every one, and no others', () => {
    expect(written.length).toBeGreaterThan(50)
    expect(new Set(written.filter((words) => !VALUES.has(words)))).toEqual(new Set(Object.keys(FORMULA_WORDS)))
  })

  test('take the language, and nothing else of a formula does', () => {
    const latex = String.raw`w &\leftarrow w && (\text{otherwise}) \\ p \text{ evaluations} + or \quad \text{(keras)}`
    expect(formulaIn(latex, 'en')).toBe(latex)
    expect(formulaIn(latex, 'zh-CN')).toBe(String.raw`w &\leftarrow w && (\text{其余情形}) \\ p \text{ 次评估} + or \quad \text{(keras)}`)
  })

  test('are set by KaTeX', () => {
    for (const words of Object.values(FORMULA_WORDS)) expect(formulaHtml(String.raw`x \text{ ${words} }`, true), words).not.toContain('katex-error')
  })
})
