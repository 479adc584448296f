/** A document as JSON, possibly with problems: what editors work on. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }
export type Path = readonly (string | number)[]

export function valueAt(document: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string | number, Json>>)[key] : undefined), document)
}

/** The document with `value` at `path`; `undefined` removes the key. Missing objects on the way are made; the rest is shared. */
export function withValue(document: Json | undefined, path: Path, value: Json | undefined): Json {
  if (path.length === 0) return value ?? null
  const [key, ...rest] = path
  if (Array.isArray(document)) {
    const list = document as readonly Json[]
    const index = Number(key)
    if (rest.length === 0 && value === undefined) return list.filter((_, at) => at !== index)
    return list.with(index, withValue(list[index], rest, value))
  }
  const object = typeof document === 'object' && document !== null ? (document as JsonObject) : {}
  if (rest.length === 0 && value === undefined) return Object.fromEntries(Object.entries(object).filter(([name]) => name !== String(key)))
  return { ...object, [key]: withValue(object[key], rest, value) }
}
