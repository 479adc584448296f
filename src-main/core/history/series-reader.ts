import { CHUNK_POINTS } from './chunk'
import type { Connection } from './connection'
import { BucketBuilder, bucketPoints, rowPoints } from './pyramid'
import { findSeries, locate, readChunks, readSummaries, type SeriesRow } from './series-rows'
import type { Buckets, Cursor, NewPoints, Points, SeriesQuery, SeriesView } from './types'

/** Below it a range cannot hold the first, the last and a bucket's two points with room to spare. */
const LEAST_POINTS = 16
/** A drawn bucket is made of at least so many stored ones (or of points), so that its size can follow the zoom closely. */
const FINENESS = 4

const NO_POINTS: Points = { steps: new Float64Array(0), times: new Float64Array(0), values: new Float64Array(0) }

export function readSeries(connection: Connection, run: number, key: string, query: SeriesQuery): SeriesView {
  const series = findSeries(connection, run, key)
  if (series === undefined) return { ...NO_POINTS, total: 0, buckets: null }
  const from = query.from === undefined ? 0 : locate(connection, series, query.from, false)
  const to = query.to === undefined ? series.count : locate(connection, series, query.to, true)
  const total = Math.max(0, to - from)
  const maxPoints = Math.max(LEAST_POINTS, Math.floor(query.maxPoints))
  if (total <= maxPoints) return { ...readPoints(connection, series.id, from, from + total), total, buckets: null }
  const buckets = readBuckets(connection, series, from, to, Math.floor((maxPoints - 2) / 2))
  const first = readPoints(connection, series.id, from, from + 1)
  const last = readPoints(connection, series.id, to - 1, to)
  return { ...drawnPoints(buckets, first, last), total, buckets }
}

/** Points since the cursor; all of them from the beginning when the run went back meanwhile. */
export function readNewPoints(
  connection: Connection,
  run: { readonly key: number; readonly rewinds: number },
  key: string,
  cursor: Cursor | null,
  limit: number,
): NewPoints {
  const series = findSeries(connection, run.key, key)
  const restarted = cursor !== null && cursor.rewinds !== run.rewinds
  const from = cursor === null || restarted ? 0 : cursor.point
  const count = series?.count ?? 0
  const to = Math.min(count, from + limit)
  const points = series === undefined || to <= from ? NO_POINTS : readPoints(connection, series.id, from, to)
  return { ...points, cursor: { point: Math.max(from, to), rewinds: run.rewinds }, restarted, more: to < count }
}

/** Points by index, `to` exclusive. */
export function readPoints(connection: Connection, series: number, from: number, to: number): Points {
  const count = Math.max(0, to - from)
  if (count === 0) return NO_POINTS
  const points: Points = { steps: new Float64Array(count), times: new Float64Array(count), values: new Float64Array(count) }
  let at = Math.floor(from / CHUNK_POINTS) * CHUNK_POINTS
  for (const chunk of readChunks(connection, series, at / CHUNK_POINTS, Math.ceil(to / CHUNK_POINTS))) {
    const begin = Math.max(0, from - at)
    const end = Math.min(chunk.steps.length, to - at)
    const target = at + begin - from
    points.steps.set(chunk.steps.subarray(begin, end), target)
    points.times.set(chunk.times.subarray(begin, end), target)
    points.values.set(chunk.values.subarray(begin, end), target)
    at += CHUNK_POINTS
  }
  return points
}

/**
 * At most `most` buckets over the points `from` to `to` (exclusive). Bucket borders are multiples of their size counted
 * from the series' beginning, so panning does not move them; the first and last bucket may be cut by the range.
 */
function readBuckets(connection: Connection, series: SeriesRow, from: number, to: number, most: number): Buckets {
  const { size, level } = bucketSize(Math.ceil((to - from) / (most - 1)))
  const walk = new Walk(connection, series, size, Math.ceil((to - from) / size) + 1)
  walk.add(from, to, level)
  return walk.finish()
}

/** The smallest size from `least` on that a level serves with at least `FINENESS` stored buckets each. */
export function bucketSize(least: number): { readonly size: number; readonly level: number } {
  let level = 0
  while (bucketPoints(level + 1) * FINENESS <= least) level++
  const unit = bucketPoints(level)
  return { size: Math.ceil(least / unit) * unit, level }
}

/** Fills drawn buckets from the coarsest stored rows that serve. */
class Walk {
  readonly #builder: BucketBuilder
  #bucket = -1

  constructor(
    readonly connection: Connection,
    readonly series: SeriesRow,
    readonly size: number,
    capacity: number,
  ) {
    this.#builder = new BucketBuilder(capacity)
  }

  /** Adds the points `from` to `to` (exclusive) in order; what `level` has no full row for comes from those below. */
  add(from: number, to: number, level: number): void {
    if (from >= to) return
    if (level === 0) {
      this.#addChunks(from, to)
      return
    }
    const unit = bucketPoints(level)
    const written = Math.floor(this.series.count / rowPoints(level)) * rowPoints(level)
    const begin = Math.ceil(from / unit) * unit
    const end = Math.min(Math.floor(to / unit) * unit, written)
    if (begin >= end) {
      this.add(from, to, level - 1)
      return
    }
    this.add(from, begin, level - 1)
    this.#addRows(begin, end, level)
    this.add(end, to, level - 1)
  }

  finish(): Buckets {
    return this.#builder.finish()
  }

  #addChunks(from: number, to: number): void {
    let at = Math.floor(from / CHUNK_POINTS) * CHUNK_POINTS
    for (const chunk of readChunks(this.connection, this.series.id, at / CHUNK_POINTS, Math.ceil(to / CHUNK_POINTS))) {
      const end = Math.min(to, at + chunk.steps.length)
      for (let index = Math.max(from, at); index < end; ) {
        const next = Math.min(end, this.#enter(index, chunk.steps[index - at], chunk.times[index - at]))
        this.#builder.addPoints(chunk, index - at, next - at)
        index = next
      }
      at += CHUNK_POINTS
    }
  }

  #addRows(from: number, to: number, level: number): void {
    const unit = bucketPoints(level)
    const row = rowPoints(level)
    let at = Math.floor(from / row) * row
    for (const buckets of readSummaries(this.connection, this.series.id, level, at / row, Math.ceil(to / row))) {
      for (let index = Math.max(from, at); index < Math.min(to, at + row); index += unit) {
        const slot = (index - at) / unit
        this.#enter(index, buckets.firstStep[slot], buckets.firstTime[slot])
        this.#builder.addBucket(buckets, slot)
      }
      at += row
    }
  }

  /** Opens the drawn bucket that the point belongs to, unless it is open; returns where that bucket ends. */
  #enter(point: number, step: number, time: number): number {
    const bucket = Math.floor(point / this.size)
    if (bucket !== this.#bucket) this.#builder.begin(step, time)
    this.#bucket = bucket
    return (bucket + 1) * this.size
  }
}

/** First, each bucket's minimum and maximum in order, last; a bucket without finite values gives one NaN. */
function drawnPoints(buckets: Buckets, first: Points, last: Points): Points {
  const capacity = buckets.min.length * 2 + 2
  const points: Points = { steps: new Float64Array(capacity), times: new Float64Array(capacity), values: new Float64Array(capacity) }
  let count = 0
  const add = (step: number, time: number, value: number): void => {
    if (count > 0 && points.steps[count - 1] === step && points.times[count - 1] === time && Object.is(points.values[count - 1], value)) return
    points.steps[count] = step
    points.times[count] = time
    points.values[count++] = value
  }
  add(first.steps[0], first.times[0], first.values[0])
  for (let at = 0; at < buckets.min.length; at++) {
    const { minStep, minTime, min, maxStep, maxTime, max } = buckets
    if (buckets.finite[at] === 0) {
      add(buckets.firstStep[at], buckets.firstTime[at], Number.NaN)
    } else if (minStep[at] < maxStep[at] || (minStep[at] === maxStep[at] && minTime[at] <= maxTime[at])) {
      add(minStep[at], minTime[at], min[at])
      add(maxStep[at], maxTime[at], max[at])
    } else {
      add(maxStep[at], maxTime[at], max[at])
      add(minStep[at], minTime[at], min[at])
    }
  }
  add(last.steps[0], last.times[0], last.values[0])
  return { steps: points.steps.slice(0, count), times: points.times.slice(0, count), values: points.values.slice(0, count) }
}
