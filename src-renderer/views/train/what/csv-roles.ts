import type { Json, JsonObject } from '@renderer/stores/edit'

/** What a column of a table is for. `auto`: a feature whose kind is found from its cells. */
export const ROLES = ['auto', 'numeric', 'categorical', 'target', 'ignore'] as const
export type Role = (typeof ROLES)[number]

/** The role of every column, in file order. Columns stand in documents by name or by number from 1, negative from the end. */
export function rolesOf(dataset: JsonObject, names: readonly string[]): readonly Role[] {
  const sets = Object.fromEntries((['target', 'ignore', 'categorical', 'numeric'] as const).map((role) => [role, places(dataset[role], names)]))
  return names.map((_, at) => (['target', 'ignore', 'categorical', 'numeric'] as const).find((role) => sets[role].has(at)) ?? 'auto')
}

/** The data set with another role for one column. A new target takes the place of the old one, which becomes a feature. */
export function withRole(dataset: JsonObject, names: readonly string[], at: number, role: Role): Json {
  const roles = rolesOf(dataset, names).map((each, index) => (index === at ? role : role === 'target' && each === 'target' ? 'auto' : each))
  // Without a target there is nothing to learn: it stays until another column is chosen.
  if (!roles.includes('target')) return dataset
  const named = (wanted: Role): readonly Json[] => names.flatMap((name, index) => (roles[index] === wanted ? [reference(name, index, names)] : []))
  const targets = named('target')
  const lists = Object.fromEntries((['ignore', 'categorical', 'numeric'] as const).map((list) => [list, named(list)]).filter(([, list]) => list.length > 0))
  const rest = Object.fromEntries(Object.entries(dataset).filter(([key]) => !['target', 'ignore', 'categorical', 'numeric'].includes(key)))
  return { ...rest, target: targets.length === 1 ? targets[0] : targets, ...lists }
}

/** By name; by number where another column has the same name. */
function reference(name: string, at: number, names: readonly string[]): Json {
  return names.indexOf(name) === at && names.lastIndexOf(name) === at ? name : at + 1
}

function places(value: Json | undefined, names: readonly string[]): ReadonlySet<number> {
  const references = Array.isArray(value) ? (value as readonly Json[]) : value === undefined ? [] : [value]
  return new Set(
    references.map((each) => {
      if (typeof each === 'string') return names.indexOf(each.trim())
      return typeof each === 'number' ? (each > 0 ? each - 1 : names.length + each) : -1
    }),
  )
}
