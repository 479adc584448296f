import { defineStore } from 'pinia'
import { computed, shallowRef, triggerRef, watch } from 'vue'
import { RUN_COLORS } from '@shared/lib/run-colors'
import { ConnectionLost } from '@shared/protocol/rpc'
import type { RunPlace, RunView } from '@shared/protocol/views'
import { shade } from '@renderer/components/shade'
import { useConnection } from './connection'

export interface RunChange {
  readonly run: RunView
  /** Undefined of a run that was not known. */
  readonly before: RunView | undefined
}

/** The newest are there at once, older ones page by page. */
const FIRST_PAGE = 200
const PAGE = 2000

/** All runs of the history, kept up to date by the host. A change costs what changed, not what is kept. */
export const useRuns = defineStore('runs', () => {
  const connection = useConnection()
  const known = new Map<string, RunView>()
  /** One map that changes in place. */
  const byId = shallowRef<ReadonlyMap<string, RunView>>(known)
  const unfinished = shallowRef<ReadonlySet<string>>(new Set())
  /** What the host told last. */
  const changes = shallowRef<readonly RunChange[]>([])
  /** Whether all are there. */
  const loaded = shallowRef(false)
  /** Runs told of while they are being listed: what the list says of them may be older. */
  let told: Set<string> | null = null
  /** Newest first. */
  const all = computed(() => newestFirst([...byId.value.values()]))
  /** Newest first. */
  const active = computed(() => newestFirst([...unfinished.value].flatMap((id) => byId.value.get(id) ?? [])))

  /** Again after the connection was lost: changes meanwhile were not told. */
  async function load(): Promise<void> {
    const own = (told = new Set<string>())
    const gone = new Set(known.keys())
    let from: RunPlace | undefined
    for (;;) {
      const { runs, next } = await connection.request('runs.list', { most: from === undefined ? FIRST_PAGE : PAGE, from })
      if (told !== own) return
      for (const run of runs) {
        gone.delete(run.id)
        if (!own.has(run.id)) take(run)
      }
      if (next === null) break
      from = next
      settle(runs.map(({ id }) => id))
    }
    told = null
    for (const id of gone) if (!own.has(id)) known.delete(id)
    settle([...known.keys()])
    loaded.value = true
  }

  function start(): void {
    connection.subscribe('runs', () => ({}), ({ changed, deleted }) => {
      for (const id of [...changed.map((run) => run.id), ...deleted]) told?.add(id)
      changes.value = changed.map((run) => {
        const before = known.get(run.id)
        return { run: take(run), before }
      })
      for (const id of deleted) known.delete(id)
      settle(changed.map(({ id }) => id))
    })
    watch(() => connection.state, (state) => {
      if (state === 'open') load().catch(ignoreLoss)
    }, { immediate: true })
  }

  /** A run's document never changes: it stays the same object, and what follows from it stays. */
  function take(run: RunView): RunView {
    const document = known.get(run.id)?.document ?? run.document
    const taken = { ...run, document }
    known.set(run.id, taken)
    return taken
  }

  /** Tells that these runs changed. */
  function settle(ids: readonly string[]): void {
    const candidates = new Set([...unfinished.value, ...ids])
    unfinished.value = new Set([...candidates].filter((id) => isActive(known.get(id) ?? null)))
    triggerRef(byId)
  }

  /** The run's own color; of runs that have none one that follows from their id. The same for ever. */
  function ownColorOf(id: string): string {
    const own = byId.value.get(id)?.color
    if (own) return own
    let hash = 0
    for (const letter of id) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0
    return RUN_COLORS[hash % RUN_COLORS.length]
  }

  /** The run's color as the theme shows it, the same everywhere. */
  function colorOf(id: string): string {
    return shade(ownColorOf(id))
  }

  return { byId, all, active, changes, loaded, start, colorOf, ownColorOf }
})

/** Whether more will be recorded of a run. */
export function isActive(run: RunView | null): boolean {
  return run?.status === 'running' || run?.status === 'paused' || run?.status === 'queued'
}

function newestFirst(runs: RunView[]): readonly RunView[] {
  return runs.sort((a, b) => b.createdAt - a.createdAt)
}

function ignoreLoss(error: unknown): void {
  if (!(error instanceof ConnectionLost)) throw error
}
