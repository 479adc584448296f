import { extentX, extremesOf, roundedY, type LineChart } from './line-chart'
import { roundExtent, type Scale } from './scale'

/** A chart in two layers: what stands still is drawn once, over it what grows. Both have the same axes. */
export interface Layers {
  readonly still: LineChart
  /** Null when nothing grows. */
  readonly live: LineChart | null
}

/** Steps of the x axis' end while something grows, so that axes and the layer below are not drawn anew for every point. */
const GROWING_STEPS = 8

/** Splits charts into layers and keeps what did not change: the same `still` object means the same picture. */
export class LayerSplitter {
  #still: LineChart | null = null
  #extremes: readonly [number, number] | null = null

  split(chart: LineChart): Layers {
    const live = chart.series.filter((series) => series.live === true)
    const liveBands = (chart.bands ?? []).filter((band) => band.live === true)
    if (live.length === 0) return { still: chart, live: null }
    const x = growingX(extentX(chart), chart.xScale, chart.range === null)
    const still = { ...chart, series: chart.series.filter((series) => series.live !== true), bands: (chart.bands ?? []).filter((band) => band.live !== true), xRange: x }
    const lower = this.#measure(still)
    const upper: LineChart = { ...chart, series: live, bands: liveBands, xRange: x, marks: [] }
    const y = chart.yRange ?? roundedY(chart.yScale, union(this.#extremes, extremesOf(upper)))
    return { still: this.#settle({ ...lower, yRange: y }), live: { ...upper, yRange: y } }
  }

  /** Extremes of what stands still are found once. */
  #measure(still: LineChart): LineChart {
    const { yRange: _, ...measured } = still
    const { yRange: __, ...before } = this.#still ?? { ...still, width: NaN }
    if (!sameFields<Partial<LineChart>>(before, measured)) this.#extremes = extremesOf(still)
    return still
  }

  #settle(still: LineChart): LineChart {
    if (this.#still === null || !sameFields(this.#still, still)) this.#still = still
    return this.#still
  }
}

function union(a: readonly [number, number] | null, b: readonly [number, number] | null): readonly [number, number] | null {
  if (a === null || b === null) return a ?? b
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])]
}

function growingX([from, to]: readonly [number, number], scale: Scale, whole: boolean): readonly [number, number] {
  return whole ? [from, roundExtent(scale, from, to, GROWING_STEPS)[1]] : [from, to]
}

/** Fields are compared as they are, lists entry by entry, functions not at all: they follow from the rest. */
export function sameFields<T extends object>(a: T, b: T): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof T>
  return [...keys].every((key) => same(a[key], b[key]))
}

function same(a: unknown, b: unknown): boolean {
  if (typeof a === 'function' && typeof b === 'function') return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, index) => Object.is(each, b[index]))
  return Object.is(a, b)
}
