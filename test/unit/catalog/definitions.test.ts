import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { averagings } from '@shared/catalog/averaging'
import { activations } from '@shared/catalog/activations'
import { augmentations } from '@shared/catalog/augmentations'
import { showBareNames } from '@shared/catalog/choice'
import { constraints } from '@shared/catalog/constraints'
import { clippings } from '@shared/catalog/clipping'
import { documentSchema, type Definition } from '@shared/catalog/definition'
import { initializers } from '@shared/catalog/initializers'
import { layers } from '@shared/catalog/layers'
import { losses } from '@shared/catalog/losses'
import { metrics } from '@shared/catalog/metrics'
import { regularizers } from '@shared/catalog/regularizers'
import kerasCases from '@test/fixtures/layers/keras.json'
import { stoppings } from '@shared/catalog/stopping'
import layerCases from '@test/fixtures/layers/layers.json'
import lossCases from '@test/fixtures/layers/losses.json'
import networkCases from '@test/fixtures/layers/networks.json'
import sequenceCases from '@test/fixtures/sequences/layers.json'
import { augmentationCases } from './augmentations.cases'
import { averagingCases } from './averaging.cases'
import { clippingCases } from './clipping.cases'
import { initializerCases } from './initializers.cases'
import { metricCases } from './metrics.cases'
import { stoppingCases } from './stopping.cases'
import { regularizerCases } from './regularizers.cases'

interface Room {
  readonly folder: string
  /** The file that holds the contract, not a definition. */
  readonly contract: string
  readonly definitions: readonly Definition[]
  /** Types that a table of test cases executes. */
  readonly tested: ReadonlySet<string>
}

function typesOf(cases: readonly { readonly type: string }[]): string[] {
  return cases.map(({ type }) => type)
}

const activationTypes = (layerCases as unknown as readonly { readonly options: { readonly activation?: { readonly type: string } } }[]).flatMap(
  ({ options }) => options.activation?.type ?? [],
)
const networkTypes = (networkCases as unknown as readonly { readonly nodes: readonly { readonly type: string }[] }[]).flatMap(({ nodes }) => typesOf(nodes))

const rooms: readonly Room[] = [
  { folder: 'activations', contract: 'activation.ts', definitions: activations, tested: new Set(activationTypes) },
  { folder: 'augmentations', contract: 'augmentation.ts', definitions: augmentations, tested: new Set(typesOf(augmentationCases)) },
  { folder: 'averaging', contract: 'averaging.ts', definitions: averagings, tested: new Set(typesOf(averagingCases)) },
  { folder: 'clipping', contract: 'clipping.ts', definitions: clippings, tested: new Set(typesOf(clippingCases)) },
  { folder: 'initializers', contract: 'initializer.ts', definitions: initializers, tested: new Set(typesOf(initializerCases)) },
  { folder: 'layers', contract: 'layer.ts', definitions: layers, tested: new Set([...typesOf(layerCases), ...typesOf(sequenceCases), ...networkTypes]) },
  { folder: 'losses', contract: 'loss.ts', definitions: losses, tested: new Set(typesOf(lossCases)) },
  { folder: 'metrics', contract: 'metric.ts', definitions: metrics, tested: new Set(typesOf(metricCases)) },
  { folder: 'constraints', contract: 'constraint.ts', definitions: constraints, tested: new Set(typesOf(kerasCases.constraints)) },
  { folder: 'stopping', contract: 'stopping.ts', definitions: stoppings, tested: new Set(typesOf(stoppingCases)) },
  { folder: 'regularizers', contract: 'regularizer.ts', definitions: regularizers, tested: new Set(typesOf(regularizerCases)) },
]

const CJK = /[\u4e00-\u9fff]/

/** ASCII punctuation beside a Chinese character, lists such as [高, 宽] apart. */
function halfWidth(text: unknown): RegExpMatchArray | null {
  return String(text).replace(/\[[^\]]*\]/g, '').match(/[\u4e00-\u9fff][,;:]|[,;:][\u4e00-\u9fff]/)
}

/** The symbols of a formula: LaTeX commands, and letters outside of commands and words. */
function symbolsOf(formula: string): Set<string> {
  const withoutWords = formula.replace(/\\(?:text|operatorname|mathrm)\{[^}]*\}/g, ' ')
  return new Set(withoutWords.match(/\\[A-Za-z]+(?:_\d)?|[A-Za-z](?:_\d)?/g))
}

describe.each(rooms)('$folder', ({ folder, contract, definitions, tested }) => {
  const directory = join('src-shared/catalog', folder)
  const files = readdirSync(directory).filter((file) => file.endsWith('.ts') && file !== 'index.ts' && file !== contract)

  test('every definition file is exported from one line of the index, and stands in its list', () => {
    const index = readFileSync(join(directory, 'index.ts'), 'utf8')
    for (const file of files) expect(index, file).toContain(`from './${file.replace('.ts', '')}'`)
    expect(files.length).toBe(definitions.length)
  })

  test('a file is named like its type', () => {
    const names = definitions.map(({ type }) => `${type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`)
    expect([...names].sort()).toEqual([...files].sort())
  })

  describe.each(definitions.map((definition) => ({ type: definition.type, definition })))('$type', ({ type, definition }) => {
    test('a table of test cases executes it', () => {
      expect(tested.has(type)).toBe(true)
    })

    test('has title, help, formula and source, in both languages', () => {
      const { title, help, formula, source } = definition
      expect(title.en.length * title['zh-CN'].length).toBeGreaterThan(0)
      expect(help.en).toMatch(/^[A-Z0-9].{20,}\.$/s)
      expect(help['zh-CN']).toMatch(CJK)
      expect(formula.length).toBeGreaterThan(0)
      expect(source).toMatch(/\d{4}|https:\/\//)
    })

    test('every option explains itself in both languages, and its symbol stands in the formula', () => {
      for (const [name, option] of Object.entries(definition.options.shape)) {
        const meta = (option as z.ZodType).meta() ?? {}
        expect(meta.description, name).toMatch(/^.{4,}\.$/s)
        expect(meta['x-zh-CN'], name).toMatch(CJK)
        expect(halfWidth(meta['x-zh-CN']), name).toBeNull()
        if (meta['x-symbol'] !== undefined) expect([...symbolsOf(definition.formula)], name).toContain(meta['x-symbol'])
      }
      expect(halfWidth(definition.help['zh-CN'])).toBeNull()
    })

    test('refuses unknown options, and becomes a JSON Schema', () => {
      const schema = documentSchema(definition)
      const issues = schema.safeParse({ type, noSuchOption: 1 }).error?.issues ?? []
      expect(issues.some(({ code }) => code === 'unrecognized_keys')).toBe(true)
      expect(z.toJSONSchema(schema, { io: 'input', override: showBareNames }).type).toBe('object')
    })
  })
})
