/** Runs to recolor so that no two of these share a color, as far as the palette reaches; the first of a color keeps it. */
export function distinctColors(runIds: readonly string[], colorOf: (runId: string) => string, palette: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(runIds.map(colorOf))
  const free = palette.filter((color) => !taken.has(color))
  const kept = new Set<string>()
  const changes = new Map<string, string>()
  for (const id of runIds) {
    const color = colorOf(id)
    if (!kept.has(color)) {
      kept.add(color)
      continue
    }
    const next = free.shift()
    if (next === undefined) break
    changes.set(id, next)
  }
  return changes
}
