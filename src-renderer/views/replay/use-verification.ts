import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { SeriesSlice } from '@shared/protocol/views'
import type { RunView } from '@shared/protocol/views'
import type { Issue } from '@shared/spec'
import { useConnection } from '@renderer/stores/connection'
import { originOf } from '@renderer/stores/run-origin'
import { isActive, useRuns } from '@renderer/stores/runs'
import { MOST_POINTS } from '@renderer/stores/slices'
import { firstIntervention } from './moments'
import { verdictOf, type Verdict } from './verify'

const VERIFICATION_TAG = 'verification'

export type Verification =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly runId: string; readonly share: number }
  | { readonly state: 'refused'; readonly issues: readonly Issue[] }
  /** `until`: last step that was compared; `changed`: first step after which a person's hand changed the original. */
  | { readonly state: 'done'; readonly runId: string; readonly verdict: Verdict; readonly until: number; readonly changed: number | null }

/** Trains a run's document once more, on the same device with as many threads, and compares all that was measured. */
export function useVerification(run: RunView): { readonly verification: ShallowRef<Verification>; start(): Promise<void>; cancel(): void } {
  const connection = useConnection()
  const runs = useRuns()
  const verification = shallowRef<Verification>({ state: 'idle' })

  async function start(): Promise<void> {
    const file = await originOf(connection, run.id)
    const document = { ...(run.document as object), engine: { preference: run.device, threads: run.threads } }
    const started = await connection.request('runs.start', { document, tab: null, file, tags: [VERIFICATION_TAG] })
    verification.value = started.ok ? { state: 'running', runId: started.value.runId, share: 0 } : { state: 'refused', issues: started.issues }
  }

  async function finish(repeated: RunView): Promise<void> {
    const [events, before, after] = await Promise.all([
      connection.request('events.read', { runId: run.id, kinds: ['hyperparameters'] }),
      readAll(run.id, Object.keys(run.metrics)),
      readAll(repeated.id, Object.keys(repeated.metrics)),
    ])
    const changed = firstIntervention(events)
    const until = Math.min(run.steps, changed)
    verification.value = { state: 'done', runId: repeated.id, verdict: verdictOf(before, after, until), until, changed: Number.isFinite(changed) ? changed : null }
  }

  async function readAll(runId: string, keys: readonly string[]): Promise<ReadonlyMap<string, SeriesSlice>> {
    return new Map(await Promise.all(keys.map(async (key) => [key, await connection.request('series.read', { runId, key, maxPoints: MOST_POINTS })] as const)))
  }

  function cancel(): void {
    const { value } = verification
    verification.value = { state: 'idle' }
    if (value.state === 'running') void connection.request('runs.control', { runId: value.runId, control: { type: 'stop', as: 'stopped' } })
  }

  const stop = watch(
    () => (verification.value.state === 'running' ? runs.byId.get(verification.value.runId) : undefined),
    (repeated) => {
      const { value } = verification
      if (value.state !== 'running' || repeated === undefined) return
      verification.value = { ...value, share: run.steps === 0 ? 1 : Math.min(1, repeated.steps / run.steps) }
      // The original was stopped early: what comes after its last step says nothing.
      if (isActive(repeated) && repeated.steps >= run.steps && run.status !== 'done') void connection.request('runs.control', { runId: repeated.id, control: { type: 'stop', as: 'stopped' } })
      if (!isActive(repeated)) void finish(repeated)
    },
  )
  onScopeDispose(stop)

  return { verification, start, cancel }
}
