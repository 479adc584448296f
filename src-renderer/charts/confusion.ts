import type { EChartsCoreOption } from 'echarts/core'
import { visibleName } from '@shared/data/visible'
import { formatCount, formatPercent } from '@renderer/components/numbers'
import { FONT, plainTooltip, type ChartTheme } from './theme'

export interface ConfusionMatrix {
  /** Row-major; rows are true classes, columns predictions. */
  readonly values: readonly number[]
  readonly classNames: readonly string[]
  readonly words: { readonly truth: string; readonly predicted: string }
  readonly theme: ChartTheme
}

/** Numbers stand in the cells up to so many classes; above, hovering tells them. */
const MOST_NUMBERED = 20
const RIGHT = [0, 114, 178] as const
const WRONG = [213, 94, 0] as const
/** Even a single error among thousands is seen. */
const LEAST_SHADE = 0.12

export interface ConfusionCell {
  readonly truth: number
  readonly predicted: number
  readonly count: number
  /** Of the samples of the true class. */
  readonly share: number
  /** CSS color; null for an empty cell. */
  readonly color: string | null
  /** The number's color on it has to be light. */
  readonly strong: boolean
}

/** Shades by the share of the true class: right answers blue, errors orange. */
export function confusionCells({ values, classNames }: Pick<ConfusionMatrix, 'values' | 'classNames'>): readonly ConfusionCell[] {
  const size = classNames.length
  return values.map((count, index) => {
    const [truth, predicted] = [Math.floor(index / size), index % size]
    const total = values.slice(truth * size, (truth + 1) * size).reduce((sum, each) => sum + each, 0)
    const share = total === 0 ? 0 : count / total
    const shade = count === 0 ? 0 : LEAST_SHADE + (1 - LEAST_SHADE) * share
    const color = count === 0 ? null : `rgba(${(truth === predicted ? RIGHT : WRONG).join(',')},${shade.toFixed(3)})`
    return { truth, predicted, count, share, color, strong: shade > 0.6 }
  })
}

/** Which classes are taken for which. */
export function confusionChart({ values, classNames, words, theme }: ConfusionMatrix): EChartsCoreOption {
  const cells = confusionCells({ values, classNames })
  const numbered = classNames.length <= MOST_NUMBERED
  const axis = { type: 'category', data: classNames.map(visibleName), axisTick: { show: false }, axisLine: { lineStyle: { color: theme.line } }, nameLocation: 'middle', nameTextStyle: { color: theme.soft, fontSize: 11 } }
  const label = { color: theme.soft, fontSize: 11, hideOverlap: true, width: 56, overflow: 'truncate' }
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 72, right: 8, top: 8, bottom: 44 },
    xAxis: { ...axis, name: words.predicted, nameGap: 26, axisLabel: label },
    yAxis: { ...axis, name: words.truth, nameGap: 58, inverse: true, axisLabel: label },
    tooltip: {
      ...plainTooltip(theme),
      trigger: 'item',
      formatter: ({ dataIndex }: { readonly dataIndex: number }) => cellText(cells[dataIndex], classNames, words),
    },
    series: [
      {
        id: 'cells',
        type: 'custom',
        data: cells.map(({ predicted, truth, count }) => [predicted, truth, count]),
        renderItem: ({ dataIndex }: { readonly dataIndex: number }, api: CellApi) => cellShape(cells[dataIndex], api, numbered, theme),
      },
    ],
  }
}

interface CellApi {
  coord(place: readonly [number, number]): [number, number]
  size(extent: readonly [number, number]): [number, number]
}

function cellShape({ truth, predicted, count, color, strong }: ConfusionCell, api: CellApi, numbered: boolean, theme: ChartTheme): object {
  const [x, y] = api.coord([predicted, truth])
  const [width, height] = api.size([1, 1])
  const rectangle = { type: 'rect', shape: { x: x - width / 2, y: y - height / 2, width: width - 1, height: height - 1 }, style: { fill: color ?? 'transparent' } }
  if (!numbered || count === 0) return { type: 'group', children: [rectangle] }
  const text = { type: 'text', x, y, style: { text: formatCount(count), fill: strong ? '#ffffff' : theme.text, fontSize: Math.min(12, height - 2, width / 2.2), align: 'center', verticalAlign: 'middle' }, silent: true }
  return { type: 'group', children: [rectangle, text] }
}

function cellText({ truth, predicted, count, share }: ConfusionCell, classNames: readonly string[], words: ConfusionMatrix['words']): string {
  return `${words.truth}: ${visibleName(classNames[truth])}\n${words.predicted}: ${visibleName(classNames[predicted])}\n${formatCount(count)} (${formatPercent(share)})`
}
