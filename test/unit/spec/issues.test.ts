import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { formatIssue, issueMessages } from '@shared/locales/issues'
import { TERMS } from '@shared/locales/issues/terms'

/** A place in the sources that makes an issue of a literal code. */
interface Maker {
  readonly code: string
  readonly place: string
  /** Names of the arguments, or null where they are not written out there. */
  readonly args: readonly string[] | null
}

/** By function: which of its parameters holds the arguments. */
const MAKERS: ReadonlyMap<string, number> = new Map([
  ['issue', 2],
  ['refuse', 2],
  ['problem', 1],
])

const files = globSync(['src-shared/**/*.ts', 'src-main/**/*.ts', 'src-renderer/**/*.ts']).filter((file) => !file.includes('locales/issues'))
const sources = files.map((file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true))

function keysOf(node: ts.Expression | undefined): readonly string[] | null {
  if (node === undefined) return []
  if (!ts.isObjectLiteralExpression(node)) return null
  const names = node.properties.map((property) => (ts.isSpreadAssignment(property) ? null : property.name?.getText()))
  return names.every((name) => typeof name === 'string') ? names : null
}

function makersIn(source: ts.SourceFile): readonly Maker[] {
  const found: Maker[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const at = MAKERS.get(node.expression.text)
      const [code] = node.arguments
      if (at !== undefined && code !== undefined && ts.isStringLiteral(code)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart())
        found.push({ code: code.text, place: `${source.fileName}:${line + 1}`, args: keysOf(node.arguments[at]) })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const makers = sources.flatMap(makersIn)
const codes = Object.keys(issueMessages)

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)(?::term)?\}/g)].map(([, name]) => name))].sort()
}

describe('the messages of issues', () => {
  test('there are plenty, and the sources make plenty', () => {
    expect(codes.length).toBeGreaterThan(100)
    expect(makers.length).toBeGreaterThan(150)
  })

  test.each(codes)('%s says the same in both languages, with the same arguments', (code) => {
    const { en, 'zh-CN': chinese } = issueMessages[code]
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/)
    expect(en).toMatch(/^\S.{15,}[.)]$/s)
    expect(chinese).toMatch(/[\u4e00-\u9fff].*。$/s)
    expect(placeholders(chinese)).toEqual(placeholders(en))
  })

  test.each(codes)('%s is made somewhere', (code) => {
    expect(sources.some(({ text }) => text.includes(`'${code}'`))).toBe(true)
  })

  test('every issue that is made has a message, and every argument that the message names', () => {
    const wrong = makers.flatMap(({ code, place, args }) => {
      const message = issueMessages[code]
      if (message === undefined) return [`${place}: ${code} has no message`]
      // Layers and losses get the name of their node from whoever asks them.
      const missing = args === null ? [] : placeholders(message.en).filter((name) => !args.includes(name) && name !== 'node')
      return missing.map((name) => `${place}: ${code} needs ${name}`)
    })
    expect(wrong).toEqual([])
  })

  test('words that arguments carry are said in the language', () => {
    const found = { code: 'document-wrong-type', path: [], args: { field: 'batchSize', found: '"x"', expected: 'int | "full" | int' } }
    expect(formatIssue(found, 'en')).toBe('"batchSize" is "x", but must be a whole number or "full".')
    expect(formatIssue(found, 'zh-CN')).toBe('“batchSize”为 "x"，必须是 整数或"full"。')
    for (const { en, 'zh-CN': chinese } of Object.values(TERMS)) expect(en.length * chinese.length).toBeGreaterThan(0)
  })

  test('a code without a message is shown, not hidden', () => {
    expect(formatIssue({ code: 'of-tomorrow', path: [], args: { a: 1 } }, 'en')).toBe('of-tomorrow {"a":1}')
  })
})
