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
    .map(({ path, values }) => ({ path, sets: groups.map((members) => distinct(members.map((index) => values[index]))) }))
    .filter(({ sets }) => sets.some((set) => JSON.stringify(set) !== JSON.stringify(sets[0])))
    .map(({ path, sets }) => ({ path, values: sets.map(together) }))
}

/** In order, so that the same values are the same list. */
function distinct(values: readonly (string | null)[]): readonly (string | null)[] {
  return [...new Set(values)].sort((a, b) => (a ?? '').localeCompare(b ?? '', undefined, { numeric: true }))
}

function together(values: readonly (string | null)[]): string | null {
  if (values.length === 1) return values[0]
  return `${values.slice(0, MOST_VALUES).map((value) => value ?? '–').join(', ')}${values.length > MOST_VALUES ? ', …' : ''}`
}
