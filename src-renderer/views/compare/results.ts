import type { RunView } from '@shared/protocol/views'
import { fieldValue, higherIsBetter } from '@renderer/views/runs/field'
import type { RunGroup } from './groups'
import { pairedDifference, spreadOf, type PairedDifference, type Spread } from './statistics'

export const AGGREGATES = ['best', 'last'] as const
export type Aggregate = (typeof AGGREGATES)[number]

export interface ResultColumn {
  /** Metric key: `val.accuracy`. */
  readonly key: string
  readonly aggregate: Aggregate
  readonly higherIsBetter: boolean
}

export interface ResultCell extends Spread {
  /** Better than in every other row. */
  readonly better: boolean
  /** Against the reference row; null for that row itself and where fewer than two seeds match. */
  readonly difference: PairedDifference | null
}

export interface ResultRow {
  readonly group: RunGroup
  /** By column; null where no run has the metric. */
  readonly cells: readonly (ResultCell | null)[]
}

/** Final and best values of these metrics. */
export function resultColumns(keys: readonly string[]): ResultColumn[] {
  return keys.flatMap((key) => AGGREGATES.map((aggregate) => ({ key, aggregate, higherIsBetter: higherIsBetter(key) })))
}

/** One row a group, compared with the reference, the row of id `reference`. */
export function resultRows(groups: readonly RunGroup[], columns: readonly ResultColumn[], reference: string | null): ResultRow[] {
  const spreads = columns.map((column) => groups.map((group) => spreadOf(valuesOf(group.runs, column).map(({ value }) => value))))
  const best = columns.map((column, at) => bestMean(spreads[at], column))
  const base = groups.find(({ id }) => id === reference)
  return groups.map((group, row) => ({
    group,
    cells: columns.map((column, at) => {
      const spread = spreads[at][row]
      if (spread.count === 0) return null
      const difference = base === undefined || base === group ? null : pairedDifference(bySeed(group.runs, column), bySeed(base.runs, column))
      return { ...spread, better: spread.mean === best[at], difference }
    }),
  }))
}

/** NaN unless exactly one row has it: where all are alike none is better. */
function bestMean(spreads: readonly Spread[], { higherIsBetter: higher }: ResultColumn): number {
  const means = spreads.filter(({ count }) => count > 0).map(({ mean }) => mean)
  if (means.length < 2) return NaN
  const best = higher ? Math.max(...means) : Math.min(...means)
  return means.filter((mean) => mean === best).length === 1 ? best : NaN
}

function valuesOf(runs: readonly RunView[], { key, aggregate }: ResultColumn): { readonly seed: number; readonly value: number }[] {
  return runs.flatMap((run) => {
    const value = fieldValue(run, `${aggregate}(${key})`)
    return typeof value === 'number' ? [{ seed: run.seed, value }] : []
  })
}

/** Of several runs with one seed the newest counts. */
function bySeed(runs: readonly RunView[], column: ResultColumn): ReadonlyMap<number, number> {
  const ordered = [...runs].sort((a, b) => a.createdAt - b.createdAt)
  return new Map(valuesOf(ordered, column).map(({ seed, value }) => [seed, value]))
}
