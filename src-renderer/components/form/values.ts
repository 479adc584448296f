import type { Json, JsonObject } from '@renderer/stores/edit'
import type { Alternative, FieldForm, NumberForm, Variant } from './fields'

/** What a person typed as a number: `0.01`, `1e-3`, `1/255`, `−1`; null where it is none. */
export function readNumber(text: string): number | null {
  const plain = text.trim().replaceAll('−', '-').replace(/[\u2009\u00a0]/g, '')
  const parts = plain.split('/')
  if (parts.length > 2 || !parts.every((part) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(part.trim()))) return null
  const [numerator, denominator = 1] = parts.map(Number)
  const value = numerator / denominator
  return Number.isFinite(value) ? value : null
}

/** `≥ 1`, `1 … 64`, `0 ≤ · < 1`; empty where every number will do. */
export function rangeText({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: NumberForm): string {
  const from = minimum !== undefined ? { bound: minimum, sign: '≥', turned: '≤' } : exclusiveMinimum !== undefined ? { bound: exclusiveMinimum, sign: '>', turned: '<' } : null
  const to = maximum !== undefined ? { bound: maximum, sign: '≤' } : exclusiveMaximum !== undefined ? { bound: exclusiveMaximum, sign: '<' } : null
  if (minimum !== undefined && maximum !== undefined) return `${minimum} … ${maximum}`
  if (from !== null && to !== null) return `${from.bound} ${from.turned} · ${to.sign} ${to.bound}`
  if (from !== null) return `${from.sign} ${from.bound}`
  return to === null ? '' : `${to.sign} ${to.bound}`
}

/** One arrow key's step: a whole one, or a tenth of the number's size, so that 0.001 becomes 0.0011. */
export function stepped(value: number, direction: 1 | -1, form: NumberForm): number {
  const step = form.integer ? 1 : 10 ** (Math.floor(Math.log10(Math.abs(value) || 1)) - 1)
  const next = Number((value + direction * step).toPrecision(12))
  const least = form.minimum ?? (form.exclusiveMinimum === undefined ? -Infinity : form.exclusiveMinimum + Number.EPSILON)
  const most = form.maximum ?? form.exclusiveMaximum ?? Infinity
  if (form.exclusiveMaximum !== undefined && next >= form.exclusiveMaximum) return value
  if (form.exclusiveMinimum !== undefined && next <= form.exclusiveMinimum) return value
  return Math.min(most, Math.max(least, next))
}

/** Whether a value is written in this way; its bounds are validation's business. */
export function isWrittenAs(form: FieldForm, value: Json): boolean {
  switch (form.kind) {
    case 'number':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'enum':
      return typeof value === 'string' && form.values.includes(value)
    case 'text':
      return typeof value === 'string'
    case 'tuple':
      return Array.isArray(value) && value.length === form.items.length
    case 'list':
      return Array.isArray(value)
    case 'object':
      return isObject(value) && form.fields.every(({ name, required }) => !required || name in value)
    case 'choice':
      return chosenType(value) !== null
    case 'variants':
      return form.variants.some((variant) => isVariant(variant, value))
    case 'json':
      return true
  }
}

export function isVariant(variant: Variant, value: Json): boolean {
  return variant.kind === 'constant' ? variant.value === value : isWrittenAs(variant.form, value)
}

/** A value to start from when a person changes to this way of writing; numbers are carried over. */
export function startingValue(form: FieldForm, from: Json | undefined): Json {
  switch (form.kind) {
    case 'number':
      return firstNumber(from) ?? form.minimum ?? form.maximum ?? 1
    case 'boolean':
      return true
    case 'enum':
      return form.values[0]
    case 'text':
      return typeof from === 'number' ? String(from) : ''
    case 'tuple':
      return form.items.map((item, index) => startingValue(item, Array.isArray(from) ? (from as readonly Json[])[index % from.length] : from))
    case 'list':
      return typeof from === 'string' || typeof from === 'number' ? [from] : []
    case 'object':
      return Object.fromEntries(form.fields.filter(({ required }) => required).map(({ name, form: inner, default: known }) => [name, known ?? startingValue(inner, from)]))
    case 'choice':
      return startingChoice(form.alternatives[0])
    case 'variants': {
      const [first] = form.variants
      return first.kind === 'constant' ? first.value : startingValue(first.form, from)
    }
    case 'json':
      return from ?? null
  }
}

/** The bare name, or an object where the alternative cannot do without options. */
export function startingChoice({ type, fields }: Alternative): Json {
  const required = fields.filter((field) => field.required)
  if (required.length === 0) return type
  return { type, ...Object.fromEntries(required.map(({ name, form }) => [name, startingValue(form, undefined)])) }
}

/** `relu` of `"relu"` and `{"type": "relu"}`. */
export function chosenType(value: Json | undefined): string | null {
  if (typeof value === 'string') return value
  return isObject(value) && typeof value.type === 'string' ? value.type : null
}

/** The options of a choice, without its type. */
export function chosenOptions(value: Json | undefined): JsonObject {
  if (!isObject(value)) return {}
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'type'))
}

/** A choice with one option changed: bare again when none is left. */
export function withOption(value: Json | undefined, name: string, option: Json | undefined): Json {
  const options = Object.fromEntries(Object.entries({ ...chosenOptions(value), [name]: option }).filter(([, each]) => each !== undefined)) as JsonObject
  const type = chosenType(value) ?? ''
  return Object.keys(options).length === 0 ? type : { type, ...options }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value in a few signs, for placeholders and summaries: `3×3`, `relu`, `[1, 8, 8]`. */
export function shortText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.every((item) => typeof item === 'number') ? value.join('×') : value.map((item: Json) => shortText(item)).join(', ')
  if (isObject(value)) return chosenType(value) ?? Object.entries(value).map(([name, each]) => `${name} ${shortText(each)}`).join(', ')
  return String(value)
}

function firstNumber(value: Json | undefined): number | null {
  if (typeof value === 'number') return value
  return Array.isArray(value) && typeof value[0] === 'number' ? value[0] : null
}
