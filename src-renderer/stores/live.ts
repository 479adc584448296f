import { useThrottleFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { shallowReactive, shallowRef, type ShallowRef } from 'vue'
import type { TrainingNotice } from '@shared/protocol/contract'
import type { RunFacts } from '@shared/protocol/training'
import { useConnection } from './connection'
import { factsOf } from './recorded'
import { GrowingSeries } from './series'

/** A run that is being watched. `version` counts changes of `series`: large data is never deep-reactive. */
export interface LiveRun {
  readonly runId: string
  readonly series: ReadonlyMap<string, GrowingSeries>
  readonly version: ShallowRef<number>
  /** Follows `version` at a pace at which numbers can be read. */
  readonly legible: ShallowRef<number>
  readonly facts: ShallowRef<RunFacts | null>
  /** Latest of each kind, newest last; bounded. */
  readonly notices: ShallowRef<readonly TrainingNotice[]>
}

const NOTICE_LIMIT = 1000
const LEGIBLE_MS = 250

/** Live runs: history first, then what is new, on one cursor; a lost connection goes on where it stopped. */
export const useLive = defineStore('live', () => {
  const connection = useConnection()
  const watched = shallowReactive(new Map<string, LiveRun & { users: number; stop: () => void }>())

  /** Watches a run until the returned function is called as often as this one. */
  function watch(runId: string): { readonly live: LiveRun; readonly release: () => void } {
    const known = watched.get(runId) ?? begin(runId)
    known.users++
    let released = false
    const release = (): void => {
      if (released) return
      released = true
      if (--known.users > 0) return
      known.stop()
      watched.delete(runId)
    }
    return { live: known, release }
  }

  function begin(runId: string): LiveRun & { users: number; stop: () => void } {
    const series = new Map<string, GrowingSeries>()
    const version = shallowRef(0)
    const legible = shallowRef(0)
    const tellLegible = useThrottleFn(() => (legible.value = version.value), LEGIBLE_MS, true)
    const facts = shallowRef<RunFacts | null>(null)
    const notices = shallowRef<readonly TrainingNotice[]>([])
    const cursors = (): Record<string, unknown> => Object.fromEntries([...series].map(([key, { cursor }]) => [key, cursor]))
    const stopPoints = connection.subscribe('points', () => ({ runId, keys: [], cursors: cursors() }), (tick) => {
      for (const [key, fresh] of Object.entries(tick.series)) {
        let own = series.get(key)
        if (own === undefined) series.set(key, (own = new GrowingSeries()))
        if (fresh.restarted) own.clear()
        own.append(fresh.steps, fresh.seconds, fresh.values)
        own.cursor = fresh.cursor
      }
      version.value++
      void tellLegible()
    })
    const stopNotices = connection.subscribe('training', () => ({ runId }), (notice) => {
      if (notice.type === 'prepared') facts.value = notice.facts
      notices.value = [...notices.value.slice(-NOTICE_LIMIT + 1), notice]
    })
    void connection.request('events.read', { runId, kinds: ['prepared'] }).then((events) => {
      facts.value ??= factsOf(events)
    })
    const live = {
      runId,
      series,
      version,
      legible,
      facts,
      notices,
      users: 0,
      stop: () => {
        stopPoints()
        stopNotices()
      },
    }
    watched.set(runId, live)
    return live
  }

  return { watch }
})
