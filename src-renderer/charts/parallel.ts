import type { EChartsCoreOption } from 'echarts/core'
import { formatNumber } from '@renderer/components/numbers'
import { FONT, plainTooltip, type ChartTheme } from './theme'

export interface ParallelChart {
  readonly axes: readonly {
    readonly name: string
    readonly categories: readonly string[] | null
    readonly logarithmic: boolean
    /** By line. */
    readonly values: readonly (string | number | null)[]
  }[]
  readonly lines: readonly { readonly name: string; readonly color: string }[]
  readonly theme: ChartTheme
}

const NAME_LENGTH = 24

/** One line a run across one axis a setting or result. Dragging along an axis keeps the lines that pass there. */
export function parallelChart({ axes, lines, theme }: ParallelChart): EChartsCoreOption {
  const axisLabel = { color: theme.soft, fontSize: 11, width: 80, overflow: 'truncate' }
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    parallel: { left: 80, right: 88, top: 40, bottom: 16, parallelAxisDefault: { areaSelectStyle: { width: 16 } } },
    parallelAxis: axes.map(({ name, categories, logarithmic, values }, dim) => ({
      dim,
      name: shortName(name),
      nameLocation: 'end',
      nameGap: 12,
      nameTextStyle: { color: theme.text, fontSize: 11 },
      axisLine: { lineStyle: { color: theme.line } },
      axisTick: { lineStyle: { color: theme.line } },
      axisLabel: categories === null ? { ...axisLabel, formatter: (value: number) => formatNumber(value) } : axisLabel,
      ...(categories === null ? { type: logarithmic ? 'log' : 'value', scale: true, minInterval: values.every((value) => value === null || Number.isInteger(value)) ? 1 : 0 } : { type: 'category', data: categories }),
    })),
    tooltip: {
      ...plainTooltip(theme),
      trigger: 'item',
      formatter: ({ dataIndex }: { readonly dataIndex: number }) => lineText(dataIndex, axes, lines),
    },
    series: [
      {
        id: 'runs',
        type: 'parallel',
        lineStyle: { width: 2, opacity: 0.8 },
        inactiveOpacity: 0.06,
        emphasis: { lineStyle: { width: 4, opacity: 1 } },
        data: lines.map(({ color }, line) => ({ value: axes.map(({ values }) => values[line] ?? '-'), lineStyle: { color } })),
      },
    ],
  }
}

function lineText(line: number, axes: ParallelChart['axes'], lines: ParallelChart['lines']): string {
  const values = axes.map(({ name, values: all }) => {
    const value = all[line]
    return `${name}: ${typeof value === 'number' ? formatNumber(value) : (value ?? '–')}`
  })
  return [lines[line].name, ...values].join('\n')
}

/** The end of a path tells most: `optimizer.learningRate`. Of a result the beginning does; the axis cuts off what has no room. */
function shortName(name: string): string {
  if (name.endsWith(')')) return name
  const short = name.split('.').slice(-2).join('.')
  return short.length <= NAME_LENGTH ? short : `…${short.slice(-NAME_LENGTH)}`
}
