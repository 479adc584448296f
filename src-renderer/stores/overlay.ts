import { defineStore } from 'pinia'
import { shallowRef, watch, type WatchHandle } from 'vue'
import type { SeriesSlice } from '@shared/protocol/views'
import { useConnection } from './connection'
import { useLive, type LiveRun } from './live'
import { isActive, useRuns } from './runs'
import type { GrowingSeries } from './series'
import { COARSE_POINTS, FIRST_POINTS, splice } from './slices'

/** While many answers come in, charts are told at most this often. */
const TELL_MS = 120
/** Metrics of one request: while the host reads the next ones, the window has something to do. */
const COARSE_BATCH = 25
const FINE_BATCH = 8
const FINE_DELAY_MS = 400

interface Named {
  readonly runId: string
  readonly key: string
}

interface Watched {
  readonly live: LiveRun
  readonly release: () => void
  readonly stop: WatchHandle
  /** What was handed out, and of which state of the series: the same state is the same object. */
  readonly slices: Map<string, { readonly state: string; readonly slice: SeriesSlice }>
}

/**
 * Metrics of many runs at once: what is finished is read, what trains grows. At first as many points are read as a chart has
 * pixels, the extremes of each stretch, so that the picture is there at once and does not change when all points are. `version` counts changes; the arrays
 * themselves are plain. Rooms say which runs and keys they show; the rest is forgotten.
 */
export const useOverlay = defineStore('overlay', () => {
  const connection = useConnection()
  const runs = useRuns()
  const liveRuns = useLive()
  const version = shallowRef(0)
  /** Answers that are still awaited. */
  const pending = shallowRef(0)
  const wanted = new Map<string, readonly string[]>()
  const read = new Map<string, Map<string, SeriesSlice>>()
  const asked = new Set<string>()
  const watched = new Map<string, Watched>()
  let telling: ReturnType<typeof setTimeout> | null = null

  /** `owner` shows these metrics of these runs from now on. */
  function show(owner: string, runIds: readonly string[], keys: readonly string[]): void {
    wanted.set(owner, runIds)
    const all = new Set([...wanted.values()].flat())
    const missing: Named[] = []
    for (const id of [...read.keys(), ...watched.keys()]) if (!all.has(id)) forget(id)
    for (const id of runIds) {
      const run = runs.byId.get(id)
      if (run === undefined) continue
      if (isActive(run) && !watched.has(id)) follow(id)
      if (watched.has(id)) continue
      for (const key of keys) {
        if (!(key in run.metrics) || asked.has(nameOf(id, key))) continue
        asked.add(nameOf(id, key))
        missing.push({ runId: id, key })
      }
    }
    if (missing.length > 0) void load(missing)
  }

  function forget(id: string): void {
    const own = watched.get(id)
    own?.stop()
    own?.release()
    watched.delete(id)
    read.delete(id)
    for (const name of [...asked]) if (name.startsWith(`${id} `)) asked.delete(name)
  }

  function follow(id: string): void {
    forget(id)
    const { live, release } = liveRuns.watch(id)
    watched.set(id, { live, release, stop: watch(live.version, () => tell()), slices: new Map() })
  }

  async function load(series: readonly Named[]): Promise<void> {
    await Promise.all(batches(series, COARSE_BATCH).map((batch) => ask(() => readBatch(batch, COARSE_POINTS))))
    // The picture first. Then one batch after the other, so that what someone does meanwhile is not kept waiting.
    await new Promise((resolve) => setTimeout(resolve, FINE_DELAY_MS))
    for (const batch of batches(series.filter(isCoarse), FINE_BATCH)) await readBatch(batch.filter(isCoarse), FIRST_POINTS)
    tell()
  }

  /** Does not replace what has been read more finely meanwhile. */
  async function readBatch(series: readonly Named[], maxPoints: number): Promise<void> {
    if (series.length === 0) return
    const before = series.map(({ runId, key }) => read.get(runId)?.get(key))
    const slices = await connection.request('series.readMany', { series: [...series], maxPoints })
    for (const [index, { runId, key }] of series.entries()) {
      if (asked.has(nameOf(runId, key)) && read.get(runId)?.get(key) === before[index]) put(runId, key, slices[index])
    }
  }

  /** Whether so few points were read only because they came first. */
  function isCoarse({ runId, key }: Named): boolean {
    const slice = read.get(runId)?.get(key)
    return slice !== undefined && !slice.complete && slice.steps.length <= COARSE_POINTS
  }

  /** Reads every point of a part of a metric, as far as `most` allows, into what is known of it. */
  async function refine(id: string, key: string, range: { readonly from?: number; readonly to?: number }, most = FIRST_POINTS): Promise<void> {
    const coarse = read.get(id)?.get(key)
    if (coarse === undefined || coarse.complete) return
    await ask(async () => {
      const fine = await connection.request('series.read', { runId: id, key, ...range, maxPoints: most })
      const present = read.get(id)?.get(key)
      if (present !== undefined) put(id, key, splice(present, fine))
    })
  }

  async function ask(request: () => Promise<void>): Promise<void> {
    pending.value++
    try {
      await request()
    } finally {
      pending.value--
      if (pending.value === 0) tellNow()
      else tell()
    }
  }

  function put(id: string, key: string, slice: SeriesSlice): void {
    const own = read.get(id) ?? new Map<string, SeriesSlice>()
    own.set(key, slice)
    read.set(id, own)
  }

  function tell(): void {
    telling ??= setTimeout(tellNow, TELL_MS)
  }

  function tellNow(): void {
    if (telling !== null) clearTimeout(telling)
    telling = null
    version.value++
  }

  /** What is known of a metric now; null while nothing is. */
  function series(id: string, key: string): SeriesSlice | null {
    const own = watched.get(id)
    if (own === undefined) return read.get(id)?.get(key) ?? null
    const growing = own.live.series.get(key)
    return growing === undefined ? null : sliceOf(own, key, growing)
  }

  function sliceOf({ slices }: Watched, key: string, growing: GrowingSeries): SeriesSlice {
    const state = `${String(growing.generation)} ${String(growing.total)}`
    const known = slices.get(key)
    if (known?.state === state) return known.slice
    const { steps, seconds, values, total, completeFrom } = growing
    const slice: SeriesSlice = { steps, seconds, values, total, complete: completeFrom === 0 }
    slices.set(key, { state, slice })
    return slice
  }

  /** Whether a metric grows while it is shown. */
  function isLive(id: string): boolean {
    return watched.has(id)
  }

  return { version, pending, show, refine, series, isLive }
})

function nameOf(id: string, key: string): string {
  return `${id} ${key}`
}

function batches<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, batch) => all.slice(batch * size, (batch + 1) * size))
}
