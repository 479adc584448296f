import { z } from 'zod'
import type { Core } from '@main/core'
import type { Cursor } from '@main/core/history'
import type { PointsTick, TopicEvents, TopicFilter } from '@shared/protocol/contract'
import type { Topics } from '../handlers'

const INTERVAL_MS = 100
/** Points of one tick over all metrics: a long history comes in several, with turns of the event loop between them. */
const TICK_POINTS = 100_000

/** Cursors come back from windows; one that is none of ours starts anew. */
const cursorSchema = z.object({ point: z.int().min(0), rewinds: z.int().min(0) })

type Emit = (event: TopicEvents['points']) => void
type Fail = (error: unknown) => void

export function pointsTopic(core: Core): Topics<'points'>['points'] {
  return (filter, emit, fail) => {
    const feed = new PointsFeed(core, filter, emit, fail)
    return () => feed.end()
  }
}

/** One window's view of one run: what is recorded, then what is new. A tick costs what is new. */
class PointsFeed {
  readonly #cursors = new Map<string, Cursor>()
  readonly #unsubscribe: () => void
  #timer: NodeJS.Timeout | null = null
  #first = true

  constructor(
    private readonly core: Core,
    private readonly filter: TopicFilter<'points'>,
    private readonly emit: Emit,
    private readonly fail: Fail,
  ) {
    for (const [key, cursor] of Object.entries(filter.cursors ?? {})) {
      const parsed = cursorSchema.safeParse(cursor)
      if (parsed.success) this.#cursors.set(key, parsed.data)
    }
    this.#unsubscribe = core.subscribe(({ runId, type }) => {
      if (runId === filter.runId && type !== 'checkpoint') this.#schedule(INTERVAL_MS)
    })
    this.#schedule(0)
  }

  end(): void {
    this.#unsubscribe()
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  #schedule(milliseconds: number): void {
    this.#timer ??= setTimeout(() => this.#tick(), milliseconds)
  }

  /** A damaged history ends this feed, and nothing else. */
  #tick(): void {
    this.#timer = null
    try {
      this.#tell()
    } catch (error) {
      this.end()
      this.fail(error)
    }
  }

  #tell(): void {
    const { runId } = this.filter
    // Deleted: its points are no more; who watches hears of it by the topic of runs.
    if (!this.core.history.hasRun(runId)) return this.end()
    const { series, more } = this.#readNew()
    if (this.#first || Object.keys(series).length > 0) this.emit({ runId, series })
    this.#first = false
    if (more) this.#schedule(0)
  }

  #readNew(): { readonly series: PointsTick['series']; readonly more: boolean } {
    const { history } = this.core
    const { runId, keys } = this.filter
    const series: Record<string, PointsTick['series'][string]> = {}
    let budget = TICK_POINTS
    let more = false
    for (const key of keys.length === 0 ? history.listSeries(runId) : keys) {
      if (budget <= 0) return { series, more: true }
      const fresh = history.readNewPoints(runId, key, this.#cursors.get(key) ?? null, budget)
      this.#cursors.set(key, fresh.cursor)
      budget -= fresh.steps.length
      more ||= fresh.more
      if (fresh.steps.length === 0 && !fresh.restarted) continue
      series[key] = { steps: fresh.steps, seconds: fresh.times, values: fresh.values, cursor: fresh.cursor, restarted: fresh.restarted }
    }
    return { series, more }
  }
}
