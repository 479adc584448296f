import { exportedChart } from '@renderer/charts/exported-chart'
import { pngPicture, svgPicture } from '@renderer/charts/echarts'
import type { LineChart } from '@renderer/charts/line-chart'
import { DARK, LIGHT } from '@renderer/charts/theme'
import type { Range } from '@renderer/charts/zoom'
import { useConnection } from '@renderer/stores/connection'
import { MOST_POINTS } from '@renderer/stores/slices'
import { useSettings } from '@renderer/stores/settings'
import { saveFile } from '@renderer/components/save-file'
import type { RunView } from '@shared/protocol/views'
import { csvOf, type CsvSeries } from './csv'
import type { MetricKeys } from './curves'
import { clockOf } from './x-axis'

export interface ExportSource {
  readonly chart: Omit<LineChart, 'range' | 'width' | 'theme'>
  readonly range: Range | null
  readonly title: string
  readonly words: string
}

/** A chart as a file: pictures as it is shown, the data with every recorded point. */
export function useExport() {
  const connection = useConnection()
  const settings = useSettings()

  function drawn({ chart, range, title, words }: ExportSource) {
    return exportedChart({ ...chart, range, theme: settings.dark ? DARK : LIGHT }, { title, words })
  }

  async function png(source: ExportSource): Promise<void> {
    const { option, width, height } = drawn(source)
    const blob = await pngPicture(option, width, height)
    await save(source, 'png', 'image/png', new Uint8Array(await blob.arrayBuffer()))
  }

  async function svg(source: ExportSource): Promise<void> {
    const { option, width, height } = drawn(source)
    await save(source, 'svg', 'image/svg+xml', new TextEncoder().encode(svgPicture(option, width, height)))
  }

  async function csv(source: ExportSource, runs: readonly RunView[], keys: MetricKeys): Promise<void> {
    const wanted = runs.flatMap((run) => Object.values(keys).flatMap((key) => (key !== null && key in run.metrics ? [{ run, key }] : [])))
    const series = await Promise.all(
      wanted.map(async ({ run, key }): Promise<CsvSeries> => {
        const slice = await connection.request('series.read', { runId: run.id, key, maxPoints: MOST_POINTS })
        return { run: run.id, name: run.name, seed: run.seed, metric: key, slice, clock: clockOf(run) }
      }),
    )
    await save(source, 'csv', 'text/csv', new TextEncoder().encode(csvOf(series)))
  }

  async function save({ title }: ExportSource, extension: string, mediaType: string, content: Uint8Array): Promise<void> {
    await saveFile(connection, { name: `${title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}.${extension}`, mediaType, content })
  }

  return { png, svg, csv }
}
