import { z } from 'zod'

/** A text in every language the app speaks. */
export interface Text {
  readonly en: string
  readonly 'zh-CN': string
}

/** What every entry of the catalog has: forms, validation, docs and formulas derive from it. */
export interface Definition<S extends z.ZodObject = z.ZodObject> {
  /** The word in the document: `adam`, `dense`, `cosine`; camelCase, the field's standard term. */
  readonly type: string
  /** Options beside `type`, without it; every field made with {@link field}. Strict: unknown keys are refused. */
  readonly options: S
  readonly title: Text
  /** One to three sentences: what it does and when one would use it. */
  readonly help: Text
  /** LaTeX; the symbols are those of the fields' `symbol`. */
  readonly formula: string
  /** Paper and equation, or the framework's documentation. */
  readonly source: string
}

/** Annotation of an option, carried in the schema's metadata (and so into the JSON Schema). */
export interface FieldNote extends Text {
  /** Symbol in the definition's formula (LaTeX), where it has one. */
  readonly symbol?: string
  /** Unit for people: `rows`, `epochs`. */
  readonly unit?: string
  /** The value names something on the disk. Hosts whose windows are not the user's own desktop keep it in their data directory. */
  readonly path?: 'file' | 'folder'
  /** What is used where the document leaves it out, in a few words. */
  readonly absent?: Text
}

/** Adds help in both languages, symbol, unit, kind of path and what stands in for it to an option's schema. Call it last: wrappers drop metadata. */
export function field<T extends z.ZodType>(schema: T, note: FieldNote): T {
  return schema.meta({
    description: note.en,
    'x-zh-CN': note['zh-CN'],
    ...(note.symbol === undefined ? {} : { 'x-symbol': note.symbol }),
    ...(note.unit === undefined ? {} : { 'x-unit': note.unit }),
    ...(note.path === undefined ? {} : { 'x-path': note.path }),
    ...(note.absent === undefined ? {} : { 'x-absent': note.absent }),
  })
}

/** Options as the program uses them, defaults filled in. */
export type OptionsOf<D extends Definition> = z.output<D['options']>

/** `{type, …options}` as it stands in a document. */
export function documentSchema<D extends Definition>(definition: D) {
  return z.strictObject({ type: z.literal(definition.type), ...definition.options.shape })
}

/** Finds definitions by type; a duplicate type is a bug. */
export function registry<D extends Definition>(definitions: readonly D[]): ReadonlyMap<string, D> {
  const byType = new Map(definitions.map((definition) => [definition.type, definition]))
  if (byType.size !== definitions.length) throw new Error('two definitions of one type')
  return byType
}
