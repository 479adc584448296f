import { useThrottleFn, useTimeoutFn } from '@vueuse/core'
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { TrainingNotice } from '@shared/protocol/contract'
import type { MatrixResult, RunFacts } from '@shared/protocol/training'
import type { Pictures, Snapshot } from '@shared/protocol/snapshot'
import type { RunEventView, RunView } from '@shared/protocol/views'
import type { Issue } from '@shared/spec'
import { useConnection } from '@renderer/stores/connection'
import { useLive, type LiveRun } from '@renderer/stores/live'
import { recordedOf } from '@renderer/stores/recorded'
import { useRuns } from '@renderer/stores/runs'
import { LOG_KINDS, logEntries, type LogEntry } from './run-events'

/** A run as the train room shows it: what is recorded, and from there on live. */
export interface ShownRun {
  readonly runId: string
  readonly live: LiveRun
  /** Its row; null when it is not (or no longer) in the history. */
  readonly view: ComputedRef<RunView | null>
  readonly facts: ShallowRef<RunFacts | null>
  readonly log: ShallowRef<readonly LogEntry[]>
  /** By key, newest: `val.confusionMatrix`. */
  readonly matrices: ShallowRef<ReadonlyMap<string, MatrixResult>>
  readonly snapshot: ShallowRef<Snapshot | null>
  readonly samples: ShallowRef<Pictures | null>
  readonly worst: ShallowRef<Pictures | null>
  /** Why it failed, also where nothing of it was kept. */
  readonly issues: ComputedRef<readonly Issue[]>
  /** It is not in the history: deleted, or never begun. */
  readonly missing: ComputedRef<boolean>
}

/** A run that was just started appears in the history within this time. */
const APPEARS_MS = 3000

/** Pictures are renewed at most this often: short epochs may be evaluated a thousand times a second. */
const PICTURE_MS = 300

/** Watches a run for as long as the component lives. */
export function useRun(runId: string): ShownRun {
  const connection = useConnection()
  const runs = useRuns()
  const { live, release } = useLive().watch(runId)
  const log = shallowRef<readonly LogEntry[]>([])
  const matrices = shallowRef<ReadonlyMap<string, MatrixResult>>(new Map())
  const snapshot = shallowRef<Snapshot | null>(null)
  const samples = shallowRef<Pictures | null>(null)
  const worst = shallowRef<Pictures | null>(null)
  const failure = shallowRef<readonly Issue[]>([])
  const view = computed(() => runs.byId.get(runId) ?? null)

  /** The log is short: it is read anew when something happened, so that it is the recorded one. */
  async function readLog(): Promise<void> {
    log.value = logEntries(await connection.request('events.read', { runId, kinds: [...LOG_KINDS] }))
  }

  async function readLatest(): Promise<void> {
    const [pictures, latest] = await Promise.all([
      connection.request('events.read', { runId, kinds: ['pictures'] }),
      // Two, since a run that was tested has a matrix of the validation part and one of the test part.
      connection.request('events.read', { runId, kinds: ['snapshot', 'evaluation'], newest: 2 }),
    ])
    for (const event of [...pictures, ...latest].reverse()) takeRecorded(event)
  }

  /** Newest first; what came live meanwhile is newer. */
  function takeRecorded(event: RunEventView): void {
    const recorded = recordedOf(event)
    if (recorded?.kind === 'snapshot') snapshot.value ??= recorded.snapshot
    if (recorded?.kind === 'pictures') placeOf(recorded.pictures).value ??= recorded.pictures
    if (recorded?.kind === 'evaluation' && !matrices.value.has(recorded.key)) matrices.value = new Map([...matrices.value, [recorded.key, recorded.matrix]])
  }

  function placeOf({ purpose }: Pictures): ShallowRef<Pictures | null> {
    return purpose === 'samples' ? samples : worst
  }

  /** What came since the pictures were renewed. */
  let freshMatrices: Readonly<Record<string, MatrixResult>> = {}
  let freshSnapshot: Snapshot | null = null
  const renew = useThrottleFn(
    () => {
      if (freshSnapshot !== null) snapshot.value = freshSnapshot
      if (Object.keys(freshMatrices).length > 0) matrices.value = new Map([...matrices.value, ...Object.entries(freshMatrices)])
      freshSnapshot = null
      freshMatrices = {}
    },
    PICTURE_MS,
    true,
  )

  function take(notice: TrainingNotice): void {
    switch (notice.type) {
      case 'snapshot':
        freshSnapshot = notice.snapshot
        void renew()
        return
      case 'pictures':
        placeOf(notice.pictures).value = notice.pictures
        return
      case 'evaluated':
        if (Object.keys(notice.matrices).length === 0) return
        freshMatrices = { ...freshMatrices, ...notice.matrices }
        void renew()
        return
      case 'failed':
        failure.value = notice.issues
        return
      case 'checkpoint':
      case 'diagnostics':
        return
      case 'prepared':
        failure.value = []
        worst.value = null
        return void readLog()
      case 'paused':
      case 'resumed':
      case 'learningRateChanged':
      case 'finished':
      case 'crashed':
      case 'lost':
        return void readLog()
    }
  }

  // A run that is resumed or watched again: the newest notices may already be there.
  let seen: TrainingNotice | undefined
  watch(
    live.notices,
    (notices) => {
      const from = seen === undefined ? 0 : notices.lastIndexOf(seen) + 1
      for (const notice of notices.slice(from)) take(notice)
      seen = notices.at(-1)
    },
    { immediate: true },
  )
  watch(() => connection.state, (state) => {
    if (state !== 'open') return
    void readLog()
    void readLatest()
  }, { immediate: true })
  onScopeDispose(release)

  const awaited = shallowRef(true)
  const { start: stopWaiting, stop } = useTimeoutFn(() => (awaited.value = false), APPEARS_MS, { immediate: false })
  watch([() => runs.loaded, view], ([loaded, row]) => {
    if (row !== null) {
      stop()
      awaited.value = false
    } else if (loaded && awaited.value) stopWaiting()
  }, { immediate: true })

  const issues = computed(() => (failure.value.length > 0 ? failure.value : (view.value?.errors ?? [])))
  const missing = computed(() => runs.loaded && view.value === null && !awaited.value && issues.value.length === 0)
  return { runId, live, view, facts: live.facts, log, matrices, snapshot, samples, worst, issues, missing }
}
