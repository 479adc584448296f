import type { EChartsCoreOption } from 'echarts/core'
import { lineChart, MARGIN, type LineChart, type LineSeries } from './line-chart'
import { FONT } from './theme'

export interface Caption {
  readonly title: string
  /** How the chart is drawn, in words. */
  readonly words: string
}

export interface ExportedChart {
  readonly option: EChartsCoreOption
  readonly width: number
  readonly height: number
}

const WIDTH = 960
const PLOT_HEIGHT = 400
const HEAD = 48
const ENTRY_WIDTH = 220
const ENTRY_HEIGHT = 18

/** A chart as a picture of its own: with its title, how it is drawn, and a legend. */
export function exportedChart(chart: Omit<LineChart, 'width'>, { title, words }: Caption): ExportedChart {
  const entries = chart.series.filter(({ faint }) => faint !== true)
  const perRow = Math.floor((WIDTH - MARGIN.left) / ENTRY_WIDTH)
  const rows = Math.ceil(entries.length / perRow)
  const height = HEAD + PLOT_HEIGHT + MARGIN.bottom + rows * ENTRY_HEIGHT + 8
  const option = lineChart({ ...chart, width: WIDTH })
  const legendTop = HEAD + PLOT_HEIGHT + MARGIN.bottom + 4
  const texts = [
    { x: MARGIN.left, y: 10, text: title, size: 15, color: chart.theme.text },
    { x: MARGIN.left, y: 30, text: words, size: 11, color: chart.theme.soft },
  ].map(({ x, y, text, size, color }) => ({ type: 'text', x, y, style: { text, fill: color, fontSize: size, fontFamily: FONT } }))
  const legend = entries.flatMap((series, index) => legendEntry(series, MARGIN.left + (index % perRow) * ENTRY_WIDTH, legendTop + Math.floor(index / perRow) * ENTRY_HEIGHT, chart.theme.text))
  const caption = { id: 'caption', type: 'custom', silent: true, clip: false, data: [[0]], encode: { x: [], y: [] }, renderItem: () => ({ type: 'group', children: [...texts, ...legend] }) }
  return {
    option: { ...option, backgroundColor: chart.theme.surface, grid: { ...MARGIN, top: HEAD, bottom: height - HEAD - PLOT_HEIGHT }, series: [...(option.series as object[]), caption] },
    width: WIDTH,
    height,
  }
}

function legendEntry({ name, color, dashed }: LineSeries, x: number, y: number, text: string): object[] {
  return [
    { type: 'line', shape: { x1: x, y1: y + 6, x2: x + 18, y2: y + 6 }, style: { stroke: color, lineWidth: 2, lineDash: dashed === true ? [5, 3] : null } },
    { type: 'text', x: x + 24, y, style: { text: name, fill: text, fontSize: 11, fontFamily: FONT, width: ENTRY_WIDTH - 32, overflow: 'truncate' } },
  ]
}
