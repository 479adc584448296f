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
const ABOVE_LINES = 3
/** So many categories have room for a label each; of more, some are left out. */
const ALL_LABELS = 10
/** Of a run that has no such value: a place of its own at the foot of the axis, or the line would pass where it has none. */
const NONE = '–'
/** How far below the least value this place is, in the span of all values. */
const NONE_BELOW = 0.2

/** One line a run across one axis a setting or result. Dragging along an axis keeps the lines that pass there. */
export function parallelChart({ axes, lines, theme }: ParallelChart): EChartsCoreOption {
  // Lines pass where labels stand: what surrounds a letter keeps it legible.
  const axisLabel = { color: theme.soft, fontSize: 11, width: 80, overflow: 'truncate', textBorderColor: theme.surface, textBorderWidth: 3 }
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    parallel: { left: 80, right: 88, top: 40, bottom: 16, parallelAxisDefault: { areaSelectStyle: { width: 16 } } },
    parallelAxis: axes.map((axis, dim) => ({
      dim,
      z: ABOVE_LINES,
      name: shortName(axis.name),
      nameLocation: 'end',
      nameGap: 12,
      nameTextStyle: { color: theme.text, fontSize: 11 },
      axisLine: { lineStyle: { color: theme.line } },
      axisTick: { lineStyle: { color: theme.line } },
      ...scaleOf(axis, axisLabel),
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
        data: lines.map(({ color }, line) => ({ value: axes.map((axis) => axis.values[line] ?? (axis.categories === null ? footOf(axis) : NONE)), lineStyle: { color } })),
      },
    ],
  }
}

type Axis = ParallelChart['axes'][number]

function scaleOf(axis: Axis, axisLabel: object): object {
  const { categories, logarithmic, values } = axis
  const lacking = values.includes(null)
  if (categories !== null) return { type: 'category', data: lacking ? [NONE, ...categories] : categories, axisLabel: { ...axisLabel, ...(categories.length <= ALL_LABELS ? { interval: 0 } : {}) } }
  const numbers = values.filter((value) => typeof value === 'number')
  const [least, foot] = [Math.min(...numbers), footOf(axis)]
  return {
    type: logarithmic ? 'log' : 'value',
    scale: true,
    minInterval: numbers.every(Number.isInteger) ? 1 : 0,
    ...(lacking ? { min: foot } : {}),
    axisLabel: { ...axisLabel, formatter: (value: number) => (!lacking || value >= least ? formatNumber(value) : value <= foot ? NONE : '') },
  }
}

/** Where runs without a value pass an axis of numbers. */
function footOf({ logarithmic, values }: Axis): number {
  const numbers = values.filter((value) => typeof value === 'number')
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
  if (logarithmic) return least * (least / most) ** NONE_BELOW
  return least - (NONE_BELOW * (most - least) || Math.abs(least) || 1)
}

function lineText(line: number, axes: ParallelChart['axes'], lines: ParallelChart['lines']): string {
  const values = axes.map(({ name, values: all }) => {
    const value = all[line]
    return `${name}: ${typeof value === 'number' ? formatNumber(value) : (value ?? NONE)}`
  })
  return [lines[line].name, ...values].join('\n')
}

/** The end of a path tells most: `optimizer.learningRate`. Of a result the beginning does; the axis cuts off what has no room. */
function shortName(name: string): string {
  if (name.endsWith(')')) return name
  const short = name.split('.').slice(-2).join('.')
  return short.length <= NAME_LENGTH ? short : `…${short.slice(-NAME_LENGTH)}`
}
