import type { EChartsCoreOption } from 'echarts/core'
import { decodeBase64 } from '@shared/lib/base64'
import type { PlaneSnapshot } from '@shared/protocol/snapshot'
import { formatNumber } from '@renderer/components/numbers'
import type { ChartLayer } from './chart-layers'
import { classColor, cssColor, rgbOf, scaleColor, type Rgb } from './class-colors'
import { FONT, type ChartTheme } from './theme'

/** Points of two-feature data, `[n, 2]`, and the class or value of each. */
export interface PlanePoints {
  readonly data: ArrayLike<number>
  readonly values: ArrayLike<number>
}

/** `classes` of class labels, or the range of values. */
export type PlaneScale = { readonly kind: 'class'; readonly classNames: readonly string[] } | { readonly kind: 'value'; readonly range: readonly [number, number] }

/** What the model says everywhere, as RGBA bytes of `size × size` pixels, the highest y in the first row. */
export function planePixels({ size, outputs, data, range }: Pick<PlaneSnapshot, 'size' | 'outputs' | 'data' | 'range'>, scale: PlaneScale): Uint8ClampedArray<ArrayBuffer> {
  const bytes = decodeBase64(data)
  const pixels = new Uint8ClampedArray(4 * size * size)
  const colorAt = colorsOf(outputs, range, scale)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [red, green, blue] = colorAt(bytes, (row * size + column) * outputs)
      const pixel = 4 * ((size - 1 - row) * size + column)
      pixels[pixel] = red
      pixels[pixel + 1] = green
      pixels[pixel + 2] = blue
      pixels[pixel + 3] = 255
    }
  }
  return pixels
}

/** Color of the cell that begins at a byte. What follows from one byte alone is found once for each of the 256. */
function colorsOf(outputs: number, range: readonly [number, number], scale: PlaneScale): (bytes: Uint8Array, cell: number) => Rgb {
  const colors = Array.from({ length: Math.max(2, outputs) }, (_, label) => rgbOf(classColor(label)))
  if (scale.kind === 'class' && outputs > 1) return (bytes, cell) => mixture(bytes, cell, outputs, colors)
  const one = scale.kind === 'class' ? (share: number) => between(colors[0], colors[1], share) : (share: number) => scaleColor(shareOf(share, range, scale.range))
  const table = Array.from({ length: 256 }, (_, byte) => one(byte / 255))
  return (bytes, cell) => table[bytes[cell]]
}

function between(from: Rgb, to: Rgb, share: number): Rgb {
  return [(1 - share) * from[0] + share * to[0], (1 - share) * from[1] + share * to[1], (1 - share) * from[2] + share * to[2]]
}

/** The classes' colors, each as strong as its probability. */
function mixture(bytes: Uint8Array, cell: number, outputs: number, colors: readonly Rgb[]): Rgb {
  const mixed = [0, 0, 0]
  let sum = 0
  for (let label = 0; label < outputs; label++) {
    const weight = bytes[cell + label]
    sum += weight
    for (let color = 0; color < 3; color++) mixed[color] += weight * colors[label][color]
  }
  const total = sum === 0 ? 1 : sum
  return [mixed[0] / total, mixed[1] / total, mixed[2] / total]
}

/** Share of `shown` of the value at `share` of `own`. */
function shareOf(share: number, own: readonly [number, number], shown: readonly [number, number]): number {
  const value = own[0] + share * (own[1] - own[0])
  return shown[1] > shown[0] ? (value - shown[0]) / (shown[1] - shown[0]) : 0
}

export interface PlaneRange {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
}

export interface PlaneChart {
  readonly points: PlanePoints
  readonly scale: PlaneScale
  readonly names: readonly [x: string, y: string]
  /** Part of the plane that is shown; null: where the points are. */
  readonly range: PlaneRange | null
  readonly theme: ChartTheme
}

/** How strong the answers are drawn behind the points. */
const ANSWER_OPACITY = 0.45

/** Two-feature data in the plane. */
export function planeChart({ points, scale, names, range, theme }: PlaneChart): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 44, right: 12, top: 8, bottom: 36 },
    xAxis: axis(theme, range?.x ?? extent(points.data, 0), names[0], 20),
    yAxis: axis(theme, range?.y ?? extent(points.data, 1), names[1], 30),
    tooltip: { trigger: 'item', confine: true, transitionDuration: 0, backgroundColor: theme.surface, borderColor: theme.line, textStyle: { color: theme.text, fontSize: 12 } },
    series: pointSeries(points, scale, names, theme),
  }
}

/** What a model answers in a part of the plane, behind the points; `image` is something that a canvas can draw. */
export function answerLayer(image: unknown, { x, y }: PlaneRange): ChartLayer {
  return {
    level: -1,
    corners: [[x[0], y[0]], [x[1], y[1]]],
    items: ({ coord }) => {
      const [left, top] = coord([x[0], y[1]])
      const [right, bottom] = coord([x[1], y[0]])
      return [{ type: 'image', style: { image, x: left, y: top, width: right - left, height: bottom - top, opacity: ANSWER_OPACITY } }]
    },
  }
}

/** Above so many points each is drawn smaller. */
const MANY = 600

function pointSeries({ data, values }: PlanePoints, scale: PlaneScale, names: readonly [string, string], theme: ChartTheme): object[] {
  const all = Array.from({ length: values.length }, (_, index) => [data[2 * index], data[2 * index + 1], values[index]])
  const common = { type: 'scatter', symbolSize: all.length > MANY ? 4 : 6, z: 2, itemStyle: { borderColor: theme.surface, borderWidth: 0.5 } }
  const text = (point: readonly number[], last: string): string => `${names[0]} ${formatNumber(point[0])}<br>${names[1]} ${formatNumber(point[1])}<br>${last}`
  if (scale.kind === 'class') {
    return scale.classNames.map((name, label) => ({
      ...common,
      id: `class-${label}`,
      name,
      color: classColor(label),
      data: all.filter(([, , value]) => value === label),
      tooltip: { formatter: ({ value }: { readonly value: readonly number[] }) => text(value, escaped(name)) },
    }))
  }
  const [low, high] = scale.range
  return [
    {
      ...common,
      id: 'values',
      data: all.map((point) => ({ value: point, itemStyle: { color: cssColor(scaleColor(high > low ? (point[2] - low) / (high - low) : 0)) } })),
      tooltip: { formatter: ({ value }: { readonly value: readonly number[] }) => text(value, formatNumber(value[2])) },
    },
  ]
}

/** Names come out of files, and tooltips are HTML. */
function escaped(name: string): string {
  return name.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}

function axis(theme: ChartTheme, [min, max]: readonly [number, number], name: string, gap: number): object {
  return {
    type: 'value',
    min,
    max,
    name,
    nameLocation: 'middle',
    nameGap: gap,
    nameTextStyle: { color: theme.soft, fontSize: 11 },
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.line } },
    axisTick: { lineStyle: { color: theme.line } },
    splitLine: { show: false },
    axisLabel: { color: theme.soft, fontSize: 11, showMinLabel: false, showMaxLabel: false, hideOverlap: true, formatter: (value: number) => formatNumber(value, 3) },
  }
}

const MARGIN = 0.05

function extent(data: ArrayLike<number>, axisIndex: 0 | 1): readonly [number, number] {
  let low = Infinity
  let high = -Infinity
  for (let index = axisIndex; index < data.length; index += 2) {
    if (data[index] < low) low = data[index]
    if (data[index] > high) high = data[index]
  }
  if (!(low <= high)) return [0, 1]
  const margin = MARGIN * (high - low || 1)
  return [low - margin, high + margin]
}
