import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { optimizers } from '@shared/catalog/optimizers'
import { decayMode } from '@shared/catalog/optimizers/decay'
import { DIALECTS } from '@shared/catalog/optimizers/optimizer'
import { references } from './references'

/** Files beside the definitions. */
const MACHINERY = ['decay', 'document', 'fields', 'index', 'optimizer', 'resolve']
const folder = new URL('../../../../src-shared/catalog/optimizers/', import.meta.url)

const rules = optimizers.flatMap((definition) =>
  DIALECTS.flatMap((dialect) => {
    const rule = definition.dialects[dialect]
    return rule === undefined ? [] : [{ type: definition.type, dialect, rule, definition }]
  }),
)

const chinese = /[一-鿿]/
const common = ['dialect', 'learningRate', 'weightDecay']

function noteOf(schema: { meta(): Record<string, unknown> | undefined }): Readonly<Record<string, unknown>> {
  return schema.meta() ?? {}
}

function expectBalanced(formula: string): void {
  expect(formula.split('{').length, formula).toBe(formula.split('}').length)
  expect(formula.split('\\begin').length, formula).toBe(formula.split('\\end').length)
  expect(formula.split('\\left').length - formula.split('\\leftarrow').length, formula).toBe(formula.split('\\right').length - 1)
}

describe('the folder', () => {
  it('registers every file, under its own name', () => {
    const files = readdirSync(folder).flatMap((name) => (name.endsWith('.ts') ? [name.slice(0, -3)] : []))
    const definitions = files.filter((name) => !MACHINERY.includes(name))
    expect(optimizers.map(({ type }) => type).sort()).toEqual(definitions.sort())
  })

  it('has the six classics, each as one choice', () => {
    expect(optimizers.slice(0, 6).map(({ type }) => type)).toEqual(['sgd', 'momentum', 'nesterov', 'adagrad', 'rmsprop', 'adam'])
  })
})

describe.each(optimizers)('$type', (definition) => {
  it('is documented in both languages', () => {
    for (const text of [definition.help, ...Object.values(definition.dialects).map(({ note }) => note)]) {
      expect(text.en).toMatch(/^[A-Zε`ψ].{30,}\.$/)
      expect(text['zh-CN']).toMatch(chinese)
      expect(text['zh-CN']).toMatch(/。$/)
    }
    expect(definition.title.en).not.toBe('')
    expect(definition.source).toMatch(/\(\d{4}\)/)
  })

  it('documents every option in both languages', () => {
    for (const schema of Object.values(definition.options.shape)) {
      const note = noteOf(schema as { meta(): Record<string, unknown> | undefined })
      expect(note.description).toMatch(/\.$/)
      expect(note['x-zh-CN']).toMatch(chinese)
    }
  })

  it('has a dialect for every option, and an option for every default', () => {
    const known = new Set(Object.values(definition.dialects).flatMap(({ defaults }) => Object.keys(defaults)))
    expect([...known, ...common].sort()).toEqual(Object.keys(definition.options.shape).sort())
  })
})

describe.each(rules)('$type $dialect', ({ type, dialect, rule, definition }) => {
  it('shows in its formula every option that has a symbol', () => {
    expectBalanced(rule.formula)
    for (const name of Object.keys(rule.defaults)) {
      const symbol = noteOf(definition.options.shape[name] as { meta(): Record<string, unknown> | undefined })['x-symbol']
      if (typeof symbol === 'string') expect(rule.formula, name).toContain(symbol)
      else if (typeof rule.defaults[name] === 'boolean') expect(rule.formula, name).toContain(`\\text{${name}}`)
    }
    expect(rule.formula).toContain('\\eta')
    expect(rule.source).not.toBe('')
  })

  it('tells what a change of the learning rate does, or says what the rule is that tells', () => {
    const notes = [rule.note.en, ...Object.values(definition.dialects).map((each) => each.note.en)]
    expect(notes.some((note) => /rate drop|rate drops/.test(note)) || type === 'adamw').toBe(true)
  })

  it('has valid defaults', () => {
    const document = { dialect, learningRate: rule.learningRate, weightDecay: rule.weightDecay, ...rule.defaults }
    expect(definition.options.safeParse(document).success).toBe(true)
    expect(rule.check?.(rule.defaults) ?? null).toBeNull()
  })

  it('names its scalars alike at every step', () => {
    const names = (step: number): string[] => Object.keys(rule.scalars(rule.defaults, { step, learningRate: 0.1 }))
    expect(names(2)).toEqual(names(1))
    expect(names(1_000_000)).toEqual(names(1))
    expect(Object.values(rule.scalars(rule.defaults, { step: 1_000_000, learningRate: 0.1 })).every(Number.isFinite)).toBe(true)
  })

  it('has a reference in plain numbers', () => {
    expect(references[type]?.[dialect]).toBeTypeOf('function')
  })
})

describe('weight decay', () => {
  it.each(rules)('$type $dialect', ({ dialect, definition }) => {
    const expected = dialect === 'keras' ? 'decoupled' : definition.type !== 'adamw' ? 'coupled' : dialect === 'pytorch' ? 'decoupled' : 'schedule'
    expect(decayMode(definition, dialect)).toBe(expected)
  })
})
