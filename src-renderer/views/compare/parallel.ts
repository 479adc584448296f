import type { RunView } from '@shared/protocol/views'
import { fieldValue } from '@renderer/views/runs/field'
import { configurationDiff } from './configuration-diff'
import { resultColumns } from './results'

/** An axis of the parallel coordinates, and each run's place on it. */
export interface ParallelAxis {
  readonly name: string
  /** Categories in order; null: a number line. */
  readonly categories: readonly string[] | null
  readonly logarithmic: boolean
  /** By run; null where it has no such value. */
  readonly values: readonly (string | number | null)[]
}

/** An order of magnitude and more is seen only on a logarithmic axis. */
const LOGARITHMIC_FROM = 10
const MOST_AXES = 12

/**
 * What differs between these runs, then the best value of each metric: settings on the left lead to results on the right.
 * Settings whose values are long texts (whole lists) are left out.
 */
export function parallelAxes(runs: readonly RunView[], metrics: readonly string[]): ParallelAxis[] {
  const settings = configurationDiff(runs.map(({ document, seed }) => ({ ...(document as object), seed })))
    .filter(({ values }) => values.every((value) => value === null || value.length <= 40))
    .map(({ path, values }) => axisOf(path, values.map(parseNumber)))
  const results = resultColumns(metrics)
    .filter(({ aggregate }) => aggregate === 'best')
    .map(({ key }) => axisOf(`best(${key})`, runs.map((run) => numberOf(fieldValue(run, `best(${key})`)))))
    .filter(({ values }) => values.some((value) => value !== null))
  return [...settings.slice(0, Math.max(0, MOST_AXES - results.length)), ...results]
}

function axisOf(name: string, values: readonly (string | number | null)[]): ParallelAxis {
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length === values.filter((value) => value !== null).length) {
    const low = Math.min(...numbers)
    return { name, categories: null, logarithmic: low > 0 && Math.max(...numbers) / low >= LOGARITHMIC_FROM, values }
  }
  const texts = values.map((value) => (value === null ? null : String(value)))
  const categories = [...new Set(texts.filter((value) => value !== null))].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }))
  return { name, categories, logarithmic: false, values: texts }
}

function parseNumber(value: string | null): string | number | null {
  return value !== null && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
