import { z } from 'zod'

/** As much of JSON Schema as tells which keys an object may have. */
interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema | boolean
  readonly prefixItems?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly const?: unknown
}

const described = new WeakMap<z.ZodType, JsonSchema>()

/** The keys that the schema allows in the object at this place of a value. */
export function knownKeys(schema: z.ZodType, value: unknown, path: readonly (string | number)[]): readonly string[] {
  let places = alternatives(describe(schema), value)
  let here = value
  for (const key of path) {
    here = typeof here === 'object' && here !== null ? (here as Readonly<Record<string | number, unknown>>)[key] : undefined
    places = places.flatMap((place) => entry(place, key)).flatMap((place) => alternatives(place, here))
  }
  return [...new Set(places.flatMap(({ properties = {} }) => Object.keys(properties)))]
}

function describe(schema: z.ZodType): JsonSchema {
  const found = described.get(schema) ?? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema)
  described.set(schema, found)
  return found
}

function entry({ properties = {}, items, prefixItems = [] }: JsonSchema, key: string | number): readonly JsonSchema[] {
  if (typeof key === 'string') return Object.hasOwn(properties, key) ? [properties[key]] : []
  const found = prefixItems[key] ?? items
  return found === undefined || typeof found === 'boolean' ? [] : [found]
}

/** The schemas that may be meant for a value: of a union by type, those of its type. */
function alternatives(schema: JsonSchema, value: unknown): readonly JsonSchema[] {
  const options = schema.anyOf ?? schema.oneOf
  if (options === undefined) return [schema]
  const all = options.flatMap((option) => alternatives(option, value))
  const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined
  const own = all.filter(({ properties }) => type !== undefined && properties?.type?.const === type)
  return own.length > 0 ? own : all
}
