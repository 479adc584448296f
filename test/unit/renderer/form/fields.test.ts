import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { datasetDefinitions } from '@shared/catalog/datasets'
import { field } from '@shared/catalog/definition'
import { augmentations } from '@shared/catalog/augmentations'
import { layerRegistry, layers } from '@shared/catalog/layers'
import { losses } from '@shared/catalog/losses'
import { metrics } from '@shared/catalog/metrics'
import { optimizers } from '@shared/catalog/optimizers'
import { schedules } from '@shared/catalog/schedules'
import { trainingSchema } from '@shared/spec'
import { fieldsOf, type FieldDescription, type FieldForm } from '@renderer/components/form/fields'
import { labelOf } from '@renderer/components/form/labels'
import { isWrittenAs, startingValue } from '@renderer/components/form/values'
import { form } from '@renderer/locales/form'

function optionsOf(type: string): z.ZodObject {
  const definition = layerRegistry.get(type)
  if (definition === undefined) throw new Error(`no layer ${type}`)
  return definition.options
}

function fieldOf(schema: z.ZodObject, name: string): FieldDescription {
  const found = fieldsOf(schema).find((each) => each.name === name)
  if (found === undefined) throw new Error(`no field ${name}`)
  return found
}

const note = { en: 'Help.', 'zh-CN': '帮助。' }

describe('fields of options', () => {
  test('a required whole number with its symbol, unit and bound', () => {
    expect(fieldOf(optionsOf('dense'), 'units')).toEqual({
      name: 'units',
      label: { en: 'Units', 'zh-CN': '单元数' },
      help: { en: 'Number of outputs.', 'zh-CN': '输出的个数。' },
      symbol: 'n',
      unit: 'units',
      path: null,
      absent: null,
      required: true,
      default: undefined,
      form: { kind: 'number', integer: true, minimum: 1 },
    })
  })

  test('what stands in for a file that need not be given', () => {
    const { text, csv } = Object.fromEntries(datasetDefinitions.map((definition) => [definition.type, definition.options]))
    expect(fieldOf(text, 'path')).toMatchObject({ path: 'file', required: false, absent: { en: 'the shipped sonnets', 'zh-CN': '附带的十四行诗' } })
    expect(fieldOf(csv, 'testPath').absent).toBeNull()
  })

  test('bounds that exclude, defaults, and what is optional', () => {
    expect(fieldOf(optionsOf('dropout'), 'rate')).toMatchObject({ required: false, default: 0.5, form: { kind: 'number', integer: false, minimum: 0, exclusiveMaximum: 1 } })
    expect(fieldOf(optionsOf('maxPooling2d'), 'strides')).toMatchObject({ required: false, default: undefined })
    expect(fieldOf(z.object({ a: field(z.number().gt(0).max(2).optional(), note) }), 'a').form).toEqual({ kind: 'number', integer: false, exclusiveMinimum: 0, maximum: 2 })
  })

  test('one number or a pair, and words beside them', () => {
    const number = { kind: 'form', form: { kind: 'number', integer: true, minimum: 1 } }
    expect(fieldOf(optionsOf('conv2d'), 'kernelSize')).toMatchObject({ default: 3, form: { kind: 'variants', variants: [number, { kind: 'form', form: { kind: 'tuple', items: [number.form, number.form] } }] } })
    const { form } = fieldOf(optionsOf('conv2d'), 'padding')
    expect(form.kind === 'variants' && form.variants.map((variant) => (variant.kind === 'constant' ? variant.value : variant.form.kind))).toEqual(['valid', 'same', 'number', 'tuple', 'tuple'])
  })

  test('a choice out of a registry carries the definitions and the options of each', () => {
    const { form, default: fallback } = fieldOf(optionsOf('dense'), 'activation')
    expect(fallback).toEqual({ type: 'linear' })
    if (form.kind !== 'choice') throw new Error(`activation is a ${form.kind}`)
    const leaky = form.alternatives.find(({ type }) => type === 'leakyRelu')
    expect(leaky?.definition?.title.en).toBe('Leaky ReLU')
    expect(leaky?.fields.map(({ name, symbol, default: value }) => ({ name, symbol, value }))).toEqual([{ name: 'negativeSlope', symbol: String.raw`\alpha`, value: 0.01 }])
  })

  test('types that several registries know are looked up in the one that knows them all', () => {
    const { form } = fieldOf(trainingSchema as z.ZodObject, 'schedule')
    expect(form.kind === 'choice' && form.alternatives.find(({ type }) => type === 'linear')?.definition).toBe(schedules.find(({ type }) => type === 'linear'))
  })

  test('a nullable choice is a choice', () => {
    expect(fieldOf(trainingSchema as z.ZodObject, 'regularization')).toMatchObject({ required: false, default: null, form: { kind: 'choice' } })
  })

  test('whole numbers with one exception are numbers to a person', () => {
    expect(fieldOf(optionsOf('reshape'), 'shape').form).toEqual({ kind: 'list', item: { kind: 'number', integer: true } })
  })

  test('nested objects keep help, defaults and order', () => {
    const { form } = fieldOf(z.object({ split: field(z.strictObject({ b: field(z.int().default(3), note), a: field(z.string(), note) }).optional(), note) }), 'split')
    expect(form.kind === 'object' && form.fields.map(({ name, required, default: value, help }) => ({ name, required, value, help: help?.['zh-CN'] }))).toEqual([
      { name: 'b', required: false, value: 3, help: '帮助。' },
      { name: 'a', required: true, value: undefined, help: '帮助。' },
    ])
  })

  test('options that name files say so', () => {
    expect(fieldOf(z.object({ path: field(z.string(), { ...note, path: 'file' }) }), 'path')).toMatchObject({ path: 'file', form: { kind: 'text' } })
  })

  test('what is not understood is JSON, not lost', () => {
    expect(fieldOf(z.object({ any: field(z.unknown(), note) }), 'any').form).toEqual({ kind: 'json' })
    expect(fieldOf(z.object({ any: field(z.record(z.string(), z.number()), note) }), 'any').form).toEqual({ kind: 'json' })
  })

  test('are read once per schema', () => {
    expect(fieldsOf(optionsOf('dense'))).toBe(fieldsOf(optionsOf('dense')))
  })
})

/** Every option of every form that the catalog makes, nested ones included. */
function everyField(fields: readonly FieldDescription[]): readonly FieldDescription[] {
  const below = (form: FieldForm): readonly FieldDescription[] => {
    switch (form.kind) {
      case 'object':
        return everyField(form.fields)
      case 'choice':
        return form.alternatives.flatMap(({ fields: own }) => everyField(own))
      case 'variants':
        return form.variants.flatMap((variant) => (variant.kind === 'form' ? below(variant.form) : []))
      case 'list':
        return below(form.item)
      default:
        return []
    }
  }
  return fields.flatMap((each) => [each, ...below(each.form)])
}

describe('the whole catalog', () => {
  const schemas = [...layers, ...losses, ...metrics, ...augmentations, ...optimizers, ...schedules, ...datasetDefinitions].map(({ options }) => options as z.ZodObject)
  const fields = [...schemas, trainingSchema as z.ZodObject].flatMap((schema) => everyField(fieldsOf(schema)))

  test('has help in both languages on every option that a form shows', () => {
    expect(fields.length).toBeGreaterThan(200)
    expect(fields.filter(({ help }) => help === null || help.en === help['zh-CN']).map(({ name }) => name)).toEqual([])
  })

  test('starts every required option with a value of its own kind', () => {
    for (const { name, form } of fields) expect(isWrittenAs(form, startingValue(form, undefined)), name).toBe(true)
  })

  test('every unit has its name in both languages', () => {
    const units = [...new Set(fields.flatMap(({ unit }) => (unit === null ? [] : [`unit-${unit}`])))]
    expect(units.filter((unit) => !(unit in form))).toEqual([])
  })

  test('every option has its name in Chinese', () => {
    const asInEnglish = [...new Set(fields.filter(({ label }) => label.en === label['zh-CN']).map(({ name }) => name))]
    expect(asInEnglish).toEqual([])
  })

  test('every choice finds its definitions', () => {
    const lost = fields.flatMap(({ name, form }) => (form.kind === 'choice' && form.alternatives.some(({ definition }) => definition === null) ? [name] : []))
    expect(lost).toEqual([])
  })
})

describe('labels', () => {
  test('are the keys in words; Chinese where it is known, words otherwise', () => {
    expect(labelOf('kernelInitializer')).toEqual({ en: 'Kernel initializer', 'zh-CN': '核初始化' })
    expect(labelOf('brandNewOption')).toEqual({ en: 'Brand new option', 'zh-CN': 'Brand new option' })
    expect(labelOf('constructor')).toEqual({ en: 'Constructor', 'zh-CN': 'Constructor' })
  })
})
