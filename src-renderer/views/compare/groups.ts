import type { RunView } from '@shared/protocol/views'
import { fieldValue } from '@renderer/views/runs/field'
import type { Grouping } from './chart-settings'

/** Runs that are shown as one: a single run, or all that share what they are grouped by. */
export interface RunGroup {
  readonly id: string
  readonly label: string
  readonly color: string
  readonly runs: readonly RunView[]
}

export interface Naming {
  readonly labels: ReadonlyMap<string, string>
  readonly colorOf: (runId: string) => string
  /** A field of a run, in words. */
  readonly valueOf: (run: RunView, field: string) => string
}

/** In the order of their first runs. A group has the color of its first run. */
export function groupRuns(runs: readonly RunView[], grouping: Grouping, { labels, colorOf, valueOf }: Naming): RunGroup[] {
  if (grouping.by === 'none') return runs.map((run) => ({ id: run.id, label: labels.get(run.id) ?? run.name, color: colorOf(run.id), runs: [run] }))
  const members = new Map<string, RunView[]>()
  for (const run of runs) {
    const key = grouping.by === 'seed' ? run.documentHash : String(fieldValue(run, grouping.field) ?? '–')
    const group = members.get(key)
    if (group === undefined) members.set(key, [run])
    else group.push(run)
  }
  const groups = [...members].map(([key, group]) => ({ key, group, label: grouping.by === 'seed' ? group[0].name : valueOf(group[0], grouping.field) }))
  const taken = new Set<string>()
  return groups.map(({ key, group, label }) => ({ id: `group:${key}`, label: freeLabel(label, taken), color: colorOf(group[0].id), runs: group }))
}

/** Different documents may have the same name. */
function freeLabel(label: string, taken: Set<string>): string {
  let free = label
  for (let count = 2; taken.has(free); count++) free = `${label} (${String(count)})`
  taken.add(free)
  return free
}

/** Whether grouping by seed would put any runs together. */
export function haveSiblings(runs: readonly RunView[]): boolean {
  return new Set(runs.map(({ documentHash }) => documentHash)).size < runs.length
}
