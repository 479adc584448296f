import type { EChartsCoreOption } from 'echarts/core'
import { visibleName } from '@shared/data/visible'
import { formatCount } from '@renderer/components/numbers'
import { classColor } from './class-colors'
import { FONT, plainTooltip, type ChartTheme } from './theme'

export interface Histogram {
  readonly names: readonly string[]
  readonly counts: readonly number[]
  /** Bars in the classes' own colors, as points of theirs have in other pictures. */
  readonly colored: boolean
  readonly theme: ChartTheme
}

const PLAIN = '#0072B2'

/** How often each class occurs. */
export function histogram({ names, counts, colored, theme }: Histogram): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 44, right: 8, top: 8, bottom: 24 },
    xAxis: { type: 'category', data: names.map(visibleName), axisLine: { lineStyle: { color: theme.line } }, axisTick: { show: false }, axisLabel: { color: theme.soft, fontSize: 11, hideOverlap: true, width: 64, overflow: 'truncate' } },
    yAxis: { type: 'value', splitNumber: 3, axisLabel: { color: theme.soft, fontSize: 11, formatter: (count: number) => formatCount(count) }, splitLine: { lineStyle: { color: theme.line, opacity: 0.5 } } },
    tooltip: { ...plainTooltip(theme), trigger: 'axis', axisPointer: { type: 'shadow' } },
    series: [
      {
        id: 'counts',
        type: 'bar',
        barCategoryGap: '20%',
        data: counts.map((count, label) => ({ value: count, itemStyle: { color: colored ? classColor(label) : PLAIN } })),
      },
    ],
  }
}
