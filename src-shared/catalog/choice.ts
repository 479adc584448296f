import { z } from 'zod'
import { documentSchema, type Definition } from './definition'

/** A parsed choice out of a registry: its type and its options, defaults filled in. */
export interface Choice {
  readonly type: string
  readonly [option: string]: unknown
}

/** Types by the other names that people know them under: `{ glorotUniform: 'xavierUniform' }`. */
export type Aliases = Readonly<Record<string, string>>

/**
 * Schema of a choice: `{type, …options}`, or the bare type for all defaults. Aliases are replaced by the type they
 * stand for. The bare form is not visible in a generated JSON Schema unless {@link showBareNames} adds it.
 */
export function choiceSchema(definitions: readonly Definition[], aliases: Aliases = {}): z.ZodType<Choice> {
  const types = definitions.map((definition) => definition.type)
  const names = [...types, ...Object.keys(aliases)]
  const object = z.preprocess((value, context) => {
    const expanded = expand(value, aliases)
    if (typeof value !== 'string' || types.includes(String(expanded.type))) return expanded
    context.addIssue({ code: 'invalid_value', values: names, input: value })
    return z.NEVER
  }, unionOf(definitions))
  return object.meta({ 'x-bare-names': names }) as unknown as z.ZodType<Choice>
}

/** `{type, …options}` of any of the definitions. */
function unionOf(definitions: readonly Definition[]): z.ZodType {
  const schemas = definitions.map((definition) => documentSchema(definition))
  return z.discriminatedUnion('type', schemas as [(typeof schemas)[number]])
}

function expand(value: unknown, aliases: Aliases): { readonly type?: unknown } {
  const meant = (type: string): string => (Object.hasOwn(aliases, type) ? aliases[type] : type)
  if (typeof value === 'string') return { type: meant(value) }
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') return value as object
  return { ...value, type: meant(value.type) }
}

/** Use as the `override` of `z.toJSONSchema`: lets every choice be written as its bare type too. */
export function showBareNames({ jsonSchema }: { readonly jsonSchema: Record<string, unknown> }): void {
  const names = jsonSchema['x-bare-names']
  if (names === undefined) return
  delete jsonSchema['x-bare-names']
  jsonSchema['anyOf'] = [{ enum: names }, { oneOf: jsonSchema['oneOf'] }]
  delete jsonSchema['oneOf']
}
