/** What differs between normalized documents, and nothing else. */
export interface DiffRow {
  /** `training.optimizer.learningRate`, `model.nodes.hidden.units`. */
  readonly path: string
  /** By document, as JSON writes it; null where a document has no such field. */
  readonly values: readonly (string | null)[]
}

/** Fields that say nothing about what is trained. */
const LEFT_OUT: ReadonlySet<string> = new Set(['$schema', 'format', 'name', 'note', 'view'])

/**
 * Fields in the order of the documents. Nodes are matched by their ids, wherever they stand in the list; edges by their
 * ends; entries with a type (metrics) by it; other lists count as one value.
 */
export function configurationDiff(documents: readonly unknown[]): DiffRow[] {
  const flat = documents.map(flatten)
  const paths = new Set(flat.flatMap((fields) => [...fields.keys()]))
  return [...paths]
    .map((path) => ({ path, values: flat.map((fields) => fields.get(path) ?? null) }))
    .filter(({ values }) => values.some((value) => value !== values[0]))
}

function flatten(document: unknown): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  if (!isObject(document)) return fields
  for (const [key, value] of Object.entries(document)) if (!LEFT_OUT.has(key)) collect(value, key, fields)
  return fields
}

function collect(value: unknown, path: string, fields: Map<string, string>): void {
  if (Array.isArray(value)) return collectList(value, path, fields)
  if (!isObject(value)) {
    fields.set(path, typeof value === 'string' ? value : JSON.stringify(value))
    return
  }
  for (const [key, part] of Object.entries(value)) collect(part, `${path}.${key}`, fields)
}

function collectList(list: readonly unknown[], path: string, fields: Map<string, string>): void {
  if (path === 'model.edges') {
    for (const edge of list) if (Array.isArray(edge)) fields.set(`${path}.${edge.join(' → ')}`, '✓')
    return
  }
  const names = list.map(nameOf)
  const named = list.length > 0 && names.every((name) => name !== null) && new Set(names).size === list.length
  if (!named) {
    fields.set(path, JSON.stringify(list))
    return
  }
  list.forEach((entry, index) => collect(entry, `${path}.${names[index] ?? ''}`, fields))
}

function nameOf(entry: unknown): string | null {
  if (!isObject(entry)) return null
  if (typeof entry.id === 'string') return entry.id
  return typeof entry.type === 'string' ? entry.type : null
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const MOST_VALUES = 4

/** The same rows for groups of documents: every value that a group has, once. Rows in which all groups agree fall away. */
export function groupedDiff(rows: readonly DiffRow[], groups: readonly (readonly number[])[]): DiffRow[] {
  return rows
    .map(({ path, values }) => ({ path, values: groups.map((members) => together(members.map((index) => values[index]))) }))
    .filter(({ values }) => values.some((value) => value !== values[0]))
}

function together(values: readonly (string | null)[]): string | null {
  const distinct = [...new Set(values)]
  if (distinct.length === 1) return distinct[0]
  const texts = distinct.map((value) => value ?? '–').sort((a, b) => a.localeCompare(b, undefined, { numeric: true }))
  return `${texts.slice(0, MOST_VALUES).join(', ')}${texts.length > MOST_VALUES ? ', …' : ''}`
}
