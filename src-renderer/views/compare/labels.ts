import type { RunView } from '@shared/protocol/views'

type Named = Pick<RunView, 'id' | 'name' | 'seed'>

/** A short name for each run that no other one of these has: its own, with the seed or the end of its id where needed. */
export function runLabels(runs: readonly Named[]): ReadonlyMap<string, string> {
  const names = tally(runs, ({ name }) => name)
  const seeded = tally(runs, withSeed)
  return new Map(
    runs.map((run) => {
      if (names.get(run.name) === 1) return [run.id, run.name]
      if (seeded.get(withSeed(run)) === 1) return [run.id, withSeed(run)]
      return [run.id, `${run.name} · ${run.id.slice(-4)}`]
    }),
  )
}

/** So many characters of a label's end stay where its middle has no room. */
const END = 9

/** A label in two: names that begin alike differ at their end, which is not cut off. */
export function labelParts(label: string): readonly [start: string, end: string] {
  const characters = [...label]
  const middle = Math.max(0, characters.length - END)
  return [characters.slice(0, middle).join(''), characters.slice(middle).join('')]
}

function withSeed({ name, seed }: Named): string {
  return `${name} · ${String(seed)}`
}

function tally(runs: readonly Named[], textOf: (run: Named) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const run of runs) counts.set(textOf(run), (counts.get(textOf(run)) ?? 0) + 1)
  return counts
}
