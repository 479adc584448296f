import { defineStore } from 'pinia'
import { shallowRef, watch, type WatchHandle } from 'vue'
import type { RunView, SeriesSlice } from '@shared/protocol/views'
import { useConnection } from './connection'
import { useLive, type LiveRun } from './live'
import { useRuns } from './runs'
import type { GrowingSeries } from './series'
import { FIRST_POINTS, splice } from './slices'

/** While many answers come in, charts are told at most this often. */
const TELL_MS = 120

interface Watched {
  readonly live: LiveRun
  readonly release: () => void
  readonly stop: WatchHandle
  /** What was handed out, and of which state of the series: the same state is the same object. */
  readonly slices: Map<string, { readonly state: string; readonly slice: SeriesSlice }>
}

/**
 * Metrics of many runs at once: what is finished is read once, what trains grows. `version` counts changes; the arrays
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
    for (const id of [...read.keys(), ...watched.keys()]) if (!all.has(id)) forget(id)
    for (const id of runIds) {
      const run = runs.byId.get(id)
      if (run === undefined) continue
      if (isActive(run) && !watched.has(id)) follow(id)
      if (watched.has(id)) continue
      for (const key of keys) if (key in run.metrics && !asked.has(nameOf(id, key))) void load(id, key)
    }
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

  async function load(id: string, key: string): Promise<void> {
    asked.add(nameOf(id, key))
    await ask(async () => {
      const slice = await connection.request('series.read', { runId: id, key, maxPoints: FIRST_POINTS })
      if (asked.has(nameOf(id, key))) put(id, key, slice)
    })
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

export function isActive({ status }: RunView): boolean {
  return status === 'running' || status === 'paused' || status === 'queued'
}

function nameOf(id: string, key: string): string {
  return `${id} ${key}`
}
