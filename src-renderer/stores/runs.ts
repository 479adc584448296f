import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { RUN_COLORS } from '@shared/lib/run-colors'
import type { RunView } from '@shared/protocol/views'
import { useConnection } from './connection'

/** All runs of the history, kept up to date by the host. */
export const useRuns = defineStore('runs', () => {
  const connection = useConnection()
  const byId = shallowRef<ReadonlyMap<string, RunView>>(new Map())
  const loaded = shallowRef(false)
  /** Newest first. */
  const all = computed(() => [...byId.value.values()].sort((a, b) => b.createdAt - a.createdAt))
  /** Newest first. Asked for many times a second while thousands are kept: only these are sorted. */
  const active = computed(() => [...byId.value.values()].filter(({ status }) => status === 'running' || status === 'paused' || status === 'queued').sort((a, b) => b.createdAt - a.createdAt))

  async function load(): Promise<void> {
    const { runs } = await connection.request('runs.list', {})
    byId.value = new Map(runs.map((run) => [run.id, run]))
    loaded.value = true
  }

  function start(): void {
    void load()
    connection.subscribe(
      'runs',
      () => ({}),
      ({ changed, deleted }) => {
        const next = new Map(byId.value)
        for (const run of changed) next.set(run.id, run)
        for (const id of deleted) next.delete(id)
        byId.value = next
      },
    )
  }

  /** The run's own color; of runs that have none one that follows from their id. The same everywhere and for ever. */
  function colorOf(id: string): string {
    const own = byId.value.get(id)?.color
    if (own) return own
    let hash = 0
    for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0
    return RUN_COLORS[hash % RUN_COLORS.length]
  }

  return { byId, all, active, loaded, start, load, colorOf }
})
