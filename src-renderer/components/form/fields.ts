import { z } from 'zod'
import type { Definition, Text } from '@shared/catalog/definition'
import type { Json } from '@renderer/stores/edit'
import { catalogOf } from './catalogs'
import { labelOf } from './labels'

/** What a form needs to know about one option, read from its schema and its note. */
export interface FieldDescription {
  /** Key in the document. */
  readonly name: string
  readonly label: Text
  readonly help: Text | null
  /** LaTeX, as in the definition's formula. */
  readonly symbol: string | null
  readonly unit: string | null
  readonly path: 'file' | 'folder' | null
  /** What is used where it is left out, in a few words. */
  readonly absent: Text | null
  /** The document is not valid without it. */
  readonly required: boolean
  /** What leaving it out means; undefined where it means "none" or follows from other things. */
  readonly default: Json | undefined
  readonly form: FieldForm
}

export interface NumberForm {
  readonly kind: 'number'
  readonly integer: boolean
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
}

/** How a value is written. */
export type FieldForm =
  | NumberForm
  | { readonly kind: 'boolean' }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'text' }
  /** A fixed number of values: `[height, width]`. */
  | { readonly kind: 'tuple'; readonly items: readonly FieldForm[] }
  | { readonly kind: 'list'; readonly item: FieldForm }
  | { readonly kind: 'object'; readonly fields: readonly FieldDescription[] }
  /** A type out of a registry, as a bare name or with options. */
  | { readonly kind: 'choice'; readonly alternatives: readonly Alternative[] }
  /** Several ways of writing: a word, a number, a pair. */
  | { readonly kind: 'variants'; readonly variants: readonly Variant[] }
  /** Nothing better is known. */
  | { readonly kind: 'json' }

export interface Alternative {
  readonly type: string
  readonly definition: Definition | null
  readonly fields: readonly FieldDescription[]
}

export type Variant = { readonly kind: 'constant'; readonly value: string | number | boolean } | { readonly kind: 'form'; readonly form: FieldForm }

/** The parts of JSON Schema that Zod writes for options. */
interface Schema {
  readonly type?: string
  readonly enum?: readonly (string | number)[]
  readonly const?: string | number | boolean
  readonly default?: Json
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema | false
  readonly prefixItems?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly description?: string
  readonly 'x-zh-CN'?: string
  readonly 'x-symbol'?: string
  readonly 'x-unit'?: string
  readonly 'x-path'?: 'file' | 'folder'
  readonly 'x-absent'?: Text
}

const known = new WeakMap<z.ZodObject, readonly FieldDescription[]>()

/** Whether a list's entries stand on one line, as text. */
export function isPlainList({ item }: Extract<FieldForm, { readonly kind: 'list' }>): boolean {
  return ['number', 'text', 'enum', 'variants'].includes(item.kind)
}

/** The fields of a definition's options, in their order. Read once per schema. */
export function fieldsOf(schema: z.ZodObject): readonly FieldDescription[] {
  const found = known.get(schema)
  if (found !== undefined) return found
  const fields = Object.entries(schema.shape).map(([name, option]) => describeOption(name, option as z.ZodType))
  known.set(schema, fields)
  return fields
}

function describeOption(name: string, option: z.ZodType): FieldDescription {
  const absent = option.safeParse(undefined)
  return describe(name, jsonSchema(option), { required: !absent.success, default: absent.success ? (absent.data as Json | undefined) : undefined })
}

function describe(name: string, schema: Schema, facts: Pick<FieldDescription, 'required' | 'default'>): FieldDescription {
  const { description } = schema
  return {
    name,
    label: labelOf(name),
    help: description === undefined ? null : { en: description, 'zh-CN': schema['x-zh-CN'] ?? description },
    symbol: schema['x-symbol'] ?? null,
    unit: schema['x-unit'] ?? null,
    path: schema['x-path'] ?? null,
    absent: schema['x-absent'] ?? null,
    ...facts,
    form: formOfSchema(schema),
  }
}

function jsonSchema(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as Schema
}

function formOfSchema(schema: Schema): FieldForm {
  const branches = (schema.oneOf ?? schema.anyOf)?.filter(({ type }) => type !== 'null')
  if (branches !== undefined) return branches.length === 1 ? formOfSchema(branches[0]) : formOfBranches(branches)
  if (schema.enum !== undefined) return { kind: 'enum', values: schema.enum.map(String) }
  switch (schema.type) {
    case 'integer':
    case 'number':
      return numberForm(schema)
    case 'boolean':
      return { kind: 'boolean' }
    case 'string':
      return { kind: 'text' }
    case 'array':
      if (schema.prefixItems !== undefined) return { kind: 'tuple', items: schema.prefixItems.map(formOfSchema) }
      return { kind: 'list', item: schema.items ? formOfSchema(schema.items) : { kind: 'json' } }
    case 'object':
      return schema.properties === undefined ? { kind: 'json' } : { kind: 'object', fields: fieldsOfObject(schema) }
    default:
      return { kind: 'json' }
  }
}

function formOfBranches(branches: readonly Schema[]): FieldForm {
  const types = branches.map(({ properties }) => properties?.type?.const)
  if (types.every((type) => typeof type === 'string')) {
    const catalog = catalogOf(types)
    return { kind: 'choice', alternatives: branches.map((branch, index) => ({ type: types[index], definition: catalog?.get(types[index]) ?? null, fields: fieldsOfObject(branch) })) }
  }
  // A whole number with one exception, such as −1, is a number to a person.
  if (branches.every(({ type }) => type === 'integer' || type === 'number')) {
    return { kind: 'number', integer: branches.some(({ type }) => type === 'integer') }
  }
  return { kind: 'variants', variants: branches.flatMap(variantsOf) }
}

function variantsOf(branch: Schema): readonly Variant[] {
  if (branch.const !== undefined) return [{ kind: 'constant', value: branch.const }]
  if (branch.enum !== undefined) return branch.enum.map((value) => ({ kind: 'constant', value }))
  if (branch.type === 'boolean') return [true, false].map((value) => ({ kind: 'constant', value }))
  return [{ kind: 'form', form: formOfSchema(branch) }]
}

function fieldsOfObject({ properties = {}, required = [] }: Schema): readonly FieldDescription[] {
  return Object.entries(properties)
    .filter(([name, { const: constant }]) => name !== 'type' || constant === undefined)
    .map(([name, schema]) => describe(name, schema, { required: required.includes(name), default: schema.default }))
}

/** Zod bounds integers by what doubles hold exactly; a person need not read that. */
function numberForm({ type, ...schema }: Schema): NumberForm {
  const bounds = (['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const).flatMap((name) => {
    const bound = schema[name]
    return bound === undefined || Math.abs(bound) === Number.MAX_SAFE_INTEGER ? [] : [[name, bound] as const]
  })
  return { kind: 'number', integer: type === 'integer', ...Object.fromEntries(bounds) }
}
