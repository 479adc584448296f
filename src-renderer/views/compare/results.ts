import { betterOf } from '@shared/catalog/recorded-metrics'
import type { RunView } from '@shared/protocol/views'
import { fieldValue } from '@renderer/views/runs/field'
import { isComparable, type Caveat } from './caveats'
import type { RunGroup } from './groups'
import { pairedDifference, spreadOf, type PairedDifference, type Spread } from './statistics'

const AGGREGATES = ['best', 'last'] as const
export type Aggregate = (typeof AGGREGATES)[number]

export interface ResultColumn {
  /** Metric key: `val.accuracy`. */
  readonly key: string
  readonly aggregate: Aggregate
  /** Which way; null where neither is. */
  readonly better: 'higher' | 'lower' | null
  /** Whether its values are the same quantity in all rows. */
  readonly comparable: boolean
}

export interface ResultCell extends Spread {
  /** Better than in every other row. */
  readonly better: boolean
  /** Against the reference row; null for that row itself, where fewer than two seeds match, and of other quantities. */
  readonly difference: PairedDifference | null
}

export interface ResultRow {
  readonly group: RunGroup
  /** By column; null where no run has the metric. */
  readonly cells: readonly (ResultCell | null)[]
}

/** What there is to tell of a metric: its best value only where one way is better. */
export function aggregatesOf(key: string): readonly Aggregate[] {
  return betterOf(key) === null ? ['last'] : AGGREGATES
}

/** Final and best values of these metrics. */
export function resultColumns(keys: readonly string[], caveats: readonly Caveat[] = []): ResultColumn[] {
  return keys.flatMap((key) => aggregatesOf(key).map((aggregate) => ({ key, aggregate, better: betterOf(key), comparable: isComparable(key, caveats) })))
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
      const difference = base === undefined || base === group || !column.comparable ? null : pairedDifference(bySeed(group.runs, column), bySeed(base.runs, column))
      return { ...spread, better: spread.mean === best[at], difference }
    }),
  }))
}

/** NaN unless exactly one row has it: where all are alike none is better. */
function bestMean(spreads: readonly Spread[], { better, comparable }: ResultColumn): number {
  const means = spreads.filter(({ count }) => count > 0).map(({ mean }) => mean)
  if (better === null || !comparable || means.length < 2) return NaN
  const best = better === 'higher' ? Math.max(...means) : Math.min(...means)
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
