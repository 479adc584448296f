/** Something to find by typing. */
export interface SearchItem {
  readonly key: string
  readonly title: string
  readonly detail: string
}

/** Items that have every word; those named so first, then those whose name begins so, then the rest in their order. */
export function search<T extends SearchItem>(items: readonly T[], query: string): readonly T[] {
  const wanted = query.trim().toLowerCase()
  const words = wanted.split(/\s+/).filter((word) => word !== '')
  const found = items.filter(({ key, title, detail }) => words.every((word) => `${key} ${title} ${detail}`.toLowerCase().includes(word)))
  return found.toSorted((one, other) => rank(one, wanted) - rank(other, wanted))
}

function rank({ key, title }: SearchItem, wanted: string): number {
  const names = [key.toLowerCase(), title.toLowerCase()]
  if (wanted === '' || names.includes(wanted)) return 0
  return names.some((name) => name.startsWith(wanted)) ? 1 : 2
}
