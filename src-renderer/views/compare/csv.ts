import type { SeriesSlice } from '@shared/protocol/views'
import { xOf, type RunClock } from './x-axis'

export interface CsvSeries {
  readonly run: string
  readonly name: string
  readonly seed: number
  readonly metric: string
  readonly slice: Pick<SeriesSlice, 'steps' | 'seconds' | 'values'>
  readonly clock: RunClock
}

const HEADER = ['run', 'name', 'seed', 'metric', 'step', 'epoch', 'samples', 'seconds', 'value']

/** One line a point, RFC 4180: what every tool that reads tables can pivot. Numbers are written in full. */
export function csvOf(series: readonly CsvSeries[]): string {
  const lines = [HEADER.join(',')]
  for (const { run, name, seed, metric, slice, clock } of series) {
    const head = [run, name, String(seed), metric].map(quoted).join(',')
    const epochs = xOf(slice, 'epoch', clock)
    const samples = xOf(slice, 'samples', clock)
    for (let at = 0; at < slice.steps.length; at++) {
      lines.push(`${head},${String(slice.steps[at])},${numberText(epochs[at])},${numberText(samples[at])},${String(slice.seconds[at])},${String(slice.values[at])}`)
    }
  }
  return `${lines.join('\r\n')}\r\n`
}

/** What is not known stays empty. */
function numberText(value: number): string {
  return Number.isFinite(value) ? String(value) : ''
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
