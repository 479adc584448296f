import type { EChartsCoreOption } from 'echarts/core'
import { formatCount, formatNumber } from '@renderer/components/numbers'
import { FONT, type ChartTheme } from './theme'

/** One distribution: counts of bins of equal width between both ends. */
export interface Ridge {
  readonly step: number
  readonly low: number
  readonly high: number
  readonly counts: ArrayLike<number>
}

export interface Ridgeline {
  /** Ascending. */
  readonly ridges: readonly Ridge[]
  readonly color: string
  readonly theme: ChartTheme
  readonly xName: string
}

/** Ridges drawn at most: more would hide each other. */
const MOST_RIDGES = 24
/** Height of a ridge in distances between two. */
const OVERLAP = 2.4

/** At most so many, evenly spread, with the first and the newest. */
export function chosenRidges<T>(ridges: readonly T[], most = MOST_RIDGES): readonly T[] {
  if (ridges.length <= most) return ridges
  return Array.from({ length: most }, (_, index) => ridges[Math.round((index * (ridges.length - 1)) / (most - 1))])
}

/** Corners of a ridge's outline: bin centers between its ends at the baseline, the fullest bin as high as any other ridge's. */
export function outline({ low, high, counts }: Ridge, baseline: number): [x: number, y: number][] {
  const width = (high - low || 1) / counts.length
  const most = Math.max(1, ...Array.from(counts))
  const points = Array.from(counts, (count, bin): [number, number] => [low + (bin + 0.5) * width, baseline + (OVERLAP * count) / most])
  return [[low, baseline], ...points, [low + width * counts.length, baseline]]
}

/** Distributions over time, one behind the other: the newest in front. */
export function ridgelineChart({ ridges, color, theme, xName }: Ridgeline): EChartsCoreOption {
  const shown = chosenRidges(ridges)
  const last = shown.length - 1
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 52, right: 10, top: 6, bottom: 34 },
    xAxis: {
      type: 'value',
      name: xName,
      nameLocation: 'middle',
      nameGap: 20,
      nameTextStyle: { color: theme.soft, fontSize: 11 },
      scale: true,
      splitNumber: 4,
      axisLabel: { color: theme.soft, fontSize: 11, hideOverlap: true, formatter: (value: number) => formatNumber(value, 3) },
      splitLine: { lineStyle: { color: theme.line, opacity: 0.5 } },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: Math.max(1, last + OVERLAP),
      interval: 1,
      axisTick: { show: false },
      axisLine: { show: false },
      splitLine: { show: false },
      axisLabel: { color: theme.soft, fontSize: 11, hideOverlap: true, formatter: (row: number) => stepAt(shown, row) },
    },
    // Earlier ones lie further up and behind.
    series: shown.map((ridge, index) => ({
      id: `ridge-${ridge.step}`,
      type: 'line',
      data: outline(ridge, last - index),
      z: 2 + index,
      symbol: 'none',
      silent: true,
      lineStyle: { color, width: 1.25, opacity: 0.55 + (0.45 * (index + 1)) / shown.length },
      areaStyle: { color: theme.surface, opacity: 0.85, origin: last - index },
    })),
  }
}

/** The step of the ridge whose baseline is at this height; nothing above the first. */
function stepAt(shown: readonly Ridge[], row: number): string {
  const ridge = Number.isInteger(row) ? shown[shown.length - 1 - row] : undefined
  return ridge === undefined ? '' : formatCount(ridge.step)
}
